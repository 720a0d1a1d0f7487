// Parquet's schema of an Avro schema, and what it cannot be.
import { describe, expect, test } from '@jest/globals';
import type { SchemaElement } from 'hyparquet';
import type { RecordSchema } from '../../../../src/avro/schema';
import { parseSchema } from '../../../../src/avro/schema-parse';
import { parquetSchema } from '../../../../src/sink/format/parquet-schema';

function elementsOf(fields: readonly unknown[]): SchemaElement[] {
  const text = JSON.stringify({ type: 'record', name: 'R', namespace: 'n', fields });
  return parquetSchema(parseSchema(text) as RecordSchema);
}

/** As parquet-java prints a message. */
function printed(elements: readonly SchemaElement[]): string[] {
  return elements.map(({ name, type, type_length, repetition_type, num_children, converted_type, logical_type }) =>
    [
      repetition_type?.toLowerCase() ?? 'message',
      type?.toLowerCase() ?? `group(${num_children})`,
      ...(type_length === undefined ? [] : [type_length]),
      name,
      ...(logical_type === undefined ? [] : [Object.values(logical_type).join(' ')]),
      ...(converted_type === undefined ? [] : [`= ${converted_type}`]),
    ].join(' '),
  );
}

const fieldOf = (type: unknown) => printed(elementsOf([{ name: 'a', type }])).slice(1);
const decimal = (type: object, precision: unknown, scale?: unknown) => ({
  ...type,
  logicalType: 'decimal',
  precision,
  ...(scale === undefined ? {} : { scale }),
});
const fixed = (size: number) => ({ type: 'fixed', name: 'F', size });
const bytes = { type: 'bytes' };

test('the message has the full name of the record, and its fields but for those that are always null', () => {
  const fields = [
    { name: 'a', type: 'int' },
    { name: 'b', type: 'null' },
    { name: 'c', type: ['string', 'null'] },
  ];
  expect(printed(elementsOf(fields))).toEqual([
    'message group(2) n.R',
    'required int32 a',
    'optional byte_array c STRING = UTF8',
  ]);
});

test.each<[string, unknown, string]>([
  ['boolean', 'boolean', 'boolean a'],
  ['int', 'int', 'int32 a'],
  ['long', 'long', 'int64 a'],
  ['float', 'float', 'float a'],
  ['double', 'double', 'double a'],
  ['bytes', 'bytes', 'byte_array a'],
  ['string', 'string', 'byte_array a STRING = UTF8'],
  ['fixed', fixed(5), 'fixed_len_byte_array 5 a'],
  ['enum', { type: 'enum', name: 'E', symbols: ['A'] }, 'byte_array a ENUM = ENUM'],
  ['date', { type: 'int', logicalType: 'date' }, 'int32 a DATE = DATE'],
  ['time-millis', { type: 'int', logicalType: 'time-millis' }, 'int32 a TIME true MILLIS = TIME_MILLIS'],
  ['time-micros', { type: 'long', logicalType: 'time-micros' }, 'int64 a TIME true MICROS = TIME_MICROS'],
  [
    'timestamp-millis',
    { type: 'long', logicalType: 'timestamp-millis' },
    'int64 a TIMESTAMP true MILLIS = TIMESTAMP_MILLIS',
  ],
  [
    'timestamp-micros',
    { type: 'long', logicalType: 'timestamp-micros' },
    'int64 a TIMESTAMP true MICROS = TIMESTAMP_MICROS',
  ],
  ['timestamp-nanos', { type: 'long', logicalType: 'timestamp-nanos' }, 'int64 a TIMESTAMP true NANOS'],
  ['local-timestamp-millis', { type: 'long', logicalType: 'local-timestamp-millis' }, 'int64 a TIMESTAMP false MILLIS'],
  ['local-timestamp-micros', { type: 'long', logicalType: 'local-timestamp-micros' }, 'int64 a TIMESTAMP false MICROS'],
  ['local-timestamp-nanos', { type: 'long', logicalType: 'local-timestamp-nanos' }, 'int64 a TIMESTAMP false NANOS'],
  ['uuid in text', { type: 'string', logicalType: 'uuid' }, 'byte_array a STRING = UTF8'],
  ['uuid in bytes', { ...fixed(16), logicalType: 'uuid' }, 'fixed_len_byte_array 16 a UUID'],
  ['decimal of bytes', decimal(bytes, 9, 2), 'byte_array a DECIMAL 9 2 = DECIMAL'],
  ['decimal of whole numbers', decimal(bytes, 9), 'byte_array a DECIMAL 9 0 = DECIMAL'],
  ['decimal of fixed', decimal(fixed(4), 9, 9), 'fixed_len_byte_array 4 a DECIMAL 9 9 = DECIMAL'],
  ['decimal that does not fit', decimal(fixed(4), 10, 2), 'fixed_len_byte_array 4 a'],
  ['decimal without digits', decimal(bytes, 0), 'byte_array a'],
  ['decimal with a precision in text', decimal(bytes, '9'), 'byte_array a'],
  ['decimal with more scale than digits', decimal(bytes, 2, 3), 'byte_array a'],
  ['decimal with a negative scale', decimal(bytes, 2, -1), 'byte_array a'],
  ['decimal of int', decimal({ type: 'int' }, 5), 'int32 a'],
  ['date on a long', { type: 'long', logicalType: 'date' }, 'int64 a'],
  ['logical type of another kind', { type: 'int', logicalType: 'constructor' }, 'int32 a'],
])('%s', (_, type, element) => {
  expect(fieldOf(type)).toEqual([`required ${element}`]);
});

describe('types of parts', () => {
  test('a record is a group', () => {
    expect(fieldOf(['null', { type: 'record', name: 'S', fields: [{ name: 'b', type: 'int' }] }])).toEqual([
      'optional group(1) a',
      'required int32 b',
    ]);
  });

  test('an array is a list of three levels', () => {
    expect(fieldOf({ type: 'array', items: ['null', 'long'] })).toEqual([
      'required group(1) a LIST = LIST',
      'repeated group(1) list',
      'optional int64 element',
    ]);
  });

  test('a map has entries of key and value', () => {
    expect(fieldOf(['null', { type: 'map', values: 'double' }])).toEqual([
      'optional group(1) a MAP = MAP',
      'repeated group(2) key_value',
      'required byte_array key STRING = UTF8',
      'required double value',
    ]);
  });

  test('a union of several types is a group of optional members', () => {
    expect(fieldOf(['int', 'null', 'string'])).toEqual([
      'optional group(2) a',
      'optional int32 member0',
      'optional byte_array member1 STRING = UTF8',
    ]);
    expect(fieldOf(['int', 'string'])[0]).toBe('required group(2) a');
    expect(fieldOf(['int'])).toEqual(['required group(1) a', 'optional int32 member0']);
  });
});

describe('Parquet cannot hold', () => {
  const empty = { type: 'record', name: 'E', fields: [] };
  const list = { type: 'record', name: 'L', fields: [{ name: 'next', type: ['null', 'L'] }] };
  const deep = (type: unknown) => ({ type: 'record', name: 'S', fields: [{ name: 'b', type }] });

  test.each<[string, unknown, RegExp]>([
    ['a record without fields', empty, /its field a is a record without fields/],
    ['one whose fields are always null', deep('null'), /its field a is a record without fields/],
    [
      'a field that JavaScript has for itself',
      { type: 'record', name: 'P', fields: [{ name: '__proto__', type: 'int' }] },
      /its field a has a field __proto__/,
    ],
    ['a record inside itself', list, /its field a\.next is a n\.L inside another one/],
    ['an array of nulls', { type: 'array', items: 'null' }, /its field a is always null/],
    ['a map of nulls', deep({ type: 'map', values: 'null' }), /its field a\.b is always null/],
    ['a union of null alone', ['null'], /its field a is always null/],
    ['a fixed of no bytes', deep(['null', fixed(0)]), /its field a\.b is a fixed of no bytes/],
  ])('%s', (_, type, message) => {
    expect(() => fieldOf(type)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_SCHEMA', message: expect.stringMatching(message) }),
    );
  });

  test('a message without fields', () => {
    expect(() => elementsOf([])).toThrow(/because it is a record without fields/);
  });

  test('but it can hold a record twice, side by side', () => {
    const fields = [
      { name: 'a', type: deep('int') },
      { name: 'b', type: 'S' },
    ];
    expect(elementsOf(fields)).toHaveLength(5);
  });
});
