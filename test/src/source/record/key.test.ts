import { describe, expect, test } from '@jest/globals';
import { wireHeader } from '../../../../src/avro/wire';
import { avroOutput } from '../../../../src/source/record/avro-output';
import { type KeyForm, keySchema, keyWriter } from '../../../../src/source/record/key';
import { sourceConfig } from '../../../source-config';
import { column, numericTypmod } from './columns';

const { types } = sourceConfig;

const table = { schema: 'public', name: 't' };
const columns = [
  column('a', 'text', { nullable: true }),
  column('id', 'int4'),
  column('day', 'date'),
  column('n', 'numeric', { typmod: numericTypmod(10, 2) }),
];
const row = ['text', '1', '1970-01-02', '1.50'];

function written(primaryKey: readonly string[], form: KeyForm): string {
  const out = avroOutput();
  keyWriter(columns, primaryKey, form, types)(out, row);
  return out.bytes.subarray(0, out.end).toString('hex');
}

describe('a message’s key', () => {
  test('as a field is the column’s type, as recorded behind ValueToKey and ExtractField$Key', () => {
    expect(keySchema(table, columns, ['id'], 'field', types)).toBe('"int"');
    expect(wireHeader(0xda).toString('hex') + written(['id'], 'field')).toBe('00000000da02');
  });

  test('as a field may have a logical type', () => {
    expect(keySchema(table, columns, ['day'], 'field', types)).toBe(
      '{"type":"int","connect.version":1,"connect.name":"org.apache.kafka.connect.data.Date","logicalType":"date"}',
    );
  });

  test('as a struct is ConnectDefault, in the order of the primary key', () => {
    expect(keySchema(table, columns, ['n', 'id'], 'struct', types)).toBe(
      '{"type":"record","name":"ConnectDefault","namespace":"io.confluent.connect.avro","fields":[{"name":"n","type":{"type":"bytes","scale":2,"precision":10,"connect.version":1,"connect.parameters":{"scale":"2","connect.decimal.precision":"10"},"connect.name":"org.apache.kafka.connect.data.Decimal","logicalType":"decimal"}},{"name":"id","type":"int"}]}',
    );
    expect(written(['n', 'id'], 'struct')).toBe('04009602');
  });

  test('as a struct of one column is a record all the same', () => {
    expect(JSON.parse(keySchema(table, columns, ['id'], 'struct', types))).toMatchObject({ type: 'record' });
    expect(written(['id'], 'struct')).toBe('02');
  });

  test('from a column that may be null is a union, as AvroConverter writes an optional schema', () => {
    expect(keySchema('query', columns, ['a'], 'field', types)).toBe('["null","string"]');
    expect(written(['a'], 'field')).toBe('020874657874');
  });

  test.each<[string, readonly string[], KeyForm, string]>([
    [
      'without a primary key',
      [],
      'struct',
      'Table public.t gives no key: it has no primary key: add one, or remove connectless.table.<name>.key.',
    ],
    [
      'as a field of two columns',
      ['id', 'n'],
      'field',
      'Table public.t gives no key: its primary key has 2 columns: write connectless.table.<name>.key=struct.',
    ],
    [
      'of a column that is not there',
      ['id', 'gone'],
      'struct',
      'Table public.t gives no key: it has no column "gone", only "a", "id", "day", "n": name one of them in transforms, or read it by a connector of its own.',
    ],
  ])('%s there is none', (_, primaryKey, form, message) => {
    expect(() => keySchema(table, columns, primaryKey, form, types)).toThrow(message);
    expect(() => keyWriter(columns, primaryKey, form, types)).toThrow('There is no key: ');
  });

  test('of a numeric without precision there is none', () => {
    expect(() => keySchema(table, [column('n', 'numeric')], ['n'], 'field', types)).toThrow(
      'Table public.t gives no key: its key column "n" is a numeric without precision and scale',
    );
  });
});
