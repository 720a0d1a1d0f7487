import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printSchema } from '../../../../src/avro/schema-print';
import { longBytes } from '../../../../src/avro/varint';
import { dataSchema } from '../../../../src/convert/data-schema';
import { ConnectlessError } from '../../../../src/errors';
import { changesFile } from '../../../../src/sink/compatibility/changes-file';
import { project } from '../../../../src/sink/compatibility/project';
import { arbitraryDatum } from '../../avro/arbitrary';
import { dataOf, type Json, readData, recordOf, schemaOf } from './schemas';

function projected(from: Json, value: unknown, to: Json): unknown {
  const target = schemaOf(to);
  const data = project(dataOf(schemaOf(from), value), target);
  if (data instanceof ConnectlessError) throw data;
  expect(data.schema).toBe(target);
  return readData(data);
}

const LIST = (item: Json): Json => ({
  type: 'record',
  name: 'L',
  fields: [
    { name: 'item', type: item },
    { name: 'next', type: ['null', 'L'] },
  ],
});

describe('a value becomes one of the schema of its file', () => {
  test.each<[string, Json, unknown, Json, unknown]>([
    ['int to long', 'int', -7, 'long', -7n],
    ['int to double', 'int', 7, 'double', 7],
    ['the longest long stays exact', 'long', (1n << 63n) - 1n, ['null', 'long'], (1n << 63n) - 1n],
    ['long to double', 'long', (1n << 53n) + 1n, 'double', 2 ** 53],
    ['float to double', 'float', 0.5, 'double', 0.5],
    ['items', { type: 'array', items: 'int' }, [1, 2], { type: 'array', items: ['null', 'long'] }, [1n, 2n]],
    ['map values', { type: 'map', values: 'int' }, { a: 1 }, { type: 'map', values: 'long' }, { a: 1n }],
    ['an optional value', ['null', 'int'], 5, ['long', 'null'], 5n],
    ['an optional null', ['null', 'int'], null, ['long', 'null'], null],
    ['a branch', ['null', 'int', 'string'], { string: 'x' }, ['string', 'int', 'null'], { string: 'x' }],
    ['a null branch', ['null', 'int', 'string'], null, ['string', 'int', 'null'], null],
    [
      'a symbol of another index',
      { type: 'enum', name: 'E', symbols: ['B'] },
      'B',
      { type: 'enum', name: 'E', symbols: ['A', 'B'] },
      'B',
    ],
    [
      'a list',
      LIST('int'),
      { item: 1, next: { item: 2, next: null } },
      LIST('long'),
      { item: 1n, next: { item: 2n, next: null } },
    ],
  ])('%s', (_, from, value, to, expected) => {
    expect(projected(from, value, to)).toEqual(expected);
    const [one, other] = [recordOf({ type: 'array', items: from }), recordOf({ type: 'array', items: to })];
    expect(projected(one, { f: [value] }, other)).toEqual({ f: [expected] });
  });

  const field = (name: string, type: Json, more: { readonly [name: string]: Json } = {}) => ({ name, type, ...more });
  const record = (...fields: Json[]): Json => ({ type: 'record', name: 'R', fields });

  test.each<[string, Json, unknown]>([
    ['its default', field('x', 'int', { default: 9 }), 9],
    ['a long default', field('x', 'long', { default: 9 }), 9n],
    ['null', field('x', ['null', 'int']), null],
    ['the default null', field('x', ['null', 'int'], { default: null }), null],
    ['the default of an optional field', field('x', ['string', 'null'], { default: 'd' }), 'd'],
    ['the default of a union', field('x', ['int', 'string'], { default: 3 }), { int: 3 }],
    ['connect.default', field('x', { type: 'string', 'connect.default': 'c' }), 'c'],
    ['default bytes', field('x', 'bytes', { default: '\u00ff\u0001' }), Buffer.from([255, 1])],
    ['a default array', field('x', { type: 'array', items: ['int', 'null'] }, { default: [1] }), [1]],
    ['a default map', field('x', { type: 'map', values: 'double' }, { default: { k: 1 } }), { k: 1 }],
    [
      'a default record',
      field(
        'x',
        { type: 'record', name: 'D', fields: [field('a', 'int'), field('b', 'int', { default: 2 })] },
        { default: { a: 1 } },
      ),
      { a: 1, b: 2 },
    ],
  ])('a missing field: %s', (_, missing, expected) => {
    expect(projected(record(field('i', 'int')), { i: 1 }, record(missing, field('i', 'int')))).toEqual({
      i: 1,
      x: expected,
    });
  });

  test('an extra field is dropped, fields are found by name', () => {
    const from = record(field('a', 'int'), field('b', 'string'), field('c', 'int'));
    expect(projected(from, { a: 1, b: 'x', c: 2 }, record(field('c', 'long'), field('b', 'string')))).toEqual({
      c: 2n,
      b: 'x',
    });
  });

  test('an optional null of a required field with a default', () => {
    const to = record(field('f', { type: 'int', 'connect.default': 4 }));
    expect(projected(record(field('f', ['null', 'int'])), { f: null }, to)).toEqual({ f: 4 });
  });
});

describe('what is not projected', () => {
  test('data of the same schema: not even copied', () => {
    const schema = schemaOf(recordOf('string'));
    const data = dataOf(schema, { f: 'x' });
    expect(project(data, schema)).toBe(data);
    expect(project(data, { ...schema, id: 4711 })).toBe(data);
  });

  test.each<[string, Json, unknown, Json]>([
    ['another type', 'string', 'secret', 'int'],
    ['another name', recordOf('string'), { f: 'secret' }, { type: 'record', name: 'S', fields: [] }],
  ])('%s: an error without the payload', (_, from, value, to) => {
    const answer = project(dataOf(schemaOf(from), value), schemaOf(to));
    expect(answer).toMatchObject({ code: 'NOT_PROJECTABLE', retryable: false });
    expect(String(answer)).not.toContain('secret');
  });

  test('data without a schema', () => {
    const bytes = Buffer.from('{}');
    expect(project({ schema: undefined, bytes, start: 0, end: 2 }, schemaOf('int'))).toMatchObject({
      code: 'NOT_PROJECTABLE',
    });
  });

  test('a map key that the codec would lose', () => {
    const from = schemaOf({ type: 'map', values: 'int' });
    const bytes = Buffer.concat([Buffer.from([2, 18]), Buffer.from('__proto__'), Buffer.from([2, 0])]);
    const answer = project(
      { schema: from, bytes, start: 0, end: bytes.length },
      schemaOf({ type: 'map', values: 'long' }),
    );
    expect(answer).toMatchObject({ code: 'UNSUPPORTED_KEY' });
  });

  test('an array of more nulls than memory is for', () => {
    const nulls: Json = { type: 'array', items: 'null' };
    const from = schemaOf(recordOf(nulls));
    const to = schemaOf(recordOf(nulls, { doc: 'of the file' }));
    const bytes = Buffer.concat([longBytes(50_000_000), Buffer.of(0)]);
    expect(project({ schema: from, bytes, start: 0, end: bytes.length }, to)).toMatchObject({
      code: 'DATUM_TOO_LONG',
      retryable: false,
    });
  });

  test('a list that is longer than the stack is deep', () => {
    const answers = [1_000, 3_000, 9_000, 27_000, 81_000, 243_000].map((length) => {
      const bytes = Buffer.concat([Buffer.alloc(2 * length, 2), Buffer.from([2, 0])]);
      return project({ schema: schemaOf(LIST('int')), bytes, start: 0, end: bytes.length }, schemaOf(LIST('long')));
    });
    expect(answers.at(0)).not.toBeInstanceOf(ConnectlessError);
    expect(answers.at(-1)).toBeInstanceOf(ConnectlessError);
  });
});

/** A random schema with one of its values, and the schema's next version: wider numbers, a field more in each record. */
const evolved = arbitraryDatum.map(({ schema, value }) => {
  const text = printSchema(schema);
  const next = text
    .replace(/"(type|items|values)":"int"/g, '"$1":"long"')
    .replace(/"(type|items|values)":"float"/g, '"$1":"double"')
    .replace(
      /"fields":\[(?=(\]?))/g,
      (_, end) => `"fields":[{"name":"new","type":["null","int"]}${end === '' ? ',' : ''}`,
    );
  const [older, newer] = [dataSchema(text, { version: 1 }), dataSchema(next, { version: 2 })];
  return { older, newer, data: dataOf(older, value) };
});

/** Numbers of any type alike, and without the new fields. */
function comparable(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  const members = Object.entries(value).filter(([name, member]) => name !== 'new' || member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, comparable(member)]));
}

test('any value of an older version is one of the newer, and loses nothing', () => {
  fc.assert(
    fc.property(evolved, ({ older, newer, data }) => {
      fc.pre(!data.bytes.includes('__proto__'));
      expect(changesFile('BACKWARD', newer, older)).toBe(false);
      const there = project(data, newer);
      if (there instanceof ConnectlessError) throw there;
      expect(comparable(readData({ ...there, schema: newer }))).toEqual(comparable(readData(data)));
    }),
  );
});

test('any two schemas: a verdict, and the projection that goes with it; never an exception', () => {
  fc.assert(
    fc.property(evolved, evolved, ({ data, older }, { newer }) => {
      fc.pre(!data.bytes.includes('__proto__'));
      for (const to of [newer, older]) {
        const changes = changesFile('FULL', { ...to, version: 1 }, older);
        const projected = project(data, to);
        expect(projected instanceof ConnectlessError).toBe(changes);
        if (!(projected instanceof ConnectlessError)) {
          expect(to.skip(projected.bytes, projected.start, projected.end)).toBe(projected.end);
        }
      }
    }),
  );
});
