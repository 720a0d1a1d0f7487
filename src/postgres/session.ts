// The settings of a connection's session, made only where the session is its own.
import type { Client } from 'pg';
import { ConnectlessError } from '../errors';
import { literal } from './sql';
import { TEXT_FORMS } from './text-forms';

/**
 * The text forms that the row writers read, each statement its own snapshot, and no name found through a search path
 * that somebody else may write to.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  ...TEXT_FORMS,
  standard_conforming_strings: 'on',
  search_path: 'pg_catalog',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'on',
};

export interface SessionOptions {
  /** A query's names are looked up as its user's are. @default names are the catalog's, or have a schema */
  readonly usersSearchPath?: boolean;
  /** Of the process. @default a replica is read, too: writers' transactions cannot be seen there */
  readonly primary?: { wasSeen: boolean };
}

export interface Session {
  /** The role's, or the database's; absent: none. */
  readonly statementTimeoutMs?: number;
}

/**
 * Postgres announces a connection's process when the connection begins; a pooler (PgBouncer, RDS Proxy) announces a number of its
 * own. Nothing is set then: in a pool the settings, read-only above all, would be somebody else's with the next transaction.
 * Throws POSTGRES_POOLED; READ_REPLICA, or, where there was a primary, POSTGRES_UNAVAILABLE (retryable).
 */
export async function beginSession(
  client: Pick<Client, 'query'>,
  server: string,
  { usersSearchPath = false, primary }: SessionOptions,
): Promise<Session> {
  const announced = Number(Reflect.get(client, 'processID') ?? 0);
  const settings = Object.entries(SETTINGS)
    .filter(([name]) => !(usersSearchPath && name === 'search_path'))
    .map(([name, value]) => `(${literal(name)}, ${literal(value)})`);
  const { rows } = await client.query<{ replica: boolean; timeout: string }>(
    `SELECT set_config(name, value, false), pg_is_in_recovery() AS replica,
       (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'statement_timeout') AS timeout
     FROM (VALUES ${settings.join(', ')}) AS setting (name, value)
     WHERE pg_backend_pid() = ${announced}`,
  );
  const [{ replica, timeout } = {}] = rows;
  if (rows.length !== settings.length) throw pooled(server);
  if (replica && primary !== undefined) throw primary.wasSeen ? notYetPromoted(server) : readReplica(server);
  if (primary !== undefined) primary.wasSeen = true;
  return timeout === undefined || timeout === '0' ? {} : { statementTimeoutMs: Number(timeout) };
}

/** After a failover the address may lead to a replica for a while: rows that the primary is yet to send would be passed over. */
function notYetPromoted(server: string): ConnectlessError {
  return new ConnectlessError(
    'POSTGRES_UNAVAILABLE',
    `${server} was a primary and is a replica now: it is read again when it is promoted.`,
    { retryable: true },
  );
}

function readReplica(server: string): ConnectlessError {
  return new ConnectlessError(
    'READ_REPLICA',
    `${server} is a read replica, where the open transactions of writers cannot be seen: rows would be lost. Let connection.url name the primary (of an Aurora cluster its writer endpoint). mode=bulk can read a replica.`,
  );
}

function pooled(server: string): ConnectlessError {
  return new ConnectlessError(
    'POSTGRES_POOLED',
    `${server} is a connection pooler (PgBouncer, RDS Proxy or the like), not the Postgres that does the work: it lends one session to many, so that the source's settings would change what others write and read, and theirs what it reads. Let connection.url name the Postgres behind it: one invocation at a time holds one or two connections.`,
  );
}
