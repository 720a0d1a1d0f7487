// UTF-8, against what Node calls it.
import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isText } from '../../../src/avro/utf8';

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
/** The bytes at which a rule begins or ends. */
const EDGES = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff];

describe('text', () => {
  test('is what Node takes for UTF-8: every lead and second byte, with every edge behind them', () => {
    const starts = BYTES.flatMap((lead) =>
      BYTES.flatMap((second) => EDGES.map((third) => [lead, second, third, 0x80])),
    );
    const cut = starts.flatMap((bytes) => [1, 2, 3, 4].map((size) => Buffer.from(bytes.slice(0, size))));
    const mistaken = cut.filter((bytes) => isText(bytes, 0, bytes.length) !== isUtf8(bytes));
    expect(mistaken).toEqual([]);
  });

  test('is looked at between two positions, whatever stands around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 4 }), (text, around) => {
        const bytes = Buffer.from(text);
        const all = Buffer.concat([around, bytes, around]);
        expect(isText(all, around.length, around.length + bytes.length)).toBe(true);
      }),
    );
  });

  test('ends with a whole character, though the buffer goes on', () => {
    const bytes = Buffer.from('aé');
    expect([2, 3].map((end) => isText(bytes, 0, end))).toEqual([false, true]);
  });
});
