// The function behind Custom::DatabaseBootstrap: the database is made ready for a source at deployment.
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { bootstrapResource } from '../src/custom-resource/bootstrap';
import { patience } from '../src/custom-resource/patience';

export function handler(event: CloudFormationCustomResourceEvent, context: Context) {
  return bootstrapResource(
    event,
    patience(() => context.getRemainingTimeInMillis()),
  );
}
