// Which tables a source reads, or which query: what its file says, and its faults.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SOURCE, validate, WORKER } from './files';

const QUERY: Properties = { ...SOURCE, query: 'SELECT * FROM t', 'incrementing.column.name': 'id' };

describe('a source', () => {
  test.each<[Properties, object]>([
    [{ 'table.whitelist': 'a, b.c' }, { tables: { whitelist: ['a', 'b.c'], types: ['TABLE'] } }],
    [{ 'table.blacklist': 'a' }, { tables: { blacklist: ['a'], types: ['TABLE'] } }],
    [
      { 'table.include.list': 'public[.].*, .*a', 'table.exclude.list': '.*_old' },
      { tables: { include: [/^(?:public[.].*)$/, /^(?:.*a)$/], exclude: [/^(?:.*_old)$/], types: ['TABLE'] } },
    ],
    [
      { 'schema.pattern': 'sales%', 'catalog.pattern': 'shop' },
      { tables: { schemaPattern: 'sales%', catalogPattern: 'shop', types: ['TABLE'] } },
    ],
    [{ 'schema.pattern': '', 'catalog.pattern': '' }, { tables: { types: ['TABLE'] } }],
    [
      { 'table.types': 'view, Partitioned Table,MATERIALIZED VIEW,FOREIGN TABLE' },
      { tables: { types: ['VIEW', 'PARTITIONED TABLE', 'MATERIALIZED VIEW', 'FOREIGN TABLE'] } },
    ],
    [{ ...QUERY }, { query: 'SELECT * FROM t', incrementingColumn: 'id' }],
    [
      { mode: 'bulk', query: 'with a as (select 1) select * from a ; ' },
      { query: 'with a as (select 1) select * from a' },
    ],
    [{ mode: 'bulk', query: '', 'query.masked': 'SELECT 1' }, { query: 'SELECT 1' }],
    [{ 'query.suffix': 'FOR SHARE' }, { querySuffix: 'FOR SHARE' }],
  ])('may have %j', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SOURCE, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toEqual([expect.objectContaining(expected)]);
  });

  test.each<[Properties, string[]]>([
    [
      { 'table.whitelist': 'a', 'table.blacklist': 'b' },
      ['c0:7: table.blacklist: is set beside table.whitelist; keep one of them'],
    ],
    [
      { 'table.whitelist': 'a', 'table.include.list': '.*a' },
      ['c0:7: table.include.list: is set beside table.whitelist; keep one of them'],
    ],
    [
      { 'table.exclude.list': '.*a' },
      [
        'c0:6: table.exclude.list: is set without table.include.list, whose tables it narrows; add table.include.list=.*, or write table.blacklist',
      ],
    ],
    [
      { 'table.include.list': '(?i).*a' },
      [
        'c0:6: table.include.list: "(?i).*a" has flags inside it, (?i), which only Java\'s patterns have; write both cases: [Pp]rices',
      ],
    ],
    [
      { 'table.include.list': 'a{1,3}' },
      [
        'c0:6: table.include.list: "a{1,3}" has a comma inside {…}, and a comma separates patterns; write the repetition out',
      ],
    ],
    [
      { 'table.include.list': 'a(' },
      ['c0:6: table.include.list: "a(" is no regular expression; write for example public\\.prices.*'],
    ],
    [
      { 'incrementing.column.mapping': 'orders' },
      [
        'c0:6: incrementing.column.mapping: "orders" is not pattern:column; write pattern:column, such as public\\.prices.*:id',
      ],
    ],
    [
      { 'incrementing.column.mapping': '.*:[a|b]' },
      [
        'c0:6: incrementing.column.mapping: ".*:[a|b]" maps a table to several columns; write pattern:column, such as public\\.prices.*:id',
      ],
    ],
    [
      { 'table.types': 'TABLE,SYNONYM' },
      [
        'c0:6: table.types: "TABLE,SYNONYM" has a type that is not read; write some of TABLE, PARTITIONED TABLE, VIEW, MATERIALIZED VIEW, FOREIGN TABLE',
      ],
    ],
    [{ 'table.types': '' }, ['c0:6: table.types: (empty) lacks a value; write one, or delete the line']],
    [{ mode: 'bulk', query: 'DELETE FROM t' }, ['c0:6: query: "DELETE FROM t" is no SELECT; begin it with SELECT']],
    [
      { mode: 'bulk', 'query.masked': 'DROP TABLE t' },
      ['c0:6: query.masked: "[hidden]" is no SELECT; begin it with SELECT'],
    ],
    [
      { ...QUERY, 'table.whitelist': 't' },
      ['c0:8: table.whitelist: is set beside query, which is read in place of tables; delete the line, or the query'],
    ],
    [{ ...QUERY, 'query.masked': 'SELECT 1' }, ['c0:8: query.masked: is set beside query; keep one of them']],
    [
      { ...QUERY, 'connectless.table.t.topic': 'x' },
      [
        'c0:8: connectless.table.t.topic: is set beside query, which is read in place of tables; delete the line, or the query',
      ],
    ],
    [
      { ...QUERY, 'incrementing.column.mapping': '.*:id' },
      [
        'c0:8: incrementing.column.mapping: is set beside query, which is read in place of tables; delete the line, or the query',
      ],
    ],
    [
      { ...QUERY, 'topic.prefix': '' },
      ['c0:5: topic.prefix: is empty, and it is the whole name of the topic of query; write the name of a topic'],
    ],
    [
      { ...QUERY, 'incrementing.column.name': undefined },
      [
        'c0: incrementing.column.name: is missing, and the columns of query do not say which one grows; add incrementing.column.name=…',
      ],
    ],
    [
      { ...QUERY, 'connectless.mode': 'xid8' },
      [
        'c0:8: connectless.mode: reads tables, and query has rows of several; write mode=timestamp+incrementing in its place, or list the tables instead of the query',
      ],
    ],
  ])('that has %j is faulty', (properties, lines) => {
    expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual(lines);
  });
});
