// Properties of sources that were tried on Confluent's own: what it takes is taken here, and what it refuses is refused, or does better.
import { expect, test } from '@jest/globals';
import { faultsOf, type Properties, SOURCE, WORKER } from './files';

const BY_ID = { 'incrementing.column.name': 'id' };

test.each<[string, Properties]>([
  ['blacklist', { ...BY_ID, 'table.blacklist': 'a' }],
  ['bulk_whitelist', { mode: 'bulk', 'table.whitelist': 't' }],
  ['id_nullable_validate_off', { ...BY_ID, 'validate.non.null': 'false' }],
  ['include_list_mapping', { 'table.include.list': '.*a', 'incrementing.column.mapping': '.*a:id' }],
  ['incr_autodetect_two_serials', { 'table.whitelist': 't' }],
  ['incr_no_column_name, where Confluent wants a list of tables', {}],
  ['other_schema_whitelist_qualified', { ...BY_ID, 'table.whitelist': 'sales.orders' }],
  ['query_incrementing', { ...BY_ID, query: 'SELECT id, a*10 AS ten FROM t' }],
  ['query_with_where', { ...BY_ID, query: 'SELECT * FROM t WHERE a > 1' }],
  [
    'smt_key',
    {
      ...BY_ID,
      transforms: 'k,x',
      'transforms.k.type': 'org.apache.kafka.connect.transforms.ValueToKey',
      'transforms.k.fields': 'id',
      'transforms.x.type': 'org.apache.kafka.connect.transforms.ExtractField$Key',
      'transforms.x.field': 'id',
    },
  ],
  [
    'timestamp_incrementing_two_ts',
    { ...BY_ID, mode: 'timestamp+incrementing', 'timestamp.column.name': 'upd,cre', 'validate.non.null': 'false' },
  ],
  ['topic_prefix_empty2', { ...BY_ID, 'topic.prefix': '' }],
  ['transaction_isolation_default', { ...BY_ID, 'transaction.isolation.mode': 'REPEATABLE_READ' }],
  ['ts_granularity_nanos_string', { ...BY_ID, 'timestamp.granularity': 'nanos_string' }],
  ['types-best_fit_eager_double', { ...BY_ID, 'numeric.mapping': 'best_fit_eager_double' }],
  ['view_types', { ...BY_ID, 'table.types': 'VIEW,MATERIALIZED VIEW' }],
  ['columns that the mode does not look at', { ...BY_ID, mode: 'bulk', 'timestamp.column.name': 't' }],
])('%s is taken', (_, properties) => {
  expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual([]);
});

test.each<[string, Properties, string]>([
  ['mode_bad', { mode: 'nope' }, 'c0:4: mode: '],
  [
    'query_and_whitelist',
    { ...BY_ID, query: 'SELECT * FROM t', 'table.whitelist': 't' },
    'c0:8: table.whitelist: is set beside query',
  ],
])('%s is refused', (_, properties, fault) => {
  expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual([expect.stringContaining(fault)]);
});
