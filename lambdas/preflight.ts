// The function behind Custom::SourcePreflight: a source is asked at deployment what stands in its way.
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { patience } from '../src/custom-resource/patience';
import { preflightResource } from '../src/custom-resource/preflight';

export function handler(event: CloudFormationCustomResourceEvent, context: Context) {
  return preflightResource(
    event,
    patience(() => context.getRemainingTimeInMillis()),
  );
}
