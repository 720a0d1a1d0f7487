// What the configuration says of one table.
import { describe, expect, test } from '@jest/globals';
import type { SourceConfig } from '../../../src/config/source-model';
import { queryChoice, tableChoice } from '../../../src/source/table-choice';
import { SOURCE, validate, WORKER } from '../config/files';

const ORDERS = { catalog: 'shop', schema: 'sales', name: 'orders' };

function configOf(properties: Readonly<Record<string, string>>): SourceConfig {
  const { config, faults } = validate(WORKER, { ...SOURCE, ...properties });
  expect(faults).toEqual([]);
  const [source] = config?.connectors ?? [];
  if (source?.kind !== 'source') throw new TypeError('not a source');
  return source;
}

describe('of a table', () => {
  test.each<[string, Readonly<Record<string, string>>, object]>([
    ['nothing but the prefix is said', {}, { topic: 'in-orders', timestampColumns: [] }],
    ['the column of all is its own', { 'incrementing.column.name': 'id' }, { incrementingColumn: 'id' }],
    [
      'a pattern goes before the column of all',
      { 'incrementing.column.name': 'id', 'incrementing.column.mapping': 'sales[.]orders:no' },
      { incrementingColumn: 'no' },
    ],
    [
      'a pattern may match the name with the database',
      { 'incrementing.column.mapping': 'shop[.].*:no' },
      { incrementingColumn: 'no' },
    ],
    [
      'a pattern that matches a part of the name does not count',
      { 'incrementing.column.name': 'id', 'incrementing.column.mapping': 'orders:no, sales:no' },
      { incrementingColumn: 'id' },
    ],
    [
      'a setting by its name goes before a pattern',
      { 'incrementing.column.mapping': '.*:no', 'connectless.table.orders.incrementing.column.name': 'number' },
      { incrementingColumn: 'number' },
    ],
    [
      'a setting by its schema and name goes before one by its name, setting by setting',
      {
        'connectless.table.sales.orders.topic': 'sales-orders',
        'connectless.table.orders.topic': 'orders',
        'connectless.table.orders.record.name': 'shop.Order',
      },
      { topic: 'sales-orders', recordName: 'shop.Order' },
    ],
    [
      'a setting by its full name goes before all',
      { 'connectless.table.shop.sales.orders.key': 'field', 'connectless.table.sales.orders.key': 'struct' },
      { key: 'field' },
    ],
    [
      'another schema, or another case of letters, is another table',
      { 'connectless.table.public.orders.topic': 'a', 'connectless.table.Orders.topic': 'b' },
      { topic: 'in-orders' },
    ],
    [
      'timestamps come from all of the columns that its pattern has',
      { mode: 'timestamp', 'timestamp.column.name': 't', 'timestamp.columns.mapping': '.*orders:[upd|cre]' },
      { timestampColumns: ['upd', 'cre'] },
    ],
    [
      'a mode by time has no incrementing column',
      { mode: 'timestamp', 'timestamp.column.name': 't', 'incrementing.column.name': 'id' },
      { topic: 'in-orders', timestampColumns: ['t'] },
    ],
    ['a mode by id has no timestamps', { 'timestamp.column.name': 't' }, { topic: 'in-orders', timestampColumns: [] }],
    [
      'columns without quotes are in small letters',
      {
        mode: 'timestamp+incrementing',
        'quote.sql.identifiers': 'never',
        'incrementing.column.name': '\\u00c4Id',
        'timestamp.column.name': 'UPD',
      },
      { incrementingColumn: 'Äid', timestampColumns: ['upd'] },
    ],
  ])('%s', (_, properties, expected) => {
    const choice = tableChoice(configOf(properties), ORDERS);
    expect(choice).toMatchObject(expected);
    if ('timestampColumns' in expected && 'topic' in expected) expect(choice).toEqual(expected);
  });

  test('and of a query, the key is the one that transforms make', () => {
    const config = configOf({
      transforms: 'k',
      'transforms.k.type': 'org.apache.kafka.connect.transforms.ValueToKey',
      'transforms.k.fields': 'b,Id',
    });
    const key = { key: 'struct', keyFields: ['b', 'Id'] };
    expect([tableChoice(config, ORDERS), queryChoice(config)]).toMatchObject([key, key]);
  });

  test('two patterns that say the same are one, and two that differ are refused', () => {
    const mapping = (mapping: string) => tableChoice(configOf({ 'incrementing.column.mapping': mapping }), ORDERS);
    expect(mapping('.*:id, sales.*:[id]').incrementingColumn).toBe('id');
    expect(() => mapping('.*:id, sales.*:no')).toThrow(
      'incrementing.column.mapping maps table sales.orders to id and to no: let only one pattern match it.',
    );
  });

  test('no pattern may match where rows are found by time, if there is a column for all', () => {
    const config = configOf({ mode: 'timestamp', 'timestamp.columns.mapping': 'public[.].*:[t]' });
    expect(() => tableChoice(config, ORDERS)).toThrow(
      'No pattern of timestamp.columns.mapping matches table sales.orders: add one that does, or timestamp.column.name=….',
    );
    expect(tableChoice({ ...config, timestampColumn: ['u'] }, ORDERS).timestampColumns).toEqual(['u']);
  });

  test('whose name no topic may have, a topic must be given', () => {
    const table = { ...ORDERS, name: 'my orders' };
    expect(() => tableChoice(configOf({}), table)).toThrow(
      'Table sales.my orders would go to "in-my orders", which is no name of a topic: write connectless.table.sales.my\\ orders.topic=… with letters, digits, ".", "_" and "-", up to 249.',
    );
    const config = configOf({ 'connectless.table.sales.my\\ orders.topic': 'my-orders' });
    expect(tableChoice(config, table).topic).toBe('my-orders');
  });
});

describe('of a query', () => {
  const QUERY = { query: 'SELECT * FROM t', 'incrementing.column.name': 'ID', 'timestamp.column.name': 'UPD' };
  test.each<[Readonly<Record<string, string>>, object]>([
    [{}, { topic: 'in-', incrementingColumn: 'ID', timestampColumns: [] }],
    [{ mode: 'timestamp' }, { topic: 'in-', timestampColumns: ['UPD'] }],
    [
      { mode: 'timestamp+incrementing', 'quote.sql.identifiers': 'never' },
      { topic: 'in-', incrementingColumn: 'id', timestampColumns: ['upd'] },
    ],
    [{ mode: 'bulk' }, { topic: 'in-', timestampColumns: [] }],
  ])('its topic and the columns of its mode are said: %j', (properties, choice) => {
    expect(queryChoice(configOf({ ...QUERY, ...properties }))).toEqual(choice);
  });
});
