import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readContainer } from '../../src/avro/container';
import { bucketObjects } from '../../src/s3/bucket';
import { s3Client } from '../../src/s3/client';
import type { ObjectStore } from '../../src/s3/object-store';
import { sinkFlush } from '../../src/sink/flush';
import { sinkPartition } from '../../src/sink/partition';
import { sinkOn } from '../../src/sink/sink';
import { openState } from '../../src/state/open';
import { recordedMetrics } from '../src/metrics/recorded';
import { datum, message, record, records, sampleConfig, sampleRegistry, sampleSource } from '../src/sink/sample';
import { storeContract } from '../src/state/store-contract';
import { environment } from './environment';
import { type FreshBucket, freshBucket } from './fresh-bucket';

let fresh: FreshBucket;
let objects: ObjectStore;
const region = 'us-east-1';

beforeAll(async () => {
  fresh = await freshBucket('sink');
  process.env.AWS_REGION = region;
  process.env.AWS_ENDPOINT_URL_S3 = environment().s3Endpoint;
  objects = bucketAt(fresh.bucket);
});

function bucketAt(bucket: string): ObjectStore {
  const client = s3Client({ region, endpoint: environment().s3Endpoint, pathStyle: true });
  return bucketObjects(client, { bucket, region });
}

describe('the state on S3', () => {
  storeContract(() => openState(`s3://${fresh.bucket}/state`));

  test('a bucket that does not exist is named with the cure', async () => {
    const state = await openState('s3://connectless-there-is-none/state');
    await expect(state.read('a')).rejects.toMatchObject({ code: 'S3_NO_SUCH_BUCKET', retryable: false });
    await expect(state.create('a', Buffer.from('x'))).rejects.toThrow('"connectless-there-is-none"');
    await expect(state.list('')).rejects.toMatchObject({ code: 'S3_NO_SUCH_BUCKET' });
  });
});

describe('the bucket', () => {
  test('takes a new object once', async () => {
    expect(await objects.putNew('once', Buffer.from('one'))).toBe('created');
    expect(await objects.putNew('once', Buffer.from('two'))).toBe('exists');
    expect(await objects.size('once')).toBe(3);
    expect((await objects.range('once', 1, 3)).toString()).toBe('ne');
    expect(await objects.size('never')).toBeUndefined();
  });

  test('completes an upload of parts in order, and tells what has become of it', async () => {
    const part = Buffer.alloc(5_242_880, 'p');
    const id = await objects.startUpload('parts');
    const etags = [
      await objects.uploadPart('parts', id, 1, part),
      await objects.uploadPart('parts', id, 2, Buffer.from('t')),
    ];
    const parts = etags.map((etag, index) => ({ number: index + 1, etag: String(etag) }));
    expect(await objects.listParts('parts', id)).toEqual(parts);
    const wrong = parts.map((other) => ({ ...other, etag: '"0123456789abcdef0123456789abcdef"' }));
    expect(await objects.completeUpload('parts', id, wrong)).toBe('invalid-part');
    expect(await objects.completeUpload('parts', id, parts)).toBe('created');
    expect(await objects.size('parts')).toBe(part.length + 1);
    expect(await objects.uploadPart('parts', id, 3, part)).toBeUndefined();
    expect(await objects.listParts('parts', id)).toBeUndefined();
    expect(await objects.completeUpload('parts', id, parts)).toBe('no-such-upload');
    await objects.abortUpload('parts', id);
  });

  test('does not complete an upload over an object', async () => {
    await objects.putNew('taken', Buffer.from('x'));
    const id = await objects.startUpload('taken');
    const etag = String(await objects.uploadPart('taken', id, 1, Buffer.from('y')));
    expect(await objects.completeUpload('taken', id, [{ number: 1, etag }])).toBe('exists');
    await objects.abortUpload('taken', id);
  });

  test('that does not exist is named with the cure', async () => {
    const put = bucketAt('connectless-there-is-none').putNew('a', Buffer.from('x'));
    await expect(put).rejects.toMatchObject({ code: 'S3_NO_SUCH_BUCKET', retryable: false });
    await expect(put).rejects.toThrow('S3 bucket "connectless-there-is-none" (region us-east-1)');
  });
});

describe('the sink', () => {
  const newSink = async (flushSize: number) =>
    sinkOn(
      { ...sampleConfig, name: `flush-${flushSize}`, topicsDir: `flush-${flushSize}`, flushSize },
      await openState(`s3://${fresh.bucket}/state`),
      objects,
      sampleRegistry,
      recordedMetrics(),
    );

  test('puts small files whole', async () => {
    await sinkPartition(await newSink(3), sampleSource, records(0, 7));
    const listed = await fresh.client.send(new ListObjectsV2Command({ Bucket: fresh.bucket, Prefix: 'flush-3/' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual([
      'flush-3/prices/partition=0/prices+0+0000000000.avro',
      'flush-3/prices/partition=0/prices+0+0000000003.avro',
    ]);
  });

  test('uploads large files in parts over several invocations, each by a new process', async () => {
    const text = (offset: number) => Buffer.alloc(700_000, `${offset} `);
    const all = Array.from({ length: 20 }, (_, offset) => record(offset, { value: message(1, text(offset)) }));
    for (let from = 0; from < 20; from += 4) {
      await sinkPartition(await newSink(20), sampleSource, all.slice(from, from + 4));
    }
    const key = 'flush-20/prices/partition=0/prices+0+0000000000.avro';
    const size = (await objects.size(key)) ?? 0;
    expect(size).toBeGreaterThan(2 * sampleConfig.partSize);
    const blocks = [...readContainer(await objects.range(key, 0, size)).blocks];
    const expected = Buffer.concat(all.map(({ offset }) => datum(text(offset))));
    expect(Buffer.concat(blocks.map(({ data }) => data)).equals(expected)).toBe(true);
    const uploads = await fresh.client.send(new ListMultipartUploadsCommand({ Bucket: fresh.bucket }));
    expect(uploads.Uploads ?? []).toEqual([]);
  });

  test('closes by a flush what a process that died had left, in parts and whole', async () => {
    const died = () => Promise.reject(new Error('died'));
    const dying = { ...(await newSink(10)), objects: { ...objects, putNew: died, completeUpload: died } };
    const large = Array.from({ length: 10 }, (_, n) => record(n, { value: message(1, Buffer.alloc(700_000, n)) }));
    await expect(sinkPartition(dying, sampleSource, large)).rejects.toThrow('died');
    await expect(sinkPartition(dying, { topic: 'prices', partition: 1 }, records(0, 12))).rejects.toThrow('died');
    const metrics = recordedMetrics();
    await sinkFlush({ ...(await newSink(10)), metrics });
    expect(metrics.values).toMatchObject({ SinkFiles: 2, SinkOpenRecords: 2 });
    const listed = await fresh.client.send(new ListObjectsV2Command({ Bucket: fresh.bucket, Prefix: 'flush-10/' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual([
      'flush-10/prices/partition=0/prices+0+0000000000.avro',
      'flush-10/prices/partition=1/prices+1+0000000000.avro',
    ]);
    const sizes = listed.Contents?.map(({ Size }) => Size ?? 0) ?? [];
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(metrics.values.SinkBytes);
  });
});
