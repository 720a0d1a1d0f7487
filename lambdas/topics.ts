// The function behind Custom::KafkaTopic: topics are made at deployment.
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { loadWorker } from '../src/config/load';
import { patience } from '../src/custom-resource/patience';
import { topicResource } from '../src/custom-resource/topic';
import { readSecret } from '../src/secrets/reader';

export function handler(event: CloudFormationCustomResourceEvent, context: Context) {
  const kafka = async () => (await loadWorker(readSecret)).kafka;
  return topicResource(
    event,
    kafka,
    patience(() => context.getRemainingTimeInMillis()),
  );
}
