import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../../src/errors';
import { changesFile } from '../../../../src/sink/compatibility/changes-file';
import { cut, goldenCuts, type Mode } from './golden-cuts';
import { dataOf, type Json, recordOf, schemaOf } from './schemas';

const OTHERS = ['BACKWARD', 'FORWARD', 'FULL'] as const;

const golden = readdirSync(join(__dirname, '../../../fixtures/golden/sink'))
  .map((name) => name.replace('.json', ''))
  .filter((name) => /^compat_(NONE|BACKWARD|FORWARD|FULL)_/.test(name));

test.each(golden)("%s: the files of Confluent's own sink", (name) => {
  const { ours, theirs } = goldenCuts(name);
  expect(ours).toEqual(theirs);
});

test('the recorded cases are there', () => {
  expect(golden.length).toBeGreaterThanOrEqual(11);
});

describe('case 13: two versions alternating, flush.size 2', () => {
  const v1 = schemaOf({ type: 'record', name: 'R', fields: [{ name: 'i', type: 'int' }] }, 1);
  const fields = [
    { name: 'i', type: 'int' },
    { name: 'x', type: 'int', default: 9 },
  ];
  const v2 = schemaOf({ type: 'record', name: 'R', fields }, 2);
  const one = (i: number) => dataOf(v1, { i });
  const two = (i: number) => dataOf(v2, { i, x: i });

  test.each<[Mode, number, number[][]]>([
    ['NONE', 0, [[0], [1], [2], [3], [4], [5]]],
    ['BACKWARD', 0, [[0], [1, 2], [3, 4], [5, 6]]],
    ['FULL', 0, [[0], [1, 2], [3, 4], [5, 6]]],
    ['FORWARD', 1, [[1], [2, 3], [4, 5], [6, 7]]],
  ])('%s, from offset %i', (mode, first, files) => {
    const offsets = Array.from({ length: 7 }, (_, index) => first + index);
    const records = offsets.map((offset, index) => ((index + first) % 2 === 0 ? one(offset) : two(offset)));
    const cuts = cut(mode, 2, records, first);
    expect(cuts.map(({ startOffset, values }) => values.map((_, index) => startOffset + index))).toEqual(files);
  });
});

describe('case 8: data with a schema and without one share no file', () => {
  const schema = schemaOf('string', 1);

  test.each<Mode>(['NONE', ...OTHERS])('%s', (mode) => {
    expect(changesFile(mode, schema, undefined)).toBe(true);
    expect(changesFile(mode, undefined, schema)).toBe(true);
    expect(changesFile(mode, undefined, undefined)).toBe(false);
  });
});

describe('versions', () => {
  const [one, two] = [schemaOf(recordOf('int'), 1), schemaOf(recordOf('int', { doc: 'new' }), 2)];

  test.each<[Mode, boolean, boolean]>([
    ['NONE', true, true],
    ['BACKWARD', true, false],
    ['FULL', true, false],
    ['FORWARD', false, true],
  ])('%s: a newer record changes the file (%p), an older one does (%p)', (mode, newer, older) => {
    expect(changesFile(mode, one, two)).toBe(newer);
    expect(changesFile(mode, two, one)).toBe(older);
    expect(changesFile(mode, one, one)).toBe(false);
  });

  test.each<Mode>(OTHERS)('%s needs a version of both, even of the same schema', (mode) => {
    const none = schemaOf('string');
    for (const [file, record] of [[none, none] as const, [one, none] as const, [none, one] as const]) {
      const answer = changesFile(mode, file, record);
      expect(answer).toBeInstanceOf(ConnectlessError);
      expect(answer).toMatchObject({ code: 'SCHEMA_VERSION_REQUIRED', retryable: false });
    }
    expect(changesFile('NONE', none, none)).toBe(false);
  });
});

test('NONE goes on with the same schema under another id, and not with another under the same: that is another registry', () => {
  const schema = schemaOf('int', 1);
  expect(changesFile('NONE', schema, { ...schema, id: 4711 })).toBe(false);
  expect(changesFile('NONE', schema, { ...schema, text: '"long"' })).toBe(true);
});

const E = (symbols: readonly string[], more: object = {}): Json => ({ type: 'enum', name: 'E', symbols, ...more });
const union = (...branches: Json[]): Json => branches;
const decimal = (scale: number, precision = 10): Json => ({ type: 'bytes', logicalType: 'decimal', precision, scale });
const fixed = (size: number, name = 'F'): Json => ({ type: 'fixed', name, size });
const nested = (type: Json): Json => ({ type: 'record', name: 'N', fields: [{ name: 'n', type }] });
const inside = (type: Json): Json => ({ type: 'record', name: 'W', fields: [{ name: 'n', type }] });

/** What the file has, what the record has, whether another file is needed: in a field, an array, a map, a nested record. */
const TYPES: ReadonlyArray<[string, Json, Json, boolean]> = [
  ['the same', 'string', 'string', false],
  ['another type', 'string', 'int', true],
  ['int to long', 'long', 'int', false],
  ['int to double', 'double', 'int', false],
  ['long to float', 'float', 'long', false],
  ['float to double', 'double', 'float', false],
  ['int8 to int', 'int', { type: 'int', 'connect.type': 'int8' }, false],
  ['int to int8', { type: 'int', 'connect.type': 'int8' }, 'int', true],
  ['long to int', 'int', 'long', true],
  ['double to float', 'float', 'double', true],
  ['string to bytes', 'bytes', 'string', true],
  ['a symbol more', E(['A']), E(['A', 'B']), true],
  ['a symbol less', E(['A', 'B']), E(['A']), false],
  ['symbols in another order', E(['A', 'B']), E(['B', 'A']), false],
  ['another enum default', E(['A', 'B'], { default: 'A' }), E(['A', 'B'], { default: 'B' }), true],
  ['an enum with another doc', E(['A'], { doc: 'x' }), E(['A'], { doc: 'y' }), false],
  ['enum to string', 'string', E(['A']), true],
  ['another scale', decimal(2), decimal(3), true],
  ['another precision', decimal(2), decimal(2, 11), true],
  ['a date to an int', 'int', { type: 'int', logicalType: 'date' }, true],
  ['millis to a plain long', 'long', { type: 'long', logicalType: 'timestamp-millis' }, true],
  ['another size', fixed(4), fixed(5), true],
  ['another name', fixed(4), fixed(4, 'G'), true],
  ['another namespace', fixed(4), { ...(fixed(4) as object), namespace: 'g' }, true],
  ['another connect.name', { type: 'string', 'connect.name': 'a' }, { type: 'string', 'connect.name': 'b' }, true],
  ['a parameter more', 'string', { type: 'string', 'connect.parameters': { a: 'b' } }, true],
  [
    'a documenting parameter more',
    'string',
    { type: 'string', 'connect.parameters': { 'connect.record.doc': 'b' } },
    false,
  ],
  ['avro.java.string', 'string', { type: 'string', 'avro.java.string': 'String' }, true],
  ['required to optional', union('null', 'int'), 'int', false],
  ['required to optional and wider', union('long', 'null'), 'int', false],
  ['optional to required', 'int', union('null', 'int'), true],
  ['optional to optional', union('null', 'int'), union('int', 'null'), false],
  ['a branch more', union('null', 'int'), union('null', 'int', 'string'), true],
  ['a branch less', union('null', 'int', 'string'), union('int', 'string'), false],
  ['a branch that is another', union('null', 'int', 'string'), union('null', 'int', 'bytes'), true],
  ['a union to its type', 'int', union('int', 'string'), true],
  ['null to null', 'null', 'null', false],
  ['a missing field', nested('int'), { type: 'record', name: 'N', fields: [] }, true],
  ['an extra field', { type: 'record', name: 'N', fields: [] }, nested('int'), false],
];

describe.each<Mode>(OTHERS)('%s', (mode) => {
  const changes = (file: Json, record: Json) => changesFile(mode, schemaOf(file, 1), schemaOf(record, 1));

  test.each(TYPES)('%s', (_, file, record, expected) => {
    expect(changes(recordOf(file), recordOf(record))).toBe(expected);
    expect(changes({ type: 'array', items: file }, { type: 'array', items: record })).toBe(expected);
    expect(changes({ type: 'map', values: file }, { type: 'map', values: record })).toBe(expected);
    expect(changes(recordOf(inside(file)), recordOf(inside(record)))).toBe(expected);
    expect(changes(recordOf(union('null', inside(file))), recordOf(inside(record)))).toBe(expected);
  });

  test.each<[string, Json, Json, boolean]>([
    ['a missing field with a default', { name: 'f', type: 'int', default: 1 }, { name: 'g', type: 'int' }, false],
    ['a missing optional field', { name: 'f', type: ['null', 'int'] }, { name: 'g', type: 'int' }, false],
    ['a missing field of null', { name: 'f', type: 'null', default: null }, { name: 'g', type: 'int' }, false],
    ['a missing field without a default', { name: 'f', type: 'int' }, { name: 'g', type: 'int' }, true],
    [
      'a missing field, its default of another type',
      { name: 'f', type: 'int', default: 'x' },
      { name: 'g', type: 'int' },
      true,
    ],
    ['a default more', { name: 'f', type: 'int', default: 1 }, { name: 'f', type: 'int' }, true],
    [
      'optional to required with connect.default',
      { name: 'f', type: { type: 'int', 'connect.default': 1 } },
      { name: 'f', type: ['null', 'int'] },
      false,
    ],
    ['another doc', { name: 'f', type: 'int', doc: 'a' }, { name: 'f', type: 'int', doc: 'b' }, false],
  ])('%s', (_, file, record, expected) => {
    const withField = (field: Json): Json => ({ type: 'record', name: 'R', fields: [field] });
    expect(changes(withField(file), withField(record))).toBe(expected);
  });

  test('a type within itself', () => {
    const list = (item: Json): Json => ({
      type: 'record',
      name: 'L',
      fields: [
        { name: 'next', type: ['null', 'L'] },
        { name: 'item', type: item },
      ],
    });
    expect(changes(list('long'), list('int'))).toBe(false);
    expect(changes(list('int'), list('long'))).toBe(true);
  });
});
