// Watches a sink's files while it runs: one that was seen stays as it was.
import { setTimeout as sleep } from 'node:timers/promises';
import { ListMultipartUploadsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { FreshBucket } from '../fresh-bucket';

/** ETag and time by key. */
type Listing = ReadonlyMap<string, string>;

export interface FileWatch {
  readonly files: number;
  /** Ends the watch after a last look; what was seen to change. */
  end(): Promise<string[]>;
}

const everyMs = 200;

export function watchFiles(bucket: FreshBucket): FileWatch {
  const first = new Map<string, string>();
  const faults = new Set<string>();
  let isOver = false;
  const look = async () => {
    const now = await listed(bucket);
    for (const fault of changes(first, now)) faults.add(fault);
    for (const [key, state] of now) if (!first.has(key)) first.set(key, state);
  };
  const watching = (async () => {
    while (!isOver) {
      await look();
      await sleep(everyMs);
    }
  })();
  return {
    get files() {
      return first.size;
    },
    async end() {
      isOver = true;
      await watching;
      await look();
      return [...faults];
    },
  };
}

function changes(first: Listing, now: Listing): string[] {
  return [...first].flatMap(([key, before]) => {
    const after = now.get(key);
    return after === before ? [] : [`${key} was ${before} and is ${after ?? 'gone'}`];
  });
}

async function listed({ client, bucket }: FreshBucket): Promise<Listing> {
  const found = new Map<string, string>();
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: 'topics/' })) {
    for (const { Key = '', ETag, LastModified } of page.Contents ?? [])
      found.set(Key, `${ETag} of ${LastModified?.toISOString()}`);
  }
  return found;
}

/** Multipart uploads that were neither completed nor aborted. */
export async function uploadsLeft({ client, bucket }: FreshBucket): Promise<string[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  return Uploads.map(({ Key, UploadId }) => `the upload ${UploadId} of ${Key} is open`);
}
