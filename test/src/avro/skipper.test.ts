// The compiled skipper, against what avsc writes.
import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codec } from '../../../src/avro/codec';
import { parseSchema } from '../../../src/avro/schema-parse';
import { skipper } from '../../../src/avro/skipper';
import { longBytes } from '../../../src/avro/varint';
import { arbitraryDatum } from './arbitrary';

const BROKEN = -1;
const NOT_UTF8 = -2;

function skip(schema: unknown, bytes: Uint8Array): number {
  return skipper(parseSchema(JSON.stringify(schema)))(bytes, 0, bytes.length);
}

describe('a skipper', () => {
  test('takes exactly what avsc wrote, whatever stands around it', () => {
    fc.assert(
      fc.property(arbitraryDatum, fc.uint8Array({ maxLength: 9 }), ({ schema, value }, around) => {
        const datum = codec(schema).encode(value);
        const bytes = Buffer.concat([around, datum, around]);
        const end = around.length + datum.length;
        expect(skipper(schema)(bytes, around.length, end)).toBe(end);
        expect(skipper(schema)(bytes, around.length, bytes.length)).toBe(end);
      }),
      { numRuns: 500 },
    );
  });

  test('finds every datum that is cut short', () => {
    fc.assert(
      fc.property(arbitraryDatum, ({ schema, value }) => {
        const datum = codec(schema).encode(value);
        const walk = skipper(schema);
        for (let end = 0; end < datum.length; end += 1) expect(walk(datum, 0, end)).toBe(BROKEN);
      }),
      { numRuns: 300 },
    );
  });

  test('never passes the end, whatever the bytes', () => {
    fc.assert(
      fc.property(
        arbitraryDatum,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
        ({ schema, value }, flips) => {
          const datum = codec(schema).encode(value);
          for (const [at, byte] of flips) if (datum.length > 0) datum[at % datum.length] = byte;
          const end = skipper(schema)(datum, 0, datum.length);
          expect(end).toBeLessThanOrEqual(datum.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  const hex = (text: string) => Buffer.from(text, 'hex');
  test.each<[string, unknown, string, number]>([
    ['an int of five bytes', 'int', 'ffffffff0f', 5],
    ['an int beyond 32 bits', 'int', 'ffffffff10', BROKEN],
    ['an int of six bytes', 'int', '808080808000', BROKEN],
    ['a long of ten bytes', 'long', 'ffffffffffffffffff01', 10],
    ['a long beyond 64 bits', 'long', 'ffffffffffffffffff02', BROKEN],
    ['a long of eleven bytes', 'long', '8080808080808080808000', BROKEN],
    ['a boolean that is neither 0 nor 1', 'boolean', '02', BROKEN],
    ['a string of negative length', 'string', '01', BROKEN],
    ['a string of negative length in two bytes', 'string', '8101', BROKEN],
    ['a string of giant length', 'string', 'feffffffffffffffff01', BROKEN],
    ['the last symbol', { type: 'enum', name: 'E', symbols: ['A', 'B'] }, '02', 1],
    ['a symbol behind the last', { type: 'enum', name: 'E', symbols: ['A', 'B'] }, '04', BROKEN],
    ['a negative symbol', { type: 'enum', name: 'E', symbols: ['A', 'B'] }, '01', BROKEN],
    ['a symbol of 32 bits', { type: 'enum', name: 'E', symbols: ['A', 'B'] }, 'feffffff0f', BROKEN],
    ['a branch behind the last', ['null', 'int'], '0402', BROKEN],
    ['a negative branch', ['null', 'int'], '01', BROKEN],
    ['a union without branches', [], '00', BROKEN],
    ['an array in two blocks, one with its size', { type: 'array', items: 'int' }, '02020304040600', 7],
    ['a block with a size that is too small', { type: 'array', items: 'int' }, '030202' + '0400', BROKEN],
    ['a block with a size that is too great', { type: 'array', items: 'int' }, '0106020000', BROKEN],
    ['a block with a negative size', { type: 'array', items: 'int' }, '01010200', BROKEN],
    ['a block of 2^63 nulls', { type: 'array', items: 'null' }, 'ffffffffffffffffff0100' + '00', BROKEN],
    ['a block of 2^40 nulls', { type: 'array', items: 'null' }, `${longBytes(2 ** 40).toString('hex')}00`, BROKEN],
    [
      'a block of 2^30 empty records',
      { type: 'array', items: { type: 'record', name: 'R', fields: [{ name: 'n', type: 'null' }] } },
      `${longBytes(2 ** 30).toString('hex')}00`,
      6,
    ],
    [
      'a block of 2^30 ints that are not there',
      { type: 'array', items: 'int' },
      `${longBytes(2 ** 30).toString('hex')}00`,
      BROKEN,
    ],
    [
      'a block of 2^30 doubles that are not there',
      { type: 'array', items: 'double' },
      `${longBytes(2 ** 30).toString('hex')}00`,
      BROKEN,
    ],
    ['a map with its size', { type: 'map', values: 'long' }, '0108' + '0261' + '8001' + '00', 7],
    ['a map without its end', { type: 'map', values: 'long' }, '02026102', BROKEN],
  ])('of %s', (_, schema, bytes, end) => {
    expect(skip(schema, hex(bytes))).toBe(end);
  });

  test('finds bytes that are not UTF-8 wherever they stand in a string or in a key of a map', () => {
    const map = parseSchema('{"type":"map","values":"string"}');
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 3 }),
        (key, value, before) => {
          const sized = [key, value].flatMap((bytes) => [longBytes(bytes.length), bytes]);
          const datum = Buffer.concat([before, Buffer.of(2), ...sized, Buffer.of(0)]);
          const end = isUtf8(key) && isUtf8(value) ? datum.length : NOT_UTF8;
          expect(skipper(map)(datum, before.length, datum.length)).toBe(end);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([0, 3, 4, 7, 8, 9, 15, 16, 63, 64, 200])('finds a byte that is not UTF-8 behind %i that are', (length) => {
    const record = { type: 'record', name: 'R', fields: [{ name: 's', type: ['null', 'string'] }] };
    const text = (last: string) => Buffer.concat([Buffer.alloc(length, 'a'), Buffer.from(last, 'hex')]);
    const datum = (last: string) => Buffer.concat([Buffer.of(2), longBytes(text(last).length), text(last)]);
    expect(skip(record, datum('c3a9'))).toBe(datum('c3a9').length);
    expect([skip(record, datum('ff')), skip(record, datum('c3'))]).toEqual([NOT_UTF8, NOT_UTF8]);
  });

  test('does not look for UTF-8 in bytes and fixed', () => {
    expect(skip('bytes', hex('02ff'))).toBe(2);
    expect(skip({ type: 'fixed', name: 'F', size: 1 }, hex('ff'))).toBe(1);
  });

  test('tells branches beyond the 64th apart', () => {
    const branches = Array.from({ length: 200 }, (_, size) => ({ type: 'fixed', name: `F${size}`, size }));
    const datum = Buffer.concat([longBytes(150), Buffer.alloc(150)]);
    expect(skip(branches, datum)).toBe(datum.length);
    expect(skip(branches, longBytes(200))).toBe(BROKEN);
  });

  const list = { type: 'record', name: 'L', fields: [{ name: 'next', type: ['null', 'L'] }] };

  test('follows a list of a thousand records', () => {
    const datum = Buffer.concat([Buffer.alloc(1000, 2), Buffer.of(0)]);
    expect(skip(list, datum)).toBe(1001);
  });

  test('says that a datum is nested deeper than the stack, and does not call it broken', () => {
    expect(() => skip(list, Buffer.alloc(10_000_000, 2))).toThrow(expect.objectContaining({ code: 'DATUM_TOO_DEEP' }));
  });

  test('does not follow what lies behind the end', () => {
    expect(skipper(parseSchema(JSON.stringify(list)))(Buffer.alloc(10_000_000, 2), 0, 5)).toBe(BROKEN);
  });

  test('lets no text of the schema into its code', () => {
    const name = 'a"];throw 1;//';
    expect(
      skip(
        { type: 'record', name, fields: [{ name: '$`', type: { type: 'enum', name: '*/', symbols: ['`'] } }] },
        Buffer.of(0),
      ),
    ).toBe(1);
  });
});
