import { describe, expect, test } from '@jest/globals';
import { fieldsOf, mappedColumns } from '../../../src/data-api/query-columns';

describe('a column of a query', () => {
  test.each([
    ['numeric', { precision: 10, scale: 2 }, ((10 << 16) | 2) + 4],
    ['numeric', { precision: 0, scale: 0 }, -1],
    ['_numeric', { precision: 10, scale: 2 }, ((10 << 16) | 2) + 4],
    ['varchar', { precision: 20 }, 24],
    ['varchar', { precision: 2147483647 }, -1],
    ['bpchar', { precision: 1 }, 5],
    ['timestamp', { precision: 26, scale: 3 }, 3],
    ['timestamptz', { precision: 35, scale: 6 }, -1],
    ['bit', { precision: 1 }, 1],
    ['int4', { precision: 10 }, -1],
    ['text', { precision: 2147483647 }, -1],
  ])('of %s with %j has its modifier', (typeName, digits, typmod) => {
    const [field] = fieldsOf([{ label: 'a', typeName, ...digits }], [['23', '16384', '2']]);
    expect(field).toEqual({ name: 'a', typeOid: 23, typmod, tableOid: 16384, attnum: 2 });
  });

  test('that is of no table has no place in one', () => {
    expect(fieldsOf([{ label: 'now', typeName: 'timestamptz', scale: 6 }], [['1184', null, null]])).toEqual([
      { name: 'now', typeOid: 1184, typmod: -1, tableOid: 0, attnum: 0 },
    ]);
  });
});

test('the mapping of SQL/XML names every column and its type', () => {
  const element = (name: string, type: string) =>
    `<xsd:element name="${name}" type="${type}" minOccurs="0"></xsd:element>`;
  const xml = [
    element('id', 'INTEGER'),
    element('a_x0020_value', 'UDT.my_x002E_db.pg_catalog.int4range'),
    element('price', 'Domain.db.public.price_x0020_tag'),
  ].join('\n');
  expect(mappedColumns(xml)).toEqual([
    { name: 'id', schema: 'pg_catalog', type: 'int4', isDomain: false },
    { name: 'a value', schema: 'pg_catalog', type: 'int4range', isDomain: false },
    { name: 'price', schema: 'public', type: 'price tag', isDomain: true },
  ]);
});
