// Offsets of columns without time zone under another db.timezone: instants for Connect, the column's own clock in the cursor.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { offsetsCommand } from '../../cli/offsets';
import { copyWith } from '../../local/demo/connector-files';
import { parseCursor } from '../../src/source/cursor-json';
import { directoryState } from '../../src/state/directory';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { postgresConfig } from './source-harness';
import { temporaryDirectory } from './temporary-directory';

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase('clock');
  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(`CREATE TABLE local(id serial PRIMARY KEY, at timestamp NOT NULL);
    CREATE TABLE zoned(id serial PRIMARY KEY, at timestamptz NOT NULL)`);
  await client.end();
});

afterAll(async () => {
  await fresh.drop();
});

const offsets = (table: string) =>
  `{"offsets":[{"partition":{"protocol":"1","table":"public.${table}"},"offset":{"timestamp_nanos":123456000,"timestamp":1704067200123}}]}`;

test.each([
  ['local', 1_704_087_000_123_456n],
  ['zoned', 1_704_067_200_123_456n],
])('of table %s', async (table, timestamp) => {
  const directory = await temporaryDirectory();
  const state = join(directory, 'state');
  const { host, port, database, user, password } = postgresConfig(fresh.url);
  const worker = await copyWith('connectors/worker.properties', directory, {
    'connectless.state.url': pathToFileURL(state).href,
  });
  const source = await copyWith('connectors/connect-postgresql.properties', directory, {
    'connection.url': `jdbc:postgresql://${host}:${port}/${database}?user=${user}&password=${password}`,
    'table.whitelist': 'local,zoned',
    mode: 'timestamp',
    'timestamp.column.name': 'at',
    'db.timezone': 'Asia/Kolkata',
  });
  const file = join(directory, 'offsets.json');
  await writeFile(file, offsets(table));
  const printed: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  const run = (...args: string[]) => offsetsCommand().parseAsync(args, { from: 'user' });
  await run('set', 'connect-postgresql', worker, source, '--offsets', file);
  await run('get', 'connect-postgresql', worker, source);
  jest.restoreAllMocks();
  const key = `source/connect-postgresql/public.${table}.json`;
  const body = (await directoryState(state).read(key))?.body ?? Buffer.alloc(0);
  expect(parseCursor(body, key).position).toEqual({ timestamp });
  expect(printed).toEqual([expect.stringContaining('"timestamp":1704067200123'), offsets(table)]);
});
