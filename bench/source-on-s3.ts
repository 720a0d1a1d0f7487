// The source's bundle with what its first invocation loads beside it when the state is on S3.
import { handler as source } from '../lambdas/source';
import { openState } from '../src/state/open';

export const handler = source;
/** Opens no connection. */
export const ready = openState('s3://bucket/prefix');
