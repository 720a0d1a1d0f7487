// Starts a Postgres of its own data, on 127.0.0.1 alone: user `postgres`, password `postgres`.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { ConnectlessError, messageOf } from '../../src/errors';
import { portFor } from './free-port';
import { type PostgresHome, postgresHome } from './postgres-account';
import type { Server, ServerOptions } from './server';
import { startServerProcess } from './server-process';

const run = promisify(execFile);
const password = 'postgres';
/** Of the user's environment nothing: PGPORT, PGDATA and the like would change the server. */
const env = { PATH: process.env.PATH, LC_ALL: 'C' };

export interface PostgresOptions extends ServerOptions {
  /** `name=value`, behind our own. */
  readonly settings?: readonly string[];
}

/**
 * Its url names the database `postgres`. Data that is in the folder already is kept: that of an earlier start, or a copy.
 * Throws a ConnectlessError that shows what Postgres said.
 */
export async function startPostgres({ directory, port: wanted, settings = [] }: PostgresOptions): Promise<Server> {
  const home = postgresHome(directory);
  const data = join(directory, 'data');
  const port = await portFor('Postgres', wanted);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(home, directory, data);
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return startServerProcess({
    name: 'Postgres',
    url,
    command: join(home.native, 'bin', 'postgres'),
    args: ['-D', data, ...[...ownSettings(port), ...settings].flatMap((setting) => ['-c', setting])],
    env,
    account: home.account,
    directory,
    stopSignal: 'SIGINT', // "fast shutdown": SIGTERM would wait for every client to leave
    isReady: () => answers(url),
  });
}

/** The data is thrown away at the end, so it need not survive a power cut. */
function ownSettings(port: number): string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    'max_prepared_transactions=20',
    'fsync=off',
    'full_page_writes=off',
  ];
}

async function initialise({ native, account }: PostgresHome, directory: string, data: string): Promise<void> {
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o644 }); // the folder is closed; the account may be another one
  const args = [`--pgdata=${data}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  try {
    const options = { cwd: directory, env, ...account };
    await run(join(native, 'bin', 'initdb'), [...args, '--encoding=UTF8', '--locale=C', '--no-sync'], options);
  } catch (cause) {
    throw new ConnectlessError('SERVER_START', `Postgres' initdb failed: ${messageOf(cause)}`, { cause });
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end();
  }
}
