// A standby of a running Postgres: a copy of its data that follows it, and that each commit waits for.
import { execFile } from 'node:child_process';
import { chown, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startPostgres } from '../../../local/servers/postgres';
import type { Server } from '../../../local/servers/server';

const NAME = 'standby';

/** As pg_basebackup does it (PostgreSQL manual, "Making a Base Backup Using the Low Level API"). */
export async function startStandby(
  primary: Server,
  directories: { readonly of: string; readonly own: string },
): Promise<Server> {
  const client = new Client({ connectionString: primary.url });
  await client.connect();
  await client.query(`SELECT pg_backup_start('standby', fast => true)`);
  const data = join(directories.own, 'data');
  // With owners and modes: the server may run under another account.
  await promisify(execFile)('cp', ['-a', join(directories.of, 'data'), data]);
  const { rows } = await client.query<{ labelfile: string }>(
    'SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)',
  );
  await rm(join(data, 'postmaster.pid'));
  const segments = (await readdir(join(data, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name));
  await Promise.all(segments.map((name) => rm(join(data, 'pg_wal', name))));
  await place(data, 'backup_label', rows[0]?.labelfile ?? '');
  await place(data, 'standby.signal', '');
  const { hostname, port, username, password } = new URL(primary.url);
  const conninfo = `host=${hostname} port=${port} user=${username} password=${password} application_name=${NAME}`;
  const standby = await startPostgres({ directory: directories.own, settings: [`primary_conninfo=${conninfo}`] });
  await isFollowing(client);
  await client.query(`ALTER SYSTEM SET synchronous_standby_names = '${NAME}'`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
  return standby;
}

/** A file that belongs to whom the data belongs to. */
async function place(data: string, name: string, text: string): Promise<void> {
  const { uid, gid } = await stat(data);
  await writeFile(join(data, name), text);
  await chown(join(data, name), uid, gid);
}

async function isFollowing(client: Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(`SELECT FROM pg_stat_replication WHERE state = 'streaming'`);
    if (rowCount === 1) return;
    await sleep(50);
  }
}
