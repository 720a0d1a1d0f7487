// Facts of tables as the catalog gives them.
import type { SequenceFacts, TableFacts } from '../../../src/preflight/facts';
import type { TableCheck } from '../../../src/preflight/table-check';
import type { Column } from '../../../src/source/record/column';

export function column(name: string, type = 'int4', more: Partial<Column> = {}): Column {
  return { name, declared: type, type, isEnum: false, typmod: -1, nullable: false, ...more };
}

export function sequence(more: Partial<SequenceFacts> = {}): SequenceFacts {
  const name = { schema: 'public', name: 't_id_seq' };
  return { name, cache: 1n, increment: 1n, isCycled: false, canSelect: true, sharedWith: [], ...more };
}

/** public.t with a serial primary key. */
export function tableFacts(more: Partial<TableFacts> = {}): TableFacts {
  return {
    oid: '16400',
    table: { schema: 'public', name: 't' },
    kind: 'r',
    columns: [column('id')],
    autoIncrements: [{ column: 'id', sequences: [sequence()] }],
    defaults: new Map(),
    indexes: [['id']],
    primaryKey: ['id'],
    partitions: [],
    bytes: 100_000_000,
    canUseSchema: true,
    forbidden: [],
    hidesRows: false,
    isSubscribed: false,
    year: 2026,
    timeZones: ['UTC'],
    ...more,
  };
}

const TYPES: TableCheck['config']['types'] = {
  numericMapping: 'none',
  timestampGranularity: 'connect_logical',
  timeZone: 'UTC',
  exact: false,
};

type Settings = Partial<TableCheck['config']> & Partial<TableCheck['choice']>;

export function check(
  facts: TableFacts,
  { incrementingColumn, timestampColumns = [], ...config }: Settings = {},
): TableCheck {
  return {
    facts,
    config: { mode: 'incrementing', types: TYPES, validateNonNull: true, timestampDelayMs: 0, ...config },
    choice: { timestampColumns, ...(incrementingColumn === undefined ? {} : { incrementingColumn }) },
    user: 'reader',
  };
}
