// A bucket of a test's own on the environment's S3, with a client for it.
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { environment } from './environment';
import { freshName } from './fresh-topic';

export interface FreshBucket {
  readonly bucket: string;
  readonly client: S3Client;
}

/** @param name lower case; made unique */
export async function freshBucket(name: string): Promise<FreshBucket> {
  const bucket = freshName(name);
  const client = new S3Client({ endpoint: environment().s3Endpoint, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { bucket, client };
}
