// A page as Avro: the keys of its messages.
import { describe, expect, test } from '@jest/globals';
import { builtInRegistry } from '../../../src/registry/built-in';
import { batchEncoder, type RecordSettings } from '../../../src/source/batch';
import { memoryState } from '../../../src/state/memory';
import { sourceConfig } from '../../source-config';
import { column } from './record/columns';

const { types } = sourceConfig;
const TABLE = { schema: 'public', name: 't' };
const columns = [column('id', 'int4'), column('a', 'int4', { nullable: true })];
const page = {
  columns,
  rows: [
    ['1', '5'],
    ['2', null],
  ],
  last: {},
  isLast: true,
};

async function encoded(settings: Partial<RecordSettings>, primaryKey: readonly string[] = []) {
  const registry = builtInRegistry(memoryState());
  const encode = batchEncoder(TABLE, { topic: 't', types, ...settings }, registry, async () => primaryKey);
  const { keys, values } = await encode(page);
  return {
    keys: keys?.map((key) => key?.toString('hex') ?? null),
    values: values.map((value) => value.toString('hex')),
    schema: keys === undefined ? undefined : JSON.parse(await registry.schemaById(1)),
  };
}

describe('the keys of a page', () => {
  test('are none without a setting', async () => {
    expect(await encoded({}, ['id'])).toEqual({
      keys: undefined,
      values: ['000000000102020a', '00000000010400'],
      schema: undefined,
    });
  });

  test('are of the columns that transforms name, whatever the primary key', async () => {
    const { keys, schema } = await encoded({ key: 'struct', keyFields: ['a', 'id'] }, ['id']);
    expect(keys).toEqual(['0000000001020a02', '00000000010004']);
    expect(schema).toMatchObject({ name: 'ConnectDefault', fields: [{ name: 'a', default: null }, { name: 'id' }] });
  });

  test('are of the primary key, where no transform names columns', async () => {
    const { keys, schema } = await encoded({ key: 'field' }, ['id']);
    expect([keys, schema]).toEqual([['000000000102', '000000000104'], 'int']);
  });

  test('are absent where the one field is null, as AvroConverter writes no bytes for null', async () => {
    const { keys, values, schema } = await encoded({ key: 'field', keyFields: ['a'] });
    expect([keys, schema]).toEqual([
      ['0000000001020a', null],
      ['null', 'int'],
    ]);
    expect(values).toHaveLength(2);
  });

  test('go on in the schema of before, as values do, when a column of a struct becomes NOT NULL', async () => {
    const settings: RecordSettings = { topic: 't', types, key: 'struct', keyFields: ['a'] };
    const encode = batchEncoder(TABLE, settings, builtInRegistry(memoryState()), async () => []);
    await encode(page);
    const { keys } = await encode({
      ...page,
      columns: columns.map((one) => ({ ...one, nullable: false })),
      rows: [['3', '6']],
    });
    expect(keys?.map((key) => key?.toString('hex'))).toEqual(['0000000001020c']);
  });

  test('are not named as the values are', async () => {
    const { schema } = await encoded({ key: 'struct', keyFields: ['id'], recordName: 'shop.T' });
    expect(schema).toMatchObject({ name: 'ConnectDefault', namespace: 'io.confluent.connect.avro' });
  });
});
