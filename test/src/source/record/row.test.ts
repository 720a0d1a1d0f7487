import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { avroOutput } from '../../../../src/source/record/avro-output';
import type { Column } from '../../../../src/source/record/column';
import { rowWriter } from '../../../../src/source/record/row';
import { tableSchema } from '../../../../src/source/record/table-schema';
import type { Row } from '../../../../src/source/table';
import { decodeExactly } from '../../../fixtures/golden/source/read';
import { sourceConfig } from '../../../source-config';

const { types } = sourceConfig;

const table = { schema: 'public', name: 't' };
const column = (type: string, change: Partial<Column> = {}): Column => ({
  name: 'v',
  declared: type,
  type,
  isEnum: false,
  typmod: -1,
  nullable: true,
  ...change,
});
const numeric = (precision: number, scale: number) => column('numeric', { typmod: ((precision << 16) | scale) + 4 });

function written(columns: readonly Column[], row: Row): Readonly<Record<string, unknown>> {
  const out = avroOutput();
  rowWriter(table, columns, types, 0)(out, row);
  return decodeExactly(tableSchema(table, columns, { types }), out.bytes.subarray(0, out.end));
}

/** Writes with our writer, reads with avsc. */
const through = (of: Column, text: string | null) => written([of], [text]).v;

describe('a row as Avro', () => {
  test('integers of 64 bits are exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(through(column('int8'), String(value))).toBe(String(value));
      }),
    );
    for (const value of [
      0n,
      -1n,
      2n ** 52n,
      2n ** 53n + 1n,
      -(2n ** 52n),
      -(2n ** 53n) - 1n,
      2n ** 63n - 1n,
      -(2n ** 63n),
    ]) {
      expect(through(column('int8'), String(value))).toBe(String(value));
    }
  });

  test('decimals are the unscaled value in the fewest bytes that hold its sign', () => {
    const largest = 10n ** 38n - 1n;
    fc.assert(
      fc.property(fc.bigInt({ min: -largest, max: largest }), fc.integer({ min: 0, max: 38 }), (unscaled, scale) => {
        const value = through(numeric(38, scale), decimalText(unscaled, scale));
        expect(value).toEqual({ bytes_hex: javaBigInteger(unscaled) });
      }),
    );
    for (const unscaled of [0n, 127n, 128n, -128n, -129n, 32767n, 32768n, -32768n, 2n ** 47n, -(2n ** 47n) - 1n]) {
      expect(through(numeric(38, 0), String(unscaled))).toEqual({ bytes_hex: javaBigInteger(unscaled) });
    }
  });

  test.each([
    ['$1,234.56', 123456n],
    ['-$92,233,720,368,547,758.08', -9223372036854775808n],
    ['$0.01', 1n],
    ['1.234,56 €', 123456n],
    ['($1,234.56)', -123456n],
    ['-1 234,00 kr', -123400n],
  ])('money %s is its cents, whatever the locale', (text, cents) => {
    expect(through(column('money'), text)).toEqual({ bytes_hex: javaBigInteger(cents) });
  });

  test('texts of any length and script, and bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        expect(through(column('text'), value)).toBe(value);
      }),
    );
    expect(through(column('text'), 'x'.repeat(200_000))).toHaveLength(200_000);
    expect(through(column('bytea'), '\\xdeadbeef')).toEqual({ bytes_hex: 'deadbeef' });
    expect(through(column('bytea'), '\\x')).toEqual({ bytes_hex: '' });
  });

  test('doubles and floats', () => {
    fc.assert(
      fc.property(fc.double(), (value) => expect(through(column('float8'), String(value))).toBe(String(value))),
    );
    for (const value of ['NaN', 'Infinity', '-Infinity']) expect(through(column('float4'), value)).toBe(value);
    expect(through(column('float4'), '1e-45')).toBe(String(Math.fround(1e-45)));
  });

  test('timestamps of today’s calendar agree with Date', () => {
    const min = new Date('1582-10-15T00:00:00Z');
    fc.assert(
      fc.property(fc.date({ min, max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
        const text = date.toISOString().replace('T', ' ').replace('Z', '');
        expect(through(column('timestamp'), text)).toBe(String(date.getTime()));
        expect(through(column('timestamptz'), `${text}456+00`)).toBe(String(date.getTime()));
        expect(through(column('date'), text.slice(0, 10))).toBe(String(Math.floor(date.getTime() / 86_400_000)));
      }),
    );
  });

  test.each([
    ['time', '24:00:00', '86400000'],
    ['time', '23:59:59.999999', '86399999'],
    ['time', '00:00:00.05', '50'],
    ['timetz', '00:00:00+05', '68400000'],
    ['timetz', '23:59:59.999999-12', '43199999'],
    ['timetz', '12:00:00+05:30:15', '23385000'],
    ['date', '0044-03-15 BC', '-735162'],
    ['date', '1582-10-04', '-141428'],
    ['date', '1582-10-15', '-141427'],
    ['date', '5874897-12-31', '2145042905'],
    ['date', 'infinity', '2147483647'],
    ['date', '-infinity', '-2147483648'],
    ['timestamp', '0044-03-15 10:00:00 BC', '-63517960800000'],
    ['timestamp', '1969-12-31 23:59:59.999999', '-1'],
    ['timestamp', '294276-12-31 23:59:59.999999', '9224318015999999'],
    ['timestamptz', 'infinity', '9223372036825200000'],
    ['timestamptz', '-infinity', '-9223372036832400000'],
    ['bool', 't', true],
    ['bool', 'f', false],
    ['oid', '4294967295', '4294967295'],
    ['bpchar', 'ab   ', 'ab   '],
    ['inet', '192.168.0.1/24', '192.168.0.1/24'],
    ['citext', 'Ab', 'Ab'],
  ])('%s %s is %s', (type, text, expected) => {
    expect(through(column(type), text)).toBe(expected);
    expect(through(column(type, { nullable: false }), text)).toBe(expected);
    expect(through(column(type), null)).toBeNull();
  });

  test.each([
    [numeric(10, 2), 'NaN', 'NaN has no place in a decimal'],
    [column('int4', { nullable: false }), null, 'it is null'],
    [column('money'), '¥1,234', 'money is printed without two digits behind the point (lc_monetary)'],
  ])('a value that has no form is told with row and column', (of, value, why) => {
    const columns = [column('int8', { name: 'id', nullable: false }), of];
    const message = `Table public.t, row id = 7, column "v": ${why}`;
    expect(() => written(columns, ['7', value])).toThrow(message);
  });

  describe('bits', () => {
    const bits = (length: number, text: string) => written([column('bit', { typmod: length })], [text]).v;
    const schemaOf = (length: number) => {
      const { fields } = JSON.parse(
        tableSchema(table, [column('bit', { typmod: length, nullable: false })], { types }),
      );
      return fields[0].type;
    };

    // Of pgjdbc: getBoolean for one, getByte for up to eight, getBytes, which are the text's, for more.
    test.each([
      [1, '1', 'boolean', true],
      [2, '10', { type: 'int', 'connect.type': 'int8' }, '10'],
      [3, '011', { type: 'int', 'connect.type': 'int8' }, '11'],
      [4, '0101', 'string', '0101'],
      [8, '10101010', 'string', '10101010'],
      [9, '101010101', 'bytes', { bytes_hex: '313031303130313031' }],
      [-1, '101', 'string', '101'],
    ])('%j of them, %s, are a %j', (length, text, schema, value) => {
      expect(schemaOf(length)).toEqual(schema);
      expect(bits(length, text)).toEqual(value);
    });
  });

  describe('a numeric without precision under best_fit', () => {
    const best = { ...types, numericMapping: 'best_fit' } as const;
    const bare = [column('numeric')];
    const byte = (text: string) => {
      const out = avroOutput();
      rowWriter(table, bare, best, undefined)(out, [text]);
      return decodeExactly(tableSchema(table, bare, { types: best }), out.bytes.subarray(0, out.end)).v;
    };

    test.each([
      ['1', '1'],
      ['-128', '-128'],
      ['127.000', '127'],
    ])('%s is an int8, as recorded of ids', (text, value) => expect(byte(text)).toBe(value));

    test.each(['1.5', '128', '-129', 'NaN', 'Infinity', '1000'])('%s is refused and not cut off', (text) => {
      expect(() => byte(text)).toThrow(
        'a row (v), column "v": numeric.mapping makes of a numeric without precision an int8',
      );
    });
  });

  test('a row without an id is told by the names of its first columns, never by a value', () => {
    const columns = ['a', 'b', 'c', 'd'].map((name) => column('int4', { name, nullable: false }));
    const write = rowWriter(table, columns, types, undefined);
    const message = 'Table public.t, a row (a, b, c, …), column "d": it is null';
    expect(() => write(avroOutput(), ['1', '2', '3', null])).toThrow(message);
  });
});

function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return unscaled < 0n ? `-${text}` : text;
}

/** java.math.BigInteger.toByteArray, the slow way: one byte more until the value fits. */
function javaBigInteger(value: bigint): string {
  let size = 1;
  while (BigInt.asIntN(8 * size, value) !== value) size += 1;
  return BigInt.asUintN(8 * size, value)
    .toString(16)
    .padStart(2 * size, '0');
}
