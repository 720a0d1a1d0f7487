// How a source finds new rows: what its file says, and its faults.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SOURCE, validate, WORKER } from './files';

describe('a source', () => {
  test.each<[Properties, object]>([
    [{ mode: 'bulk' }, { mode: 'bulk' }],
    [
      { mode: 'timestamp', 'timestamp.column.name': 'upd, cre' },
      { mode: 'timestamp', timestampColumn: ['upd', 'cre'] },
    ],
    [
      { mode: 'timestamp+incrementing', 'timestamp.columns.mapping': '.*:[upd|cre]' },
      { mode: 'timestamp+incrementing', timestampColumns: [{ table: /^(?:.*)$/, columns: ['upd', 'cre'] }] },
    ],
    [{ mode: undefined, 'connectless.mode': 'xid8' }, { mode: 'xid8' }],
    [
      { 'connectless.mode': 'xid8', 'incrementing.column.name': 'id' },
      { mode: 'xid8', incrementingColumn: 'id' },
    ],
    [{ 'incrementing.column.name': 'id' }, { incrementingColumn: 'id' }],
    [
      { 'incrementing.column.mapping': 'public\\\\.a:id, .*:[key]' },
      {
        incrementingColumns: [
          { table: /^(?:public\.a)$/, columns: ['id'] },
          { table: /^(?:.*)$/, columns: ['key'] },
        ],
      },
    ],
    [{ 'incrementing.initial': '9223372036854775807' }, { incrementingInitial: 9223372036854775807n }],
    [{ 'incrementing.initial': '-1' }, { incrementingInitial: -1n }],
    [{ 'incrementing.initial': '+7' }, { incrementingInitial: 7n }],
    [{ mode: 'timestamp', 'timestamp.column.name': 't', 'timestamp.initial': '-1' }, { timestampInitial: 'now' }],
    [{ mode: 'timestamp', 'timestamp.column.name': 't', 'timestamp.initial': '-2' }, { timestampInitial: -2 }],
    [
      { mode: 'timestamp', 'timestamp.column.name': 't', 'timestamp.delay.interval.ms': '500' },
      { timestampDelayMs: 500 },
    ],
    [{ 'validate.non.null': 'false' }, { validateNonNull: false }],
    [{ 'quote.sql.identifiers': 'NEVER' }, { quoteIdentifiers: false }],
    [{ 'connectless.fence.timeout.ms': '30000' }, { fenceTimeoutMs: 30000 }],
  ])('may have %j', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SOURCE, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([expected]);
  });

  test.each<[Properties, string]>([
    [
      { mode: 'nope' },
      'c0:4: mode: "nope" is none of incrementing, timestamp, timestamp+incrementing, bulk; write incrementing or timestamp or timestamp+incrementing or bulk',
    ],
    [
      { mode: undefined },
      'c0: mode: is missing (How new rows are found); add mode=…, valid: incrementing or timestamp or timestamp+incrementing or bulk',
    ],
    [
      { mode: 'bulk', 'connectless.mode': 'xid8' },
      'c0:6: connectless.mode: takes the place of mode, and that is bulk; delete one of the lines, or write mode=incrementing',
    ],
    [{ 'connectless.mode': 'xmin' }, 'c0:6: connectless.mode: "xmin" is none of xid8; write xid8'],
    [
      { mode: 'timestamp' },
      'c0: timestamp.column.name: is missing, and mode=timestamp reads rows by it; add timestamp.column.name=…, or timestamp.columns.mapping=…',
    ],
    [
      { mode: 'timestamp+incrementing', 'timestamp.column.name': '' },
      'c0:6: timestamp.column.name: is missing, and mode=timestamp+incrementing reads rows by it; add timestamp.column.name=…, or timestamp.columns.mapping=…',
    ],
    [
      { mode: 'bulk', 'incrementing.initial': '5' },
      'c0:6: incrementing.initial: has no effect with mode=bulk; delete the line, or write mode=incrementing or mode=timestamp+incrementing',
    ],
    [
      { 'connectless.mode': 'xid8', 'incrementing.initial': '5' },
      'c0:7: incrementing.initial: has no effect with connectless.mode=xid8; delete the line, or write mode=incrementing or mode=timestamp+incrementing',
    ],
    [
      { mode: 'bulk', 'incrementing.column.mapping': '.*:id' },
      'c0:6: incrementing.column.mapping: has no effect with mode=bulk; delete the line, or write mode=incrementing or mode=timestamp+incrementing',
    ],
    [
      { 'timestamp.initial': '-1' },
      'c0:6: timestamp.initial: has no effect with mode=incrementing; delete the line, or write mode=timestamp or mode=timestamp+incrementing',
    ],
    [
      { 'timestamp.columns.mapping': '.*:[a]' },
      'c0:6: timestamp.columns.mapping: has no effect with mode=incrementing; delete the line, or write mode=timestamp or mode=timestamp+incrementing',
    ],
    [
      { mode: 'bulk', 'connectless.fence.timeout.ms': '1000' },
      'c0:6: connectless.fence.timeout.ms: has no effect with mode=bulk; delete the line, or write a mode that waits for open transactions: incrementing, timestamp, timestamp+incrementing',
    ],
    [
      { 'incrementing.initial': '9223372036854775808' },
      'c0:6: incrementing.initial: "9223372036854775808" is no whole number of 64 bits; write digits only',
    ],
    [
      { 'timestamp.delay.interval.ms': '-1' },
      'c0:6: timestamp.delay.interval.ms: "-1" is less than 0; write a number from 0',
    ],
    [
      { 'quote.sql.identifiers': 'sometimes' },
      'c0:6: quote.sql.identifiers: "sometimes" is none of always, never; write always or never',
    ],
    [
      { 'transaction.isolation.mode': 'SQL_SERVER_SNAPSHOT' },
      'c0:6: transaction.isolation.mode: "SQL_SERVER_SNAPSHOT" is none of DEFAULT, READ_UNCOMMITTED, READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE; write DEFAULT or READ_UNCOMMITTED or READ_COMMITTED or REPEATABLE_READ or SERIALIZABLE',
    ],
  ])('that has %j is faulty', (properties, line) => {
    expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual([line]);
  });
});
