import { describe, expect, test } from '@jest/globals';
import { type CatalogTable, selectTables } from '../../../src/source/select-tables';

const relation = (schema: string, name: string, kind = 'r'): CatalogTable => ({ catalog: 'shop', schema, name, kind });
const found = [
  relation('public', 'prices'),
  relation('sales', 'orders'),
  relation('public', 'orders_by_day', 'p'),
  relation('public', 'cheap', 'v'),
];

describe('selectTables', () => {
  test('without a whitelist, every table and nothing else', () => {
    expect(selectTables(found, undefined)).toEqual({
      tables: [
        { schema: 'public', name: 'prices' },
        { schema: 'sales', name: 'orders' },
      ],
      missing: [],
    });
  });

  test.each(['orders', 'sales.orders', 'shop.sales.orders'])('%s names the table', (entry) => {
    expect(selectTables(found, [entry])).toEqual({ tables: [{ schema: 'sales', name: 'orders' }], missing: [] });
  });

  test.each([
    ['nosuch', 'nosuch'],
    ['PRICES', 'PRICES (there is public.prices)'],
    ['cheap', 'cheap (it is a view, and only tables are read)'],
    ['public.orders_by_day', 'public.orders_by_day (it is a partitioned table, and only tables are read)'],
  ])('%s is missing: %s', (entry, missing) => {
    expect(selectTables(found, [entry, 'prices'])).toEqual({
      tables: [{ schema: 'public', name: 'prices' }],
      missing: [missing],
    });
  });

  test('two tables of one name are refused unless one of them is named', () => {
    const twins = [...found, relation('old', 'prices')];
    expect(() => selectTables(twins, undefined)).toThrow('public.prices and old.prices would go to one topic');
    expect(selectTables(twins, ['old.prices']).tables).toEqual([{ schema: 'old', name: 'prices' }]);
  });
});
