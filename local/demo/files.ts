// The files of the demo's bucket: listed, and read once each.
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

export interface SeenFile {
  readonly key: string;
  readonly body: Buffer;
  /** Epoch milliseconds at which it was first seen in the listing. */
  readonly seenAt: number;
}

/** Answers a function that lists the bucket and reads what is new since its last call; all files so far, by key. */
export function fileWatch(s3: S3Client, bucket: string, prefix: string): () => Promise<ReadonlyMap<string, SeenFile>> {
  const seen = new Map<string, SeenFile>();
  return async () => {
    const listing = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    const seenAt = Date.now();
    for (const { Key: key } of listing.Contents ?? []) {
      if (key === undefined || seen.has(key)) continue;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      seen.set(key, { key, body: Buffer.from((await Body?.transformToByteArray()) ?? []), seenAt });
    }
    return seen;
  };
}
