// The settings of a connection's session, made only where the session is its own.
import type { Client } from 'pg';
import { ConnectlessError } from '../errors';
import { literal } from './sql';

/**
 * The text forms that the row writers read, each statement its own snapshot, and no name found through a search path
 * that somebody else may write to.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '3',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  search_path: 'pg_catalog',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'on',
};

/**
 * Postgres announces a connection's process when the connection begins; a pooler (PgBouncer, RDS Proxy) announces a number of its
 * own. Nothing is set then: in a pool the settings, read-only above all, would be somebody else's with the next transaction.
 * Throws POSTGRES_POOLED.
 */
export async function beginSession(
  client: Pick<Client, 'query'>,
  server: string,
  usersSearchPath: boolean,
): Promise<{ isReplica: boolean }> {
  const announced = Number(Reflect.get(client, 'processID') ?? 0);
  const settings = Object.entries(SETTINGS)
    .filter(([name]) => !(usersSearchPath && name === 'search_path'))
    .map(([name, value]) => `(${literal(name)}, ${literal(value)})`);
  const { rows } = await client.query<{ replica: boolean }>(
    `SELECT set_config(name, value, false), pg_is_in_recovery() AS replica FROM (VALUES ${settings.join(', ')}) AS setting (name, value)
     WHERE pg_backend_pid() = ${announced}`,
  );
  if (rows.length !== settings.length) throw pooled(server);
  return { isReplica: rows[0]?.replica ?? false };
}

function pooled(server: string): ConnectlessError {
  return new ConnectlessError(
    'POSTGRES_POOLED',
    `${server} is a connection pooler (PgBouncer, RDS Proxy or the like), not the Postgres that does the work: it lends one session to many, so that the source's settings would change what others write and read, and theirs what it reads. Let connection.url name the Postgres behind it: one invocation at a time holds one or two connections.`,
  );
}
