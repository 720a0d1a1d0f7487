import { describe, expect, test } from '@jest/globals';
import { memoryBucket } from './memory-bucket';

const [first, second, last] = [Buffer.alloc(5, 1), Buffer.alloc(5, 2), Buffer.alloc(1, 3)];
const newBucket = () => memoryBucket({ smallestPart: 5, etags: 'unique' });

async function uploaded(bucket = newBucket()) {
  const id = await bucket.startUpload('k');
  const parts = [];
  for (const [index, body] of [first, second, last].entries()) {
    parts.push({ number: index + 1, etag: String(await bucket.uploadPart('k', id, index + 1, body)) });
  }
  return { bucket, id, parts };
}

describe('the bucket in memory does as S3', () => {
  test('a new object is created once', async () => {
    const bucket = newBucket();
    expect(await bucket.putNew('k', first)).toBe('created');
    expect(await bucket.putNew('k', second)).toBe('exists');
    expect(await bucket.size('k')).toBe(5);
    expect(await bucket.range('k', 1, 3)).toEqual(Buffer.alloc(2, 1));
    expect(await bucket.size('other')).toBeUndefined();
  });

  test('an upload is seen when it is complete, and gone then', async () => {
    const { bucket, id, parts } = await uploaded();
    expect(bucket.objects.size).toBe(0);
    expect(await bucket.listParts('k', id)).toEqual(parts);
    expect(await bucket.completeUpload('k', id, parts)).toBe('created');
    expect(bucket.objects.get('k')).toEqual(Buffer.concat([first, second, last]));
    expect(await bucket.completeUpload('k', id, parts)).toBe('no-such-upload');
    expect(await bucket.uploadPart('k', id, 1, first)).toBeUndefined();
    expect(await bucket.listParts('k', id)).toBeUndefined();
  });

  test('of two uploads of one key one is completed, and the other stays open until it is aborted', async () => {
    const { bucket, id, parts } = await uploaded();
    const other = await uploaded(bucket);
    const outcomes = await Promise.all([
      bucket.completeUpload('k', id, parts),
      bucket.completeUpload('k', other.id, other.parts),
    ]);
    expect(outcomes).toEqual(['created', 'exists']);
    expect([...bucket.openUploads().keys()]).toEqual([other.id]);
    await bucket.abortUpload('k', other.id);
    await bucket.abortUpload('k', other.id);
    expect(bucket.openUploads().size).toBe(0);
  });

  test('a part that was replaced needs its new ETag', async () => {
    const { bucket, id, parts } = await uploaded();
    await bucket.uploadPart('k', id, 2, second);
    expect(await bucket.completeUpload('k', id, parts)).toBe('invalid-part');
    const now = (await bucket.listParts('k', id)) ?? [];
    expect(await bucket.completeUpload('k', id, now)).toBe('created');
  });

  test('a part but the last that is too small, or parts out of order, fail', async () => {
    const { bucket, id, parts } = await uploaded();
    await expect(bucket.completeUpload('k', id, [...parts].reverse())).rejects.toThrow('InvalidPartOrder');
    const small = { number: 1, etag: String(await bucket.uploadPart('k', id, 1, last)) };
    await expect(bucket.completeUpload('k', id, [small, ...parts.slice(1)])).rejects.toThrow('EntityTooSmall');
  });
});
