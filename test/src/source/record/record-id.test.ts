import { describe, expect, test } from '@jest/globals';
import { avroOutput } from '../../../../src/source/record/avro-output';
import type { Column } from '../../../../src/source/record/column';
import { idReader } from '../../../../src/source/record/record-id';
import { rowWriter } from '../../../../src/source/record/row';
import { tableSchema } from '../../../../src/source/record/table-schema';

const table = { schema: 'public', name: 't' };
const column = (name: string, type: string, nullable: boolean, typmod = -1): Column => ({
  name,
  declared: type,
  type,
  isEnum: false,
  typmod,
  nullable,
});

const before: readonly (readonly [string, string])[] = [
  ['int2', '-7'],
  ['int8', '9223372036854775807'],
  ['float4', '1.5'],
  ['float8', '2.5'],
  ['bool', 't'],
  ['text', 'some text, long enough for two bytes of length'.repeat(3)],
  ['bytea', '\\x0102'],
  ['timestamp', '2024-02-29 12:34:56'],
];

describe('idReader', () => {
  test.each([
    ['int4', -1, '2147483647'],
    ['int8', -1, '-9223372036854775808'],
    ['numeric', ((19 << 16) | 0) + 4, '-123456789012345678'],
  ])('finds an id of type %s behind columns of every kind, null or not', (type, typmod, id) => {
    for (const isNull of [true, false]) {
      const columns = [
        ...before.map(([name], index) => column(`c${index}`, name, true)),
        ...before.map(([name], index) => column(`d${index}`, name, false)),
        column('id', type, false, typmod),
        column('after', 'text', true),
      ];
      const out = avroOutput();
      const row = [...before.map(([, value]) => (isNull ? null : value)), ...before.map(([, value]) => value), id, 'x'];
      rowWriter(table, columns, 2 * before.length)(out, row);
      const read = idReader(tableSchema(table, columns), 'id');
      const datum = out.bytes.subarray(0, out.end);
      expect(read?.(datum)).toBe(BigInt(id));
      for (let size = 0; size < 20; size += 1) expect(read?.(datum.subarray(0, size))).toBeUndefined();
    }
  });

  test.each([
    ['a schema that is no record', '"string"'],
    ['a record without the column', '{"type":"record","name":"t","fields":[]}'],
    ['an id that is no integer', '{"type":"record","name":"t","fields":[{"name":"id","type":"string"}]}'],
    ['an id that may be null', '{"type":"record","name":"t","fields":[{"name":"id","type":["null","int"]}]}'],
  ])('%s is not ours', (_, schema) => {
    expect(idReader(schema, 'id')).toBeUndefined();
  });

  test('a record with a column that is not ours before the id has no id of ours', () => {
    const fields = '[{"name":"list","type":{"type":"array","items":"int"}},{"name":"id","type":"int"}]';
    const read = idReader(`{"type":"record","name":"t","fields":${fields}}`, 'id');
    expect(read?.(Buffer.from([0, 2]))).toBeUndefined();
  });
});
