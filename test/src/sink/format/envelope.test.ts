// One gzip member around blocks that are deflated one by one.
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { envelope } from '../../../../src/sink/format/envelope';
import type { Memo } from '../../../../src/sink/format/format';
import { fileOf } from './sample';

const FILE = fileOf(undefined);
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

function gzipped(blocks: readonly Buffer[], level = 6): Buffer {
  const { start, block, end } = envelope(level);
  const { bytes, memo: first } = start(FILE);
  const parts = [bytes];
  let memo: Memo | undefined = first;
  for (const data of blocks) {
    const next = block(FILE, memo, 1, data);
    parts.push(next.bytes);
    memo = next.memo;
  }
  return Buffer.concat([...parts, end(FILE, memo)]);
}

const blocks = fc.array(
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 6 },
);

describe('a gzip file', () => {
  test('is read whole, however many blocks it has', () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: -1, max: 9 }), (data, level) => {
        expect(gunzipSync(gzipped(data, level)).equals(Buffer.concat(data))).toBe(true);
      }),
    );
  });

  test('is a single member', () => {
    const data = [Buffer.from('one'), Buffer.alloc(100_000, 'two '), Buffer.from('three')];
    const deflated = gzipped(data).subarray(HEADER_BYTES, -TRAILER_BYTES);
    // A reader that ends with the first member ends with the last byte.
    const lastBlock = deflated.subarray(0, -1);
    expect(inflateRawSync(deflated)).toEqual(Buffer.concat(data));
    expect(() => inflateRawSync(lastBlock)).toThrow('unexpected end of file');
  });

  test('says nothing of when and where it was written', () => {
    expect(gzipped([]).subarray(0, HEADER_BYTES).toString('hex')).toBe('1f8b08000000000000ff');
  });

  test('remembers no more than checksum and size', () => {
    const { start, block } = envelope(6);
    const { memo } = start(FILE);
    expect(block(FILE, memo, 1, Buffer.from('123456789')).memo).toEqual([0xcbf43926, 9]);
  });

  test('counts its size modulo 2^32', () => {
    const end = envelope(6).end(FILE, [1, 2 ** 32 + 5]);
    expect(end.readUInt32LE(end.length - 4)).toBe(5);
  });
});

test('what is not compressed is the blocks and nothing else', () => {
  const { start, block, end } = envelope(undefined);
  expect(start(FILE)).toEqual({ bytes: Buffer.alloc(0) });
  expect(block(FILE, undefined, 1, Buffer.from('x')).bytes).toEqual(Buffer.from('x'));
  expect(end(FILE, undefined)).toEqual(Buffer.alloc(0));
});
