// One page of 10,000 rows from a real Postgres to Avro messages, over pg's own reading of the same rows.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { startPostgres } from '../local/servers/postgres';
import { postgres } from '../src/postgres/client';
import { tableReader } from '../src/postgres/table-reader';
import { batchEncoder, messages } from '../src/source/batch';
import { machine, median } from './machine';

const ROWS = 10_000;
const WARM_UP = 5;
const rounds = Number(process.argv[2] ?? 31);

const tables = {
  narrow: `CREATE TABLE narrow AS SELECT id::int4, 'item ' || id AS item, id / 8::float4 AS price FROM generate_series(1, ${ROWS}) id`,
  wide: `CREATE TABLE wide AS SELECT id::int4, ${wideColumns()} FROM generate_series(1, ${ROWS}) id`,
};

/** 29 beside the id: integers, text, doubles, booleans, decimals and timestamps in turn. */
function wideColumns(): string {
  const kinds = [
    'id::int8 * 1000003',
    "'some text of row ' || id",
    'id / 7::float8',
    'id % 2 = 0',
    '(id / 100.0)::numeric(12,2)',
    "timestamp '2026-01-01' + id * interval '1 second'",
  ];
  return Array.from({ length: 29 }, (_, index) => `${kinds[index % kinds.length]} AS column_${index}`).join(', ');
}

async function main(): Promise<void> {
  const server = await startPostgres({ directory: mkdtempSync(join(tmpdir(), 'connectless-postgres-')) });
  try {
    console.log(machine());
    console.log(`Postgres 17 on the same machine, a page of ${ROWS} rows; ${rounds} rounds, medians\n`);
    console.log('| table | pg reads the rows | page as messages | ratio |\n|---|---|---|---|');
    for (const [table, create] of Object.entries(tables)) await measure(server.url, table, create);
  } finally {
    await server.stop();
  }
}

async function measure(url: string, name: string, create: string): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`${create}; ALTER TABLE ${name} ADD PRIMARY KEY (id); ANALYZE ${name}`);
  const database = postgres({
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: username,
    password,
    sslMode: 'disable',
  });
  const table = { schema: 'public', name };
  const reader = tableReader(database, table, {
    incrementingColumn: 'id',
    batchMaxRows: ROWS,
    tablePollIntervalMs: 60_000,
  });
  const encode = batchEncoder(table, name, { register: async () => 1, schemaById: async () => '' });

  const floor: number[] = [];
  const page: number[] = [];
  for (let round = 0; round < WARM_UP + rounds; round += 1) {
    const start = performance.now();
    await client.query({ text: `SELECT * FROM ${name} ORDER BY id`, rowMode: 'array', types: asText });
    const read = performance.now();
    messages(await encode(await reader.page(undefined, BigInt(ROWS))), 1);
    const done = performance.now();
    if (round < WARM_UP) continue;
    floor.push(read - start);
    page.push(done - read);
  }
  const [reading, whole] = [median(floor), median(page)];
  console.log(`| ${name} | ${reading.toFixed(1)} ms | ${whole.toFixed(1)} ms | ${(whole / reading).toFixed(2)} |`);
  await Promise.all([client.end(), database.close()]);
}

const asText = { getTypeParser: () => (value: string) => value };

void main();
