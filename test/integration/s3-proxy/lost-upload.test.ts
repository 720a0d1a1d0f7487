import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { bucketObjects } from '../../../src/s3/bucket';
import { s3Client } from '../../../src/s3/client';
import { sinkFlush } from '../../../src/sink/flush';
import { sinkPartition } from '../../../src/sink/partition';
import { type Sink, sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { recordedMetrics } from '../../src/metrics/recorded';
import { message, record, sampleConfig, sampleRegistry, sampleSource, sampleStateKey } from '../../src/sink/sample';
import { environment } from '../environment';
import { type FreshBucket, freshBucket } from '../fresh-bucket';

jest.setTimeout(60_000);

const region = 'us-east-1';
const key = 'topics/prices/partition=0/prices+0+0000000000.avro';
const large = Array.from({ length: 20 }, (_, n) => record(n, { value: message(1, Buffer.alloc(700_000, n)) }));

let fresh: FreshBucket;

beforeAll(async () => {
  fresh = await freshBucket('lost');
});

/** A new process of the sink. */
function newSink(state: Sink['state']): Sink {
  const client = s3Client({ region, endpoint: environment().s3Endpoint, pathStyle: true });
  const objects = bucketObjects(client, { bucket: fresh.bucket, region });
  return sinkOn({ ...sampleConfig, flushSize: 20 }, state, objects, sampleRegistry, recordedMetrics());
}

/** What somebody does, or a lifecycle rule of the bucket. */
async function abortAll(): Promise<number> {
  const { Uploads = [] } = await fresh.client.send(new ListMultipartUploadsCommand({ Bucket: fresh.bucket }));
  for (const { Key, UploadId } of Uploads) {
    await fresh.client.send(new AbortMultipartUploadCommand({ Bucket: fresh.bucket, Key, UploadId }));
  }
  return Uploads.length;
}

describe('an upload that somebody aborted behind the sink’s back', () => {
  const lost = {
    code: 'UPLOAD_LOST',
    retryable: false,
    message: expect.stringMatching(/s3-sink\/prices\/0.*offset 0\b/),
  };

  test('is an error that says from which offset to read again, whether parts are to follow or the file is complete', async () => {
    const state = memoryState();
    await sinkPartition(newSink(state), sampleSource, large.slice(0, 11));
    expect(await abortAll()).toBe(1);
    await expect(sinkPartition(newSink(state), sampleSource, large.slice(11, 18))).rejects.toMatchObject(lost);
    await expect(sinkFlush(newSink(state), true)).rejects.toMatchObject(lost);
    expect(await abortAll()).toBe(0);
  });

  test('costs nothing when its message is followed: the state deleted, the records read again', async () => {
    const state = memoryState();
    await sinkPartition(newSink(state), sampleSource, large.slice(0, 11));
    await abortAll();
    await expect(sinkPartition(newSink(state), sampleSource, large.slice(11))).rejects.toMatchObject(lost);
    expect(await state.read(sampleStateKey)).toBeDefined();
    const anew = newSink(memoryState());
    await sinkPartition(anew, sampleSource, large);
    expect(await anew.objects.size(key)).toBeGreaterThan(20 * 700_000);
    expect(await abortAll()).toBe(0);
  });
});
