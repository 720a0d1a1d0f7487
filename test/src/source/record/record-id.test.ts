import { describe, expect, test } from '@jest/globals';
import type { TypesConfig } from '../../../../src/config/source-model';
import { avroOutput } from '../../../../src/source/record/avro-output';
import type { Column } from '../../../../src/source/record/column';
import { idReader } from '../../../../src/source/record/record-id';
import { rowWriter } from '../../../../src/source/record/row';
import { tableSchema } from '../../../../src/source/record/table-schema';
import { sourceConfig } from '../../../source-config';
import { column, numericTypmod } from './columns';

const { types: connectTypes } = sourceConfig;

const table = { schema: 'public', name: 't' };

const array = (name: string, element: string, dimensions: number): Column =>
  column(name, `_${element}`, { dimensions, element: { type: element, isEnum: false, typmod: -1, delimiter: ',' } });

/** A column of every kind of Avro type, with a value. */
const before: readonly (readonly [Column, string])[] = [
  [column('a', 'int2'), '-7'],
  [column('b', 'int8'), '9223372036854775807'],
  [column('c', 'float4'), '1.5'],
  [column('d', 'float8'), '2.5'],
  [column('e', 'bool'), 't'],
  [column('f', 'text'), 'some text, long enough for two bytes of length'.repeat(3)],
  [column('g', 'bytea'), '\\x0102'],
  [column('h', 'timestamp'), '2024-02-29 12:34:56'],
  [column('i', 'numeric', { typmod: numericTypmod(10, 2) }), '1.50'],
  [array('j', 'int4', 1), '{1,NULL,3}'],
  [array('k', 'text', 1), '{}'],
  [array('l', 'text', 2), '{{a,b},{c,d}}'],
];

describe('idReader', () => {
  const wide = numericTypmod(19, 0);
  const narrow = numericTypmod(9, 0);
  test.each<[string, Column, string, Partial<TypesConfig>]>([
    ['int4', column('id', 'int4'), '2147483647', {}],
    ['int8', column('id', 'int8'), '-9223372036854775808', {}],
    ['numeric as decimal', column('id', 'numeric', { typmod: wide }), '-123456789012345678', {}],
    ['numeric as int', column('id', 'numeric', { typmod: narrow }), '123456789', { numericMapping: 'best_fit' }],
    ['numeric as int8', column('id', 'numeric'), '-128', { numericMapping: 'best_fit' }],
    ['numeric as text', column('id', 'numeric', { typmod: wide }), '-123456789012345678', { exact: true }],
    ['an id that may be null', column('id', 'int8', { nullable: true }), '77', {}],
  ])('finds %s behind columns of every kind, null or not', (_, id, value, change) => {
    const types = { ...connectTypes, ...change };
    for (const isNull of [true, false]) {
      const columns = [
        ...before.map(([of]) => ({ ...of, name: `${of.name}0`, nullable: true })),
        ...before.map(([of]) => of),
        id,
        column('after', 'text', { nullable: true }),
      ];
      const out = avroOutput();
      const values = before.map(([, text]) => text);
      const row = [...(isNull ? values.map(() => null) : values), ...values, value, 'x'];
      rowWriter(table, columns, types, 2 * before.length)(out, row);
      const read = idReader(tableSchema(table, columns, { types }), 'id');
      const datum = out.bytes.subarray(0, out.end);
      expect(read?.(datum)).toBe(BigInt(value));
      for (let size = 0; size < 20; size += 1) expect(read?.(datum.subarray(0, size))).toBeUndefined();
    }
  });

  test('an id that is null is none', () => {
    const columns = [column('id', 'int8', { nullable: true })];
    const out = avroOutput();
    rowWriter(table, columns, connectTypes, 0)(out, [null]);
    const read = idReader(tableSchema(table, columns, { types: connectTypes }), 'id');
    expect(read?.(out.bytes.subarray(0, out.end))).toBeUndefined();
  });

  test('a text that is no whole number is no id', () => {
    const read = idReader('{"type":"record","name":"t","fields":[{"name":"id","type":"string"}]}', 'id');
    expect(['12', '-12', '1.5', 'x', ''].map((id) => read?.(Buffer.of(2 * id.length, ...Buffer.from(id))))).toEqual([
      12n,
      -12n,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('what others have written before the id, maps and nested records among it, is stepped over', () => {
    const fields = [
      { name: 'map', type: { type: 'map', values: 'int' } },
      {
        name: 'inner',
        type: { type: 'record', name: 'Inner', fields: [{ name: 'a', type: ['int', 'string', 'null'] }] },
      },
      { name: 'id', type: 'int' },
    ];
    const read = idReader(JSON.stringify({ type: 'record', name: 't', fields }), 'id');
    // {"k": 1}, {a: "x"}, 7
    expect(read?.(Buffer.of(2, 2, 0x6b, 2, 0, 2, 2, 0x78, 14))).toBe(7n);
  });

  test.each([
    ['a schema that is no record', '"string"'],
    ['a record without the column', '{"type":"record","name":"t","fields":[]}'],
    ['an id that is no number', '{"type":"record","name":"t","fields":[{"name":"id","type":"boolean"}]}'],
  ])('%s has no id', (_, schema) => {
    expect(idReader(schema, 'id')).toBeUndefined();
  });
});
