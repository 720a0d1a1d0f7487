// The wire format's header.
import { describe, expect, test } from '@jest/globals';
import { readWireHeader, WIRE_HEADER_BYTES, wireHeader } from '../../../src/avro/wire';

describe('the wire format', () => {
  test('is a zero byte and the id, big-endian', () => {
    expect(wireHeader(258)).toEqual(Buffer.from([0, 0, 0, 1, 2]));
    expect(wireHeader(0x7fffffff)).toEqual(Buffer.from([0, 0x7f, 0xff, 0xff, 0xff]));
    expect(WIRE_HEADER_BYTES).toBe(5);
  });

  test('is read in front of a datum, also within a larger buffer', () => {
    const message = Buffer.concat([Buffer.from('before'), wireHeader(7), Buffer.from('datum')]).subarray(6);
    expect(readWireHeader(message)).toBe(7);
    expect(readWireHeader(new Uint8Array(wireHeader(100_000)))).toBe(100_000);
  });

  test.each([
    ['nothing', Buffer.of()],
    ['four bytes', Buffer.of(0, 0, 0, 1)],
    ["Glue's magic byte", Buffer.of(3, 0, 0, 0, 1)],
    ['text', Buffer.from('hello')],
  ])('is not there in %s', (_, bytes) => {
    expect(readWireHeader(bytes)).toBeUndefined();
  });
});
