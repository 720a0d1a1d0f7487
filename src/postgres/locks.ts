// Who holds a lock that a writer holds: transactions that may still commit rows.
import type { Holder } from '../source/fence-rule';
import { heirsOf } from './catalog-terms';
import type { Database, Rows } from './database';
import { maskedQuery } from './masked-query';

/**
 * Writers hold RowExclusiveLock, and `nextval` keeps it on the sequence until the transaction ends; LOCK TABLE takes the
 * stronger ones. ShareUpdateExclusiveLock and ShareLock are left out: they are VACUUM's, ANALYZE's and CREATE INDEX's, last for
 * hours, and insert nothing without RowExclusiveLock beside.
 * @param relations queries of oids; their partitions and heirs are locked by writers in their place
 */
export function holdersQuery(relations: readonly string[]): string {
  return `
    ${heirsOf(relations.join(' UNION '))}
    SELECT DISTINCT l.pid, l.virtualtransaction FROM pg_locks l
    WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
      AND l.relation IN (SELECT oid FROM heir)`;
}

export function holdersOf(rows: Rows): Holder[] {
  return rows.map(([pid, virtualTransaction]) => ({
    pid: pid ? Number(pid) : undefined,
    virtualTransaction: virtualTransaction ?? '',
  }));
}

/** One line a transaction: pid, how long it has been open, its last query without values. */
export async function describeHolders(database: Database, holders: readonly Holder[]): Promise<string[]> {
  const pids = holders.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  return describeTransactions(
    database,
    `pid = ANY('{${pids.join(',')}}')`,
    holders.filter(({ pid }) => pid === undefined),
  );
}

/** @param condition of pg_stat_activity */
export async function describeTransactions(
  database: Database,
  condition: string,
  prepared: readonly Holder[],
): Promise<string[]> {
  const names = prepared.map(({ virtualTransaction }) => virtualTransaction);
  const [sessions = [], gids = []] = await database.query(
    [
      `SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::int8, state, query_start::text, query
      FROM pg_stat_activity WHERE ${condition} ORDER BY xact_start LIMIT 20`,
      `SELECT p.gid, extract(epoch FROM clock_timestamp() - p.prepared)::int8
      FROM pg_prepared_xacts p JOIN pg_locks l ON l.locktype = 'transactionid' AND l.transactionid = p.transaction
      WHERE l.pid IS NULL AND l.virtualtransaction = ANY('{${names.join(',')}}')`,
    ],
    { together: true },
  );
  return [
    ...sessions.map(
      ([pid, age, state, since, query]) =>
        `pid ${pid}, ${state ?? 'state unknown'}, transaction open for ${age ?? '?'} s, query since ${since ?? '?'}: ${maskedQuery(query ?? '')}`,
    ),
    ...gids.map(([gid, age]) => `prepared transaction ${gid}, for ${age} s`),
  ];
}
