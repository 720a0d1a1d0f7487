// The statements of the fence: how far ids have been drawn, and which transactions may still commit some of them.
import { ConnectlessError } from '../errors';
import { display } from '../source/record/table-schema';
import type { FenceReading, Holder, TableName } from '../source/table';
import type { IdColumn } from './catalog';
import type { Postgres, Rows } from './client';
import { maskedQuery } from './masked-query';
import { identifier, oid, relation } from './sql';

/**
 * One round trip. The server runs the statements in order, so the holders are noted after `top` is read: `nextval` locks
 * the sequence until its transaction ends, hence whoever drew an id up to `top` is among them or has ended. Throws
 * SEQUENCE_UNSAFE and READ_REPLICA.
 */
export async function readFence(database: Postgres, table: TableName, id: IdColumn): Promise<FenceReading> {
  const { sequence } = id;
  const relations = sequence === undefined ? [] : [sequence];
  const top = sequence === undefined ? largestIdQuery(table, id) : lastValueQuery(sequence);
  const [topRows = [], holderRows = []] = await database.query(`${top}; ${holdersQuery(table, relations)}`);
  const [last, replica, called, cache, increment] = topRows[0] ?? [];
  if (replica === 't') throw replicaRefused();
  if (sequence !== undefined) checkSequence(sequence, cache, increment);
  return {
    top: last ? BigInt(last) - (called === 'f' ? 1n : 0n) : undefined,
    from: sequence === undefined ? 'table' : 'sequence',
    holders: holderRows.map(holder),
  };
}

function lastValueQuery(sequence: TableName): string {
  return `
    SELECT s.last_value, pg_is_in_recovery(), s.is_called, q.seqcache, q.seqincrement
    FROM ${relation(sequence)} s, pg_sequence q WHERE q.seqrelid = ${oid(sequence)}`;
}

function largestIdQuery(table: TableName, id: IdColumn): string {
  return `SELECT max(${identifier(id.name)}), pg_is_in_recovery() FROM ${relation(table)}`;
}

/**
 * Writers hold RowExclusiveLock; LOCK TABLE takes the stronger ones. ShareUpdateExclusiveLock and ShareLock are left out: they
 * are VACUUM's, ANALYZE's and CREATE INDEX's, last for hours, and insert nothing without RowExclusiveLock beside.
 */
function holdersQuery(table: TableName, others: readonly TableName[]): string {
  const heirs = `
    WITH RECURSIVE heir(oid) AS (
      SELECT ${oid(table)} UNION SELECT i.inhrelid FROM pg_inherits i JOIN heir ON i.inhparent = heir.oid)
    SELECT oid FROM heir`;
  return `
    SELECT DISTINCT l.pid, l.virtualtransaction FROM pg_locks l
    WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
      AND l.relation IN (${[heirs, ...others.map((other) => `SELECT ${oid(other)}`)].join(' UNION ALL ')})`;
}

function holder([pid, virtualTransaction]: Rows[number]): Holder {
  return { pid: pid ? Number(pid) : undefined, virtualTransaction: virtualTransaction ?? '' };
}

/** One line a transaction: pid, how long it has been open, its last query without values. */
export async function describeHolders(database: Postgres, holders: readonly Holder[]): Promise<string[]> {
  const pids = holders.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  const names = holders.map(({ virtualTransaction }) => virtualTransaction);
  const [sessions = [], prepared = []] = await database.query(`
    SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::int8, state, query_start, query
    FROM pg_stat_activity WHERE pid = ANY('{${pids.join(',')}}');
    SELECT p.gid, extract(epoch FROM clock_timestamp() - p.prepared)::int8
    FROM pg_prepared_xacts p JOIN pg_locks l ON l.locktype = 'transactionid' AND l.transactionid = p.transaction
    WHERE l.pid IS NULL AND l.virtualtransaction = ANY('{${names.join(',')}}')`);
  return [
    ...sessions.map(
      ([pid, age, state, since, query]) =>
        `pid ${pid}, ${state ?? 'state unknown'}, transaction open for ${age ?? '?'} s, query since ${since ?? '?'}: ${maskedQuery(query ?? '')}`,
    ),
    ...prepared.map(([gid, age]) => `prepared transaction ${gid}, for ${age} s`),
  ];
}

function checkSequence(sequence: TableName, cache?: string | null, increment?: string | null): void {
  if (cache === '1' && increment === '1') return;
  throw new ConnectlessError(
    'SEQUENCE_UNSAFE',
    `Sequence ${display(sequence)} has CACHE ${cache} and INCREMENT ${increment}: ids then do not come in the order in which they are drawn, and rows would be lost. ` +
      `ALTER SEQUENCE ${display(sequence)} CACHE 1 INCREMENT 1, and let its writers connect anew; ` +
      'the other way, an xid8 column that does not depend on the sequence, is not in this version.',
  );
}

function replicaRefused(): ConnectlessError {
  return new ConnectlessError(
    'READ_REPLICA',
    'This Postgres is a read replica, where the locks of writers cannot be seen and rows would be lost: let connection.url name the primary.',
  );
}
