// The objects of a bucket below a prefix.
import { GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { FreshBucket } from '../fresh-bucket';

/** Sorted. */
export async function keysBelow({ client, bucket }: FreshBucket, prefix: string): Promise<string[]> {
  const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return (listed.Contents ?? []).map(({ Key = '' }) => Key).sort();
}

export async function readObject({ client, bucket }: FreshBucket, key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

export async function openUploads({ client, bucket }: FreshBucket, prefix: string): Promise<number> {
  const listed = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
  return listed.Uploads?.length ?? 0;
}
