import { describe, expect, test } from '@jest/globals';
import { tableSchema } from '../../../../src/source/record/table-schema';
import { sourceConfig } from '../../../source-config';
import { column, numericTypmod } from './columns';

const { types } = sourceConfig;

const table = { schema: 'public', name: 't' };

describe('tableSchema', () => {
  test('the tutorial’s table, letter for letter', () => {
    const columns = [column('id', 'int4'), column('item', 'varchar', { typmod: 104 }), column('price', 'float4')];
    expect(tableSchema({ schema: 'public', name: 'prices' }, columns, { types })).toBe(
      '{"type":"record","name":"prices","fields":[{"name":"id","type":"int"},{"name":"item","type":"string"},{"name":"price","type":"float"}],"connect.name":"prices"}',
    );
  });

  test('a nullable column is a union with null as its default', () => {
    expect(tableSchema(table, [column('d', 'date', { nullable: true })], { types })).toBe(
      '{"type":"record","name":"t","fields":[{"name":"d","type":["null",{"type":"int","connect.version":1,"connect.name":"org.apache.kafka.connect.data.Date","logicalType":"date"}],"default":null}],"connect.name":"t"}',
    );
  });

  test('a name with a dot has a namespace', () => {
    const schema = tableSchema({ schema: 'public', name: 'my.table' }, [], { types });
    expect(schema).toBe('{"type":"record","name":"table","namespace":"my","fields":[],"connect.name":"my.table"}');
  });

  test('a record may have a name of its own, as after SetSchemaMetadata', () => {
    const schema = tableSchema({ schema: 'public', name: 'my table' }, [], { recordName: 'com.example.Price', types });
    expect(schema).toBe(
      '{"type":"record","name":"Price","namespace":"com.example","fields":[],"connect.name":"com.example.Price"}',
    );
  });

  test('a query’s record is called ConnectDefault, as recorded', () => {
    const columns = [column('id', 'int4'), column('ten', 'int4', { nullable: true })];
    expect(tableSchema('query', columns, { types })).toBe(
      '{"type":"record","name":"ConnectDefault","namespace":"io.confluent.connect.avro","fields":[{"name":"id","type":"int"},{"name":"ten","type":["null","int"],"default":null}]}',
    );
  });

  test('an enum is a string, whatever its name', () => {
    const schema = tableSchema(table, [column('mood', 'int4', { isEnum: true })], { types });
    expect(JSON.parse(schema).fields).toEqual([{ name: 'mood', type: 'string' }]);
  });

  test('all faults of a table are told at once, each with what to write', () => {
    const columns = [column('1st', 'int4'), column('n', 'numeric')];
    expect(() => tableSchema({ schema: 'public', name: 'my table' }, columns, { types })).toThrow(
      [
        'Table "public"."my table" cannot be read:',
        '- its name becomes the record\'s, which Avro allows only letters, digits and _: set connectless.table.<name>.record.name, or ALTER TABLE "public"."my table" RENAME TO my_table',
        '- column "1st" has a name that Avro does not allow (letters, digits and _, no digit first): ALTER TABLE "public"."my table" RENAME COLUMN "1st" TO _1st',
        '- column "n" is a numeric without precision and scale, and an Avro decimal needs both: ALTER TABLE "public"."my table" ALTER COLUMN "n" TYPE numeric(38,10), or whatever holds its values; or set connectless.types=exact, which makes numerics text',
        'Or leave the table out of table.whitelist, or read it through a query.',
      ].join('\n'),
    );
  });

  test('all faults of a query are told with what to write in it', () => {
    const columns = [column('?column?', 'int4'), column('n', 'numeric'), column('a', 'int4'), column('a', 'int8')];
    expect(() => tableSchema('query', columns, { types })).toThrow(
      [
        'The query cannot be read:',
        '- it has several columns "a": give them different names with AS',
        '- column "?column?" has a name that Avro does not allow (letters, digits and _, no digit first): write AS _column_ behind it',
        '- column "n" is a numeric without precision and scale, and an Avro decimal needs both: cast it in the query to numeric(38,10), or whatever holds its values; or set connectless.types=exact, which makes numerics text',
      ].join('\n'),
    );
  });

  test('a record’s name that Avro does not allow is no name', () => {
    expect(() => tableSchema(table, [], { recordName: 'com.1st', types })).toThrow(
      "the record's name com.1st is none that Avro allows",
    );
  });

  test('a numeric without precision can be read where the mapping or the exact types say what it becomes', () => {
    const bare = [column('n', 'numeric')];
    const typeOf = (change: Partial<typeof types>) =>
      JSON.parse(tableSchema(table, bare, { types: { ...types, ...change } })).fields[0].type;
    expect(typeOf({ exact: true })).toBe('string');
    expect(typeOf({ numericMapping: 'best_fit' })).toEqual({ type: 'int', 'connect.type': 'int8' });
  });

  test('a negative scale is more digits before the point', () => {
    const columns = [column('n', 'numeric', { typmod: numericTypmod(5, -2) })];
    const { type } = JSON.parse(tableSchema(table, columns, { types })).fields[0];
    expect(type).toMatchObject({ precision: 7, scale: 0 });
  });
});
