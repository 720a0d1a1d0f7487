// Zig-zag integers.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longBytes, readLong } from '../../../src/avro/varint';

describe('a zig-zag long', () => {
  // The table of Avro's specification, and the ends of the range.
  test.each<[number | bigint, string]>([
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [-2, '03'],
    [2, '04'],
    [-64, '7f'],
    [64, '8001'],
    [2 ** 31, '8080808010'],
    [9223372036854775807n, 'feffffffffffffffff01'],
    [-9223372036854775808n, 'ffffffffffffffffff01'],
  ])('of %s is written as %s', (value, hex) => {
    expect(longBytes(value).toString('hex')).toBe(hex);
  });

  test('is read back, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), fc.uint8Array(), (value, before) => {
        const bytes = Buffer.concat([before, longBytes(value), Buffer.of(0xff)]);
        expect(readLong(bytes, before.length)).toEqual({ value, end: bytes.length - 1 });
      }),
    );
  });

  test.each([
    ['truncated', '80'],
    ['missing', ''],
    ['eleven bytes long', '8080808080808080808001'],
    ['more than 64 bits', 'ffffffffffffffffff02'],
  ])('that is %s is none', (_, hex) => {
    expect(readLong(Buffer.from(hex, 'hex'), 0)).toBeUndefined();
  });
});
