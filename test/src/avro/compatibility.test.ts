import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { incompatibilities } from '../../../src/avro/compatibility';
import { parseSchema } from '../../../src/avro/schema-parse';
import { arbitrarySchemaText } from './arbitrary';

const schema = (json: unknown) => parseSchema(JSON.stringify(json));
const record = (...fields: unknown[]) => ({ type: 'record', name: 't', fields });
const field = (name: string, type: unknown, more: object = {}) => ({ name, type, ...more });
const optional = (name: string, type: unknown) => field(name, ['null', type], { default: null });
const colours = (symbols: string[], more: object = {}) => ({ type: 'enum', name: 'E', symbols, ...more });
const fixed = (size: number, more: object = {}) => ({ type: 'fixed', name: 'F', size, ...more });
const list = (value: string, next: unknown = 'L') => ({
  type: 'record',
  name: 'L',
  fields: [field('v', value), optional('n', next)],
});

/** `RULE /path what`, a line for each. */
const found = (reader: unknown, writer: unknown) =>
  incompatibilities(schema(reader), schema(writer)).map(({ rule, path, what }) => `${rule} ${path} ${what}`);

describe('what a reader', () => {
  const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];
  const PROMOTED = [
    'int long',
    'int float',
    'int double',
    'long float',
    'long double',
    'float double',
    'string bytes',
    'bytes string',
  ];

  test.each(PRIMITIVES.flatMap((writer) => PRIMITIVES.map((reader) => [writer, reader] as const)))(
    'of another primitive type takes: %s as %s',
    (writer, reader) => {
      const isTaken = writer === reader || PROMOTED.includes(`${writer} ${reader}`);
      const mismatch = `TYPE_MISMATCH / reader type: ${reader.toUpperCase()} not compatible with writer type: ${writer.toUpperCase()}`;
      expect(found(reader, writer)).toEqual(isTaken ? [] : [mismatch]);
    },
  );

  test.each<[string, unknown, unknown]>([
    ['a field that is gone', record(), record(field('a', 'int'))],
    ['a new field with a default', record(field('a', 'int', { default: 1 })), record()],
    ['a new optional field', record(optional('a', 'int')), record()],
    [
      'fields in another order',
      record(field('a', 'int'), field('b', 'int')),
      record(field('b', 'int'), field('a', 'int')),
    ],
    ['a wider number', record(field('a', 'long')), record(field('a', 'int'))],
    ['a field that has become optional', record(optional('a', 'int')), record(field('a', 'int'))],
    ['an optional field of a wider number', record(optional('a', 'double')), record(optional('a', 'int'))],
    ['a union of more branches', ['null', 'int', 'string'], ['string', 'null']],
    ['a union whose branches all fit', 'double', ['int', 'float']],
    ['a renamed field by its alias', record(field('b', 'int', { aliases: ['a'] })), record(field('a', 'int'))],
    ['a renamed record by its alias', { ...record(), name: 'u', aliases: ['t'] }, record()],
    ['another namespace', { ...record(), namespace: 'a' }, { ...record(), namespace: 'b' }],
    ['more symbols', colours(['a', 'b']), colours(['a'])],
    ['symbols that are unknown to an enum with a default', colours(['a'], { default: 'a' }), colours(['a', 'b'])],
    [
      'another scale of a decimal',
      { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 },
      { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 1 },
    ],
    ['a wider number within itself', list('long'), list('int')],
    [
      'arrays and maps of what it takes',
      { type: 'array', items: { type: 'map', values: 'long' } },
      { type: 'array', items: { type: 'map', values: 'int' } },
    ],
    ['an empty union', 'int', []],
  ])('takes: %s', (_, reader, writer) => {
    expect(found(reader, writer)).toEqual([]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    [
      'a new field without a default',
      record(field('a', 'int'), field('b', 'int')),
      record(field('a', 'int')),
      ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 b'],
    ],
    [
      'a field that may be null no more',
      record(field('a', 'int')),
      record(optional('a', 'int')),
      ['TYPE_MISMATCH /fields/0/type/0 reader type: INT not compatible with writer type: NULL'],
    ],
    [
      'another type in an optional field',
      record(optional('a', 'string')),
      record(optional('a', 'int')),
      ['MISSING_UNION_BRANCH /fields/0/type/1 reader union lacking writer type: INT'],
    ],
    [
      'a type that no branch takes',
      ['null', 'int'],
      'string',
      ['MISSING_UNION_BRANCH / reader union lacking writer type: STRING'],
    ],
    [
      'a narrower number',
      record(field('a', 'int')),
      record(field('a', 'long')),
      ['TYPE_MISMATCH /fields/0/type reader type: INT not compatible with writer type: LONG'],
    ],
    [
      'another name',
      { ...record(), name: 'u' },
      { ...record(), namespace: 'n' },
      ['NAME_MISMATCH /name expected: n.t'],
    ],
    [
      'an alias in another namespace',
      { ...record(), name: 'u', aliases: ['m.t'] },
      { ...record(), namespace: 'n' },
      ['NAME_MISMATCH /name expected: n.t'],
    ],
    [
      'symbols that it lacks, sorted',
      colours(['a']),
      colours(['c', 'a', 'b']),
      ['MISSING_ENUM_SYMBOLS /symbols [b, c]'],
    ],
    ['another size', fixed(4), fixed(8), ['FIXED_SIZE_MISMATCH /size expected: 8, found: 4']],
    [
      'another name and size',
      fixed(4),
      fixed(8, { name: 'G' }),
      ['NAME_MISMATCH /name expected: G', 'FIXED_SIZE_MISMATCH /size expected: 8, found: 4'],
    ],
    [
      'a narrower number within itself',
      list('int'),
      list('long'),
      ['TYPE_MISMATCH /fields/0/type reader type: INT not compatible with writer type: LONG'],
    ],
    [
      'a new field of an enum with a default',
      record(field('e', colours(['a'], { default: 'a' }))),
      record(),
      ['TYPE_MISMATCH /fields/0/type reader type: ENUM not compatible with writer type: RECORD'],
    ],
    [
      'two fields that are both its own by an alias',
      record(field('a', 'int', { aliases: ['b'] })),
      record(field('a', 'int'), field('b', 'int')),
      ['NAME_MISMATCH /fields/0 a matches multiple fields: a, b'],
    ],
    [
      'what arrays and maps hold',
      { type: 'array', items: { type: 'map', values: 'int' } },
      { type: 'array', items: { type: 'map', values: 'string' } },
      ['TYPE_MISMATCH /items/values reader type: INT not compatible with writer type: STRING'],
    ],
  ])('does not take: %s', (_, reader, writer, expected) => {
    expect(found(reader, writer)).toEqual(expected);
  });

  test('does not take is told with the fields on the way', () => {
    const inner = (type: string) => ({ type: 'record', name: 'address', fields: [field('city', type)] });
    const [one] = incompatibilities(
      schema(record(optional('id', 'int'), field('home', inner('int')))),
      schema(record(optional('id', 'int'), field('home', inner('string')))),
    );
    expect(one).toMatchObject({ path: '/fields/1/type/fields/0/type', fields: ['home', 'city'] });
  });

  test('takes is itself, whatever it is', () => {
    fc.assert(
      fc.property(arbitrarySchemaText, (text) => {
        expect(incompatibilities(parseSchema(text), parseSchema(text))).toEqual([]);
      }),
    );
  });
});
