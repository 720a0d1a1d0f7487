// Which of the catalog's tables a connector reads.
import { describe, expect, test } from '@jest/globals';
import type { TableSelection, TableSettings } from '../../../src/config/source-model';
import { type CatalogTable, selectTables } from '../../../src/source/select-tables';
import { qualified } from '../../../src/source/table';

const relation = (schema: string, name: string, kind = 'r'): CatalogTable => ({ catalog: 'shop', schema, name, kind });
const FOUND = [
  relation('public', 'prices'),
  relation('sales', 'orders'),
  relation('public', 'my.table'),
  relation('public', 'q"t'),
  relation('public', 'orders_by_day', 'p'),
  relation('public', 'cheap', 'v'),
  relation('public', 'cheapest', 'm'),
  relation('public', 'abroad', 'f'),
];

const select = (
  tables: Partial<TableSelection>,
  settings: Readonly<Record<string, TableSettings>> = {},
  found: readonly CatalogTable[] = FOUND,
) => {
  const tableSettings = new Map(Object.entries(settings));
  const selection = selectTables(found, { tables: { types: ['TABLE'], ...tables }, tableSettings, topicPrefix: 'in-' });
  return { tables: selection.tables.map(qualified), missing: selection.missing };
};

describe('selectTables', () => {
  test.each<[string, Partial<TableSelection>, string[]]>([
    ['every table and nothing else', {}, ['public.prices', 'sales.orders', 'public.my.table', 'public.q"t']],
    ['views', { types: ['VIEW', 'MATERIALIZED VIEW'] }, ['public.cheap', 'public.cheapest']],
    [
      'partitioned and foreign tables',
      { types: ['PARTITIONED TABLE', 'FOREIGN TABLE'] },
      ['public.orders_by_day', 'public.abroad'],
    ],
    ['a table by its name', { whitelist: ['orders'] }, ['sales.orders']],
    ['a table by schema and name', { whitelist: ['sales.orders'] }, ['sales.orders']],
    ['a table by database, schema and name', { whitelist: ['shop.sales.orders'] }, ['sales.orders']],
    ['a table by its name in quotes', { whitelist: ['"sales"."orders"'] }, ['sales.orders']],
    ['a table with a dot in its name', { whitelist: ['my.table'] }, ['public.my.table']],
    ['a table with a quote in its name', { whitelist: ['public.q"t'] }, ['public.q"t']],
    ['all but some', { blacklist: ['prices', 'public.my.table', 'shop.public.q"t'] }, ['sales.orders']],
    [
      'what patterns match',
      { include: [/^(?:sales\..*)$/, /^(?:shop\.public\.pri.*)$/] },
      ['public.prices', 'sales.orders'],
    ],
    ['what patterns match, less some', { include: [/^(?:.*)$/], exclude: [/^(?:public\..*)$/] }, ['sales.orders']],
    ['one schema', { schemaPattern: 's_les' }, ['sales.orders']],
    ['one database', { catalogPattern: 'sh%', whitelist: ['orders'] }, ['sales.orders']],
  ])('reads %s', (_, tables, names) => expect(select(tables)).toEqual({ tables: names, missing: [] }));

  test.each<[string, Partial<TableSelection>]>([
    ['nosuch of table.whitelist', { whitelist: ['nosuch'] }],
    ['PRICES of table.whitelist (there is public.prices)', { whitelist: ['PRICES'] }],
    ['cheap of table.whitelist (table.types lacks VIEW)', { whitelist: ['cheap'] }],
    [
      'public.orders_by_day of table.whitelist (table.types lacks PARTITIONED TABLE)',
      { whitelist: ['public.orders_by_day'] },
    ],
    [
      'orders of table.whitelist (schema.pattern=pub% leaves out schema sales)',
      { whitelist: ['orders'], schemaPattern: 'pub%' },
    ],
    [
      'orders of table.whitelist (catalog.pattern=other leaves out database shop)',
      { whitelist: ['orders'], catalogPattern: 'other' },
    ],
    ['other.sales.orders of table.whitelist (this database is shop)', { whitelist: ['other.sales.orders'] }],
    ['orders of table.include.list', { include: [/^(?:orders)$/] }],
  ])('misses %s', (missing, tables) => {
    expect(select(tables)).toEqual({ tables: [], missing: [missing] });
  });

  test.each<[string, TableSettings, string]>([
    ['sales.Orders', { key: 'struct' }, 'connectless.table.sales.Orders (there is sales.orders)'],
    ['cheap', { topic: 'c' }, 'connectless.table.cheap (table.types lacks VIEW)'],
    ['prices', { topic: 'p' }, 'connectless.table.prices (the lists of tables leave it out)'],
    ['nosuch', { topic: 'n' }, 'connectless.table.nosuch'],
  ])('misses the table of settings for %s', (name, settings, missing) => {
    expect(select({ include: [/^(?:sales\..*)$/] }, { [name]: settings })).toEqual({
      tables: ['sales.orders'],
      missing: [missing],
    });
  });

  describe('of two tables with one name', () => {
    const twins = [...FOUND, relation('old', 'prices')];

    test('refuses both, says how to tell them apart, and goes on when they are', () => {
      expect(() => select({}, {}, twins)).toThrow(
        'Tables public.prices and old.prices would go to one topic, in-prices: give one of them another, as in connectless.table.old.prices.topic=…, or leave it out.',
      );
      expect(select({ whitelist: ['old.prices'] }, {}, twins).tables).toEqual(['old.prices']);
      expect(select({ blacklist: ['public.prices'] }, {}, twins).tables).toContain('old.prices');
      const settings = { 'old.prices': { topic: 'old-prices' } };
      expect(select({ whitelist: ['prices'] }, settings, twins).tables).toEqual(['public.prices', 'old.prices']);
    });

    test('refuses what a setting sends to one topic', () => {
      expect(() => select({}, { prices: { topic: 'p' } }, twins)).toThrow('would go to one topic, p');
      expect(() => select({}, { 'sales.orders': { topic: 'in-prices' } })).toThrow(
        'Tables public.prices and sales.orders would go to one topic, in-prices',
      );
    });
  });

  test('of a database without tables reads none', () => {
    expect(select({}, {}, [])).toEqual({ tables: [], missing: [] });
  });
});
