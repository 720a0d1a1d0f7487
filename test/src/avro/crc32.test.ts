import zlib from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crc32 } from '../../../src/avro/crc32';

const own = zlib.crc32;

test('is the same without Node’s own, also when it goes on from what came before', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
      const expected = crc32(Buffer.concat([one, other]));
      const inTwo = () => crc32(Buffer.from(other), crc32(Buffer.from(one)));
      expect(inTwo()).toBe(expected);
      zlib.crc32 = undefined as unknown as typeof own;
      try {
        expect(inTwo()).toBe(expected);
      } finally {
        zlib.crc32 = own;
      }
    }),
  );
});
