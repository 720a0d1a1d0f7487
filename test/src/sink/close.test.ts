import { beforeEach, describe, expect, test } from '@jest/globals';
import { closeFile } from '../../../src/sink/close';
import type { FileBytes } from '../../../src/sink/partition-state';
import { type MemoryBucket, memoryBucket } from '../../simulation/memory-bucket';

const key = 'topics/prices/partition=0/prices+0+0000000005.avro';
const restart = { stateKey: 'sink/s3-sink/prices/0', offset: 5 };
const sync = Buffer.from('0123456789abcdef');
const body = Buffer.concat([Buffer.from('header and blocks'), sync]);
const small: FileBytes = { key, startOffset: 5, partSize: 100, tail: [body.subarray(0, 9), body.subarray(9)] };
const partSize = 20;

let bucket: MemoryBucket;
beforeEach(() => {
  bucket = memoryBucket({ smallestPart: partSize, etags: 'unique' });
});

/** The same file with its first part uploaded. */
async function withUpload(whole = body): Promise<FileBytes & { upload: { id: string } }> {
  const id = await bucket.startUpload(key);
  const etags: string[] = [];
  let at = 0;
  for (; at + partSize <= whole.length; at += partSize) {
    etags.push(String(await bucket.uploadPart(key, id, etags.length + 1, whole.subarray(at, at + partSize))));
  }
  const tail = at === whole.length ? [] : [whole.subarray(at)];
  return { key, startOffset: 5, partSize, upload: { id, etags }, tail };
}

describe('a file below a part', () => {
  test('is put whole', async () => {
    await closeFile(bucket, small, restart);
    expect(bucket.objects.get(key)).toEqual(body);
  });

  test('that is there already is done', async () => {
    bucket.overwrite(key, body);
    await closeFile(bucket, small, restart);
  });

  test.each([
    ['of another size', Buffer.from('other')],
    ['of the same size', Buffer.alloc(body.length)],
  ])('does not overwrite an object %s', async (_, other) => {
    bucket.overwrite(key, other);
    const closing = closeFile(bucket, small, restart);
    await expect(closing).rejects.toMatchObject({ code: 'FILE_NOT_OURS', retryable: false });
    await expect(closing).rejects.toThrow(key);
    expect(bucket.objects.get(key)).toEqual(other);
  });
});

describe('a file of several parts', () => {
  test('is completed with its tail as the last part', async () => {
    await closeFile(bucket, await withUpload(), restart);
    expect(bucket.objects.get(key)).toEqual(body);
    expect(bucket.openUploads().size).toBe(0);
  });

  test('that an earlier version ended with a full part has no last part', async () => {
    const whole = Buffer.concat([Buffer.alloc(24), sync]);
    await closeFile(bucket, await withUpload(whole), restart);
    expect(bucket.objects.get(key)).toEqual(whole);
  });

  test('whose parts were replaced by others of the same bytes is completed with those', async () => {
    const file = await withUpload();
    await bucket.uploadPart(key, file.upload.id, 1, body.subarray(0, partSize));
    await closeFile(bucket, file, restart);
    expect(bucket.objects.get(key)).toEqual(body);
  });

  test('one of whose parts has other bytes than it had, where ETags tell, is never completed', async () => {
    bucket = memoryBucket({ smallestPart: partSize, etags: 'md5' });
    const file = await withUpload();
    await bucket.uploadPart(key, file.upload.id, 1, Buffer.alloc(partSize));
    const closing = closeFile(bucket, file, restart);
    await expect(closing).rejects.toMatchObject({ code: 'PART_REPLACED', retryable: false });
    await expect(closing).rejects.toThrow(`delete the state object "${restart.stateKey}"`);
    expect(bucket.objects.size).toBe(0);
  });

  test('whose last part another writer keeps replacing is an error that may pass', async () => {
    const file = await withUpload();
    const contended: MemoryBucket = {
      ...bucket,
      completeUpload: async (...call) => {
        await bucket.uploadPart(key, file.upload.id, 2, Buffer.from('full part of a zombie'));
        return bucket.completeUpload(...call);
      },
    };
    await expect(closeFile(contended, file, restart)).rejects.toMatchObject({
      code: 'UPLOAD_CONTENDED',
      retryable: true,
    });
    await closeFile(bucket, file, restart);
    expect(bucket.objects.get(key)).toEqual(body);
  });

  test('that another writer completed is done', async () => {
    const file = await withUpload();
    await closeFile(bucket, file, restart);
    await closeFile(bucket, file, restart);
  });

  test('that is there from an earlier life is done, and its upload aborted', async () => {
    bucket.overwrite(key, body);
    await closeFile(bucket, await withUpload(), restart);
    expect(bucket.openUploads().size).toBe(0);
  });

  test('does not overwrite an object of the same size whose end differs', async () => {
    bucket.overwrite(key, Buffer.alloc(body.length));
    await expect(closeFile(bucket, await withUpload(), restart)).rejects.toMatchObject({ code: 'FILE_NOT_OURS' });
  });

  test('whose upload is gone is lost, and the error says from which offset to read again', async () => {
    const file = await withUpload();
    await bucket.abortUpload(key, file.upload.id);
    const closing = closeFile(bucket, file, restart);
    await expect(closing).rejects.toMatchObject({ code: 'UPLOAD_LOST', retryable: false });
    await expect(closing).rejects.toThrow(`delete the state object "${restart.stateKey}" and set the consumer group`);
    await expect(closing).rejects.toThrow('back to offset 5');
  });
});
