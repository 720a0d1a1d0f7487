// Values to Avro and back.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codec } from '../../../src/avro/codec';
import { parseSchema } from '../../../src/avro/schema-parse';
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import { arbitraryDatum } from './arbitrary';

const codecOf = (schema: unknown) => codec(parseSchema(JSON.stringify(schema)));
const record = (type: unknown) => ({ type: 'record', name: 'n.R', fields: [{ name: 'a', type }] });

describe('a codec', () => {
  test('decodes what it has encoded', () => {
    fc.assert(
      fc.property(arbitraryDatum, ({ schema, value }) => {
        const { encode, decode } = codec(schema);
        const bytes = encode(value);
        fc.pre(!bytes.includes('__proto__'));
        const { value: decoded, end } = decode(bytes, 0);
        expect(end).toBe(bytes.length);
        expect(encode(decoded)).toEqual(bytes);
      }),
    );
  });

  test('refuses a datum whose map has the key __proto__, rather than losing it', () => {
    const { encode, decode } = codecOf(record(['null', { type: 'map', values: 'int' }]));
    const bytes = encode({ a: JSON.parse('{"__proto__": 1, "b": 2}') });
    expect(() => decode(bytes, 0)).toThrow('__proto__');
  });

  describe('of items that take no bytes', () => {
    const array = (items: unknown) => ({ type: 'array', items });
    const empty = (type: unknown) => ({ type: 'record', name: 'E', fields: [{ name: 'n', type }] });
    const schemas: ReadonlyArray<[string, unknown]> = [
      ['nulls', array('null')],
      ['records without fields', array({ type: 'record', name: 'E', fields: [] })],
      ['records of nulls', array(empty('null'))],
      ['fixed of no bytes', array({ type: 'fixed', name: 'F', size: 0 })],
      ['nulls in a union', ['null', 'int', array('null')]],
      ['nulls in a map', { type: 'map', values: array('null') }],
      [
        'nulls in a list of records',
        record(array({ type: 'record', name: 'L', fields: record(array('null')).fields })),
      ],
    ];
    /** What stands before the array of each, and behind it. */
    const around: Readonly<Record<string, [number[], number[]]>> = {
      'nulls in a union': [[4], []],
      'nulls in a map': [[2, 2, 65], [0]],
      'nulls in a list of records': [[2], [0]],
    };
    const bomb = (name: string, ...blocks: readonly number[]) => {
      const [before, behind] = around[name] ?? [[], []];
      return Buffer.concat([Buffer.from(before), ...blocks.map(longBytes), Buffer.of(0), Buffer.from(behind)]);
    };

    test.each(schemas)('refuses more %s than memory is for, in one block or several', (name, schema) => {
      const { decode } = codecOf(schema);
      const tooLong = expect.objectContaining({ code: 'DATUM_TOO_LONG', retryable: false });
      expect(() => decode(bomb(name, 50_000_000), 0)).toThrow(tooLong);
      expect(() => decode(bomb(name, -50_000_000, 0), 0)).toThrow(tooLong);
      expect(() => decode(bomb(name, ...Array<number>(3).fill(30_000)), 0)).toThrow(tooLong);
    });

    test.each(schemas)('decodes 65,536 %s, in each of several datums', (name, schema) => {
      const { decode } = codecOf(schema);
      const datum = bomb(name, 65_000, 536);
      const { end } = decode(Buffer.concat([datum, datum]), 0);
      expect(end).toBe(datum.length);
      expect(decode(Buffer.concat([datum, datum]), end).end).toBe(2 * datum.length);
    });

    test.each([
      ['with too many', 50_000_000, 'DATUM_TOO_LONG'],
      ['with a few', 5, 'INVALID_DATUM'],
    ])('refuses a datum that is cut short, %s', (_, items, code) => {
      const { decode } = codecOf(array('null'));
      expect(() => decode(longBytes(items), 0)).toThrow(expect.objectContaining({ code }));
    });

    test('counts no items that take bytes', () => {
      const { encode, decode } = codecOf(record(array(['null', 'int'])));
      const a = Array<null>(100_000).fill(null);
      expect(decode(encode({ a }), 0).value).toMatchObject({ a: { length: a.length } });
    });
  });

  test('decodes a string that avsc cannot change, and every long to the last digit', () => {
    for (const type of ['long', { type: 'long' }, { type: 'long', logicalType: 'timestamp-micros' }]) {
      const { encode, decode } = codecOf(record(['null', type]));
      for (const a of [9223372036854775807n, -9223372036854775808n, 9007199254740993n, 0n, null]) {
        expect({ ...Object(decode(encode({ a }), 0).value) }).toEqual({ a });
      }
    }
  });

  test('takes a safe integer for a long', () => {
    expect(codecOf('long').encode(2 ** 53 - 1)).toEqual(codecOf('long').encode(9007199254740991n));
  });

  test('puts the datum behind a header, however long it is', () => {
    const message = codecOf('string').encode('x'.repeat(300_000), wireHeader(7));
    expect(message.subarray(0, 8)).toEqual(Buffer.from([0, 0, 0, 0, 7, 0xc0, 0xcf, 0x24]));
    expect(message).toHaveLength(300_008);
    expect(codecOf('string').decode(message, 5).value).toBe('x'.repeat(300_000));
  });

  test('resolves names in and out of namespaces', () => {
    const inner = { type: 'record', name: 'S', namespace: '', fields: [{ name: 'r', type: ['null', 'n.R', 'S'] }] };
    const { encode, decode } = codecOf(record(['null', inner]));
    const value = { a: { r: { 'n.R': { a: { r: { S: { r: null } } } } } } };
    expect(JSON.parse(JSON.stringify(decode(encode(value), 0).value))).toEqual(value);
  });

  test('takes schemas with defaults that avsc refuses', () => {
    const fields = [
      { name: 'a', type: ['null', 'int'], default: 5 },
      { name: 'b', type: 'double', default: 'NaN' },
    ];
    expect(codecOf({ type: 'record', name: 'R', fields }).encode({ a: null, b: 0 })).toHaveLength(9);
  });

  test.each<[string, unknown, unknown, string]>([
    ['a wrong type', record('int'), { a: 'secret' }, 'a is no int'],
    ['a missing field', record('int'), {}, 'a is no int'],
    ['a long out of range', record('long'), { a: 1n << 63n }, 'a is no long'],
    ['a number that is no safe integer', record('long'), { a: 2 ** 53 }, 'a is no long'],
    ['a value without its branch', record(['int', 'string']), { a: 'secret' }, 'a is no value of the union'],
    [
      'a nested value',
      record({ type: 'array', items: record('int').fields[0]?.type }),
      { a: [1, 'secret'] },
      'a.1 is no int',
    ],
  ])('refuses %s by the name of the field, without the value', (_, schema, value, message) => {
    expect(() => codecOf(schema).encode(value)).toThrow(new Error(`Not a value of the schema: ${message}`));
  });

  test.each([
    ['cut short', 'string', Buffer.of(4, 65)],
    ['of an unknown branch', ['null', 'int'], Buffer.of(8)],
  ])('refuses a datum %s', (_, schema, bytes) => {
    expect(() => codecOf(schema).decode(bytes, 0)).toThrow(expect.objectContaining({ code: 'INVALID_DATUM' }));
  });

  test.each(['a.b', '1st', '', 'a b', '.', '-', '1', '_1', 'constructor'])('takes a field of the name %j', (name) => {
    const { encode, decode } = codecOf({
      type: 'record',
      name: '1.2-3',
      fields: [
        { name, type: 'int' },
        { name: 'other', type: 'int' },
      ],
    });
    const value = { [name]: 5, other: 6 };
    expect(decode(encode(value), 0).value).toEqual(value);
  });

  test('takes names that Java takes and avsc does not', () => {
    const size = { type: 'enum', name: 'größe', symbols: ['groß', 'klein'] };
    const inner = { type: 'record', name: 'Maß', namespace: 'my-company', fields: [{ name: 'größe', type: size }] };
    const fields = [
      { name: 'maß', type: ['null', 'int', inner] },
      { name: 'viele', type: { type: 'map', values: { type: 'array', items: ['null', 'my-company.Maß'] } } },
    ];
    const { encode, decode } = codecOf({ type: 'record', name: 'R', fields });
    const value = { maß: { 'my-company.Maß': { größe: 'groß' } }, viele: { ä: [null, { größe: 'klein' }] } };
    expect(encode(value)).toEqual(Buffer.from([4, 0, 2, 4, 0xc3, 0xa4, 4, 0, 2, 2, 0, 0]));
    expect(decode(encode(value), 0)).toEqual({ value, end: 12 });
    expect(() => encode({ ...value, maß: { 'my-company.Maß': { größe: 'secret' } } })).toThrow(/^A value is no symbol/);
  });
});
