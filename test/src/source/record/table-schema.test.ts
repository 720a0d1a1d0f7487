import { describe, expect, test } from '@jest/globals';
import type { Column } from '../../../../src/source/record/column';
import { tableSchema } from '../../../../src/source/record/table-schema';

const column = (name: string, type: string, change: Partial<Column> = {}): Column => ({
  name,
  declared: type,
  type,
  isEnum: false,
  typmod: -1,
  nullable: false,
  ...change,
});

describe('tableSchema', () => {
  test('the tutorial’s table, letter for letter', () => {
    const columns = [column('id', 'int4'), column('item', 'varchar', { typmod: 104 }), column('price', 'float4')];
    expect(tableSchema({ schema: 'public', name: 'prices' }, columns)).toBe(
      '{"type":"record","name":"prices","fields":[{"name":"id","type":"int"},{"name":"item","type":"string"},{"name":"price","type":"float"}],"connect.name":"prices"}',
    );
  });

  test('a nullable column is a union with null as its default', () => {
    expect(tableSchema({ schema: 'public', name: 't' }, [column('d', 'date', { nullable: true })])).toBe(
      '{"type":"record","name":"t","fields":[{"name":"d","type":["null",{"type":"int","connect.version":1,"connect.name":"org.apache.kafka.connect.data.Date","logicalType":"date"}],"default":null}],"connect.name":"t"}',
    );
  });

  test('a name with a dot has a namespace', () => {
    const schema = tableSchema({ schema: 'public', name: 'my.table' }, []);
    expect(schema).toBe('{"type":"record","name":"table","namespace":"my","fields":[],"connect.name":"my.table"}');
  });

  test('an enum is a string, whatever its name', () => {
    const schema = tableSchema({ schema: 'public', name: 't' }, [column('mood', 'int4', { isEnum: true })]);
    expect(JSON.parse(schema).fields).toEqual([{ name: 'mood', type: 'string' }]);
  });

  test('all faults are told at once, each with what to write', () => {
    const columns = [
      column('1st', 'int4'),
      column('where', 'inet'),
      column('n', 'numeric'),
      column('m', 'numeric', { declared: 'numeric(5,-2)', typmod: ((5 << 16) | 0x7fe) + 4 }),
      column('flags', 'bit', { declared: 'bit(8)', typmod: 8 }),
    ];
    expect(() => tableSchema({ schema: 'public', name: 'my table' }, columns)).toThrow(
      [
        'Table "public"."my table" cannot be read:',
        '- its name becomes the record\'s, which Avro allows only letters, digits and _: ALTER TABLE "public"."my table" RENAME TO my_table',
        '- column "1st" has a name that Avro does not allow (letters, digits and _, no digit first): ALTER TABLE "public"."my table" RENAME COLUMN "1st" TO _1st',
        '- column "where" is of type inet, which this source does not read yet: ALTER TABLE "public"."my table" ALTER COLUMN "where" TYPE text',
        '- column "n" is a numeric without precision and scale, and an Avro decimal needs both: ALTER TABLE "public"."my table" ALTER COLUMN "n" TYPE numeric(38,10), or whatever holds its values',
        '- column "m" is numeric(5,-2), and an Avro decimal has no negative scale: ALTER TABLE "public"."my table" ALTER COLUMN "m" TYPE numeric(7,0)',
        '- column "flags" is of type bit(8), which this source does not read yet: ALTER TABLE "public"."my table" ALTER COLUMN "flags" TYPE text',
        'Or leave the table out of table.whitelist.',
      ].join('\n'),
    );
  });
});
