// connectless.table.<name>.*: what a source's file says of single tables, and its faults.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SOURCE, validate, WORKER } from './files';

describe('settings of a table', () => {
  test('are gathered by its name, which may have dots, and the words of settings in it', () => {
    const { config, faults } = validate(WORKER, {
      ...SOURCE,
      'connectless.table.orders.incrementing.column.name': 'no',
      'connectless.table.orders.topic': 'orders',
      'connectless.table.sales.orders.record.name': 'shop.Order',
      'connectless.table.sales.orders.key': 'struct',
      'connectless.table.a.topic.key': 'field',
      'connectless.table.Mixed.record.name.topic': 'mixed',
    });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([
      {
        tableSettings: new Map([
          ['orders', { incrementingColumn: 'no', topic: 'orders' }],
          ['sales.orders', { recordName: 'shop.Order', key: 'struct' }],
          ['a.topic', { key: 'field' }],
          ['Mixed.record.name', { topic: 'mixed' }],
        ]),
      },
    ]);
  });

  test.each<[Properties, string]>([
    [
      { 'connectless.table.orders.topci': 'x' },
      'c0:6: connectless.table.orders.topci: is not a known property; did you mean connectless.table.orders.topic?',
    ],
    [
      { 'connectless.table.sales.orders.incrementing.colum.name': 'x' },
      'c0:6: connectless.table.sales.orders.incrementing.colum.name: is not a known property; did you mean connectless.table.sales.orders.incrementing.column.name?',
    ],
    [
      { 'connectless.table.orders.partitions': '3' },
      'c0:6: connectless.table.orders.partitions: is not a known property; delete the line; docs/configuration.md lists all',
    ],
    [
      { 'connectless.table.topic': 'x' },
      'c0:6: connectless.table.topic: is not a known property; delete the line; docs/configuration.md lists all',
    ],
    [
      { 'connectless.table.orders.key': 'id' },
      'c0:6: connectless.table.orders.key: "id" is none of struct, field; write struct or field',
    ],
    [
      { 'connectless.table.orders.record.name': 'order-line' },
      'c0:6: connectless.table.orders.record.name: "order-line" is no full name of Avro; write for example shop.Order',
    ],
    [
      { 'connectless.table.orders.topic': 'a b' },
      'c0:6: connectless.table.orders.topic: "a b" is no name of a topic; use letters, digits, ".", "_" and "-", up to 249',
    ],
    [
      { 'table.whitelist': 'sales.orders,prices', 'connectless.table.order.key': 'struct' },
      'c0:7: connectless.table.order.key: is about a table that table.whitelist does not name; correct the name, or delete the line',
    ],
    [
      { 'table.blacklist': 'orders', 'connectless.table.sales.orders.key': 'struct' },
      'c0:7: connectless.table.sales.orders.key: is about a table that table.blacklist leaves out; correct the name, or delete the line',
    ],
    [
      { 'connectless.table.a.topic': 'x', 'connectless.table.b.topic': 'x' },
      'c0:7: connectless.table.b.topic: is the topic of a, too, and a topic has the rows of one table; write another topic',
    ],
    [
      { mode: 'bulk', 'connectless.table.a.incrementing.column.name': 'id' },
      'c0:6: connectless.table.a.incrementing.column.name: has no effect with mode=bulk; delete the line, or write mode=incrementing or mode=timestamp+incrementing',
    ],
  ])('%j are faulty', (properties, line) => {
    expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual([line]);
  });

  test.each<Properties>([
    { 'table.whitelist': 'sales.orders', 'connectless.table.orders.key': 'struct' },
    { 'table.whitelist': 'orders', 'connectless.table.sales.orders.key': 'struct' },
    { 'table.blacklist': 'sales.orders', 'connectless.table.orders.key': 'struct' },
    { 'table.include.list': 'sales\\\\..*', 'connectless.table.orders.key': 'struct' },
  ])('%j may mean a table that is read', (properties) => {
    expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual([]);
  });

  const AVRO = 'io.confluent.connect.avro.AvroConverter';
  const KEYED = { ...SOURCE, 'connectless.table.orders.key': 'struct' };
  test.each<[Properties, string[]]>([
    [{}, []],
    [{ 'key.converter.schema.registry.url': 'http://localhost:8081' }, []],
    [
      { 'key.converter.schema.registry.url': 'http://other:8081' },
      [
        `c0:6: connectless.table.orders.key: makes a key in Avro, and the worker's key.converter has another registry than its value.converter; write key.converter=${AVRO} in the worker's file, with the registry of value.converter`,
      ],
    ],
    [
      { 'key.converter': 'org.apache.kafka.connect.storage.StringConverter' },
      [
        `c0:6: connectless.table.orders.key: makes a key in Avro, and the worker's key.converter is org.apache.kafka.connect.storage.StringConverter; write key.converter=${AVRO} in the worker's file, with the registry of value.converter`,
      ],
    ],
  ])('ask the worker for a converter of keys: %j', (properties, lines) => {
    expect(faultsOf({ ...WORKER, ...properties }, KEYED)).toEqual(lines);
    expect(faultsOf({ ...WORKER, ...properties }, SOURCE)).toEqual([]);
  });

  test('make a converter of keys one that is used', () => {
    const notesOf = (source: Properties) => validate(WORKER, source).notes.map(({ property }) => property);
    expect([notesOf(SOURCE), notesOf(KEYED)]).toEqual([['key.converter'], []]);
  });
});
