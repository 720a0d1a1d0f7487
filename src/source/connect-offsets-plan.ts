// From Connect's offsets to changes of cursors: which table each means, and which of several for one table counts.
import type { SourceConfig } from '../config/source-model';
import { type ConnectOffset, type Partition, printPosition, QUERY } from './connect-offsets';
import { type Change, furthest } from './connect-offsets-change';
import { invalidOffsets } from './connect-offsets-position';
import { type KnownTables, type Resolved, resolveTable } from './connect-offsets-tables';

export interface PlannedChanges {
  /** One for each table. */
  readonly changes: readonly Change[];
  /** What to say of them. */
  readonly notes: readonly string[];
}

/**
 * An import leaves out what is of no use any more: dropped tables, a query in place of tables. Otherwise that is a fault, as is
 * a name that may mean several tables. Throws OFFSETS_INVALID with all faults.
 */
export function planChanges(
  offsets: readonly ConnectOffset[],
  known: KnownTables,
  { mode, query }: Pick<SourceConfig, 'mode' | 'query'>,
  isImport: boolean,
): PlannedChanges {
  const resolved = offsets.map((offset) => ({ offset, target: targetOf(offset.partition, known, query) }));
  const problems = resolved.flatMap(({ target }) => ('problem' in target ? [target] : []));
  const faults = problems.filter(({ stale }) => !(isImport && stale));
  if (faults.length > 0)
    throw invalidOffsets(faults.map(({ problem }) => `The offsets cannot be used: ${problem}`).join('\n'));
  const byTable = new Map<string, ConnectOffset[]>();
  for (const { offset, target } of resolved) {
    if ('table' in target) byTable.set(target.table, [...(byTable.get(target.table) ?? []), offset]);
  }
  const unknown = resolved.flatMap(({ target }) => ('table' in target && !target.isKnown ? [target.table] : []));
  return {
    changes: Array.from(byTable, ([table, of]) => ({ table, position: furthest(of.map(positionOf), mode) })),
    notes: [
      ...problems.map(({ problem }) => `Left out: ${problem}`),
      ...[...new Set(unknown)].map((table) => `The database has no table ${table} now: its offset waits for it.`),
      ...Array.from(byTable).flatMap(([table, of]) => (of.length > 1 ? [several(table, of)] : [])),
    ],
  };
}

function targetOf(partition: Partition, known: KnownTables, query: string | undefined): Resolved {
  if ('query' in partition) {
    if (query !== undefined) return { table: QUERY, isKnown: true };
    return { problem: '{"query":"query"} is a query\'s, but the connector reads tables.', stale: true };
  }
  if (query === undefined) return resolveTable(partition.table, known);
  const problem = `"${partition.table}" is a table, but the connector reads a query: its partition is {"query":"query"}.`;
  return { problem, stale: true };
}

function positionOf({ position }: ConnectOffset) {
  return position ?? {};
}

/** A driver that wrote the database's name in front, or an older connector, left one under each form of the name. */
function several(table: string, offsets: readonly ConnectOffset[]): string {
  const all = offsets.map((offset) => printPosition(positionOf(offset)));
  return `${table} has ${offsets.length} offsets, ${all.join(' and ')}: the furthest counts, for rows up to it have been read.`;
}
