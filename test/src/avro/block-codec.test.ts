// What compresses the blocks of a container file, read by what decompresses them.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blockCodec } from '../../../src/avro/block-codec';
import { decompressor } from '../../../src/avro/block-codec-reader';

const CODECS = ['null', 'deflate', 'snappy', 'zstandard'] as const;
const TEXT = Buffer.from(Array.from({ length: 3000 }, (_, row) => `row ${row} of ${(row * row) % 97}`).join(';'));

describe.each(CODECS)('the codec %s', (name) => {
  test('is read back, whatever the data', async () => {
    const { compress } = await blockCodec(name, 6);
    const decompress = decompressor(name);
    const data = fc.oneof(
      fc.uint8Array({ maxLength: 5000 }),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 30_000 })).map(repeated),
    );
    fc.assert(
      fc.property(data, (bytes) => {
        const block = Buffer.from(bytes);
        expect(decompress(Buffer.from(compress(block))).equals(block)).toBe(true);
      }),
    );
  });

  test('makes the same bytes of the same data', async () => {
    const first = await blockCodec(name, 6);
    const before = Buffer.from(first.compress(TEXT));
    first.compress(Buffer.alloc(70_000, 1));
    const other = await blockCodec(name, 6);
    expect(Buffer.from(other.compress(TEXT))).toEqual(before);
    expect(other.id).toBe(first.id);
  });
});

function repeated([unit, times]: [Uint8Array, number]): Uint8Array {
  return Buffer.alloc(unit.length * times, unit);
}

describe('a block', () => {
  test('of snappy ends with the big-endian CRC-32 of its data', async () => {
    const block = Buffer.from((await blockCodec('snappy', 6)).compress(TEXT));
    expect(block.readUInt32BE(block.length - 4)).toBe(crc32(TEXT));
  });

  test('of snappy whose checksum is that of other data is refused', async () => {
    const block = Buffer.from((await blockCodec('snappy', 6)).compress(TEXT));
    block.writeUInt32BE(1, block.length - 4);
    expect(() => decompressor('snappy')(block)).toThrow('the checksum is not that of the data');
  });

  // Made by the library in Node 24.21.
  const isThatVersion = (process.versions.zstd ?? '1.5.7') === '1.5.7';
  (isThatVersion ? test : test.skip)('of zstandard is the same from both libraries of one version', async () => {
    const { id, compress } = await blockCodec('zstandard', 6);
    expect(id).toBe('zstandard/3/zstd-1.5.7');
    expect(createHash('sha256').update(compress(TEXT)).digest('hex')).toBe(
      'b3b1edd5855f367725e8550be27bdd22ab8ed5bd8d027d5ccb1f716e452c61bf',
    );
  });

  test('of deflate is smaller at a higher level', async () => {
    const [fast, small] = await Promise.all([blockCodec('deflate', 1), blockCodec('deflate', 9)]);
    expect(small.compress(TEXT).length).toBeLessThan(fast.compress(TEXT).length);
  });
});

describe('the id of a codec', () => {
  test('is of this level and of this zlib', async () => {
    expect((await blockCodec('deflate', 4)).id).toBe(`deflate/4/zlib-${process.versions.zlib}-${process.arch}`);
  });

  test('is another for each codec', async () => {
    const ids = await Promise.all(CODECS.map(async (name) => (await blockCodec(name, 6)).id));
    expect(new Set(ids).size).toBe(CODECS.length);
  });
});
