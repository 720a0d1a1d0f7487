// Sixteen writers whose transactions stay open while the source reads: no committed row is missing, none is there twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { readLong } from '../../src/avro/varint';
import { WIRE_HEADER_BYTES } from '../../src/avro/wire';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { freshTopics, type RunningSource, startSource } from './source-harness';

const WRITERS = 16;
const LASTS_MS = 20_000;
const HELD_MS = 300;
const PARTITIONS = 3;

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase('writers');
});

afterAll(() => fresh.drop());

test('every committed row of concurrent writers is in the topic once, in each partition in the order of the ids', async () => {
  const admin = await connected();
  await admin.query('CREATE TABLE t(id bigserial PRIMARY KEY, writer int NOT NULL)');
  const topicPrefix = await freshTopics(['t'], PARTITIONS);
  const source = startSource(fresh.url, { topicPrefix, batchMaxRows: 100 });

  const end = Date.now() + LASTS_MS;
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, end)));
  const { rows } = await admin.query<{ id: string }>('SELECT id FROM t ORDER BY id');
  const committed = rows.map(({ id }) => id);
  await quiet(source, `${topicPrefix}t`);
  await source.stop();

  const partitions = await idsInTopic(source, `${topicPrefix}t`);
  const ascending = (ids: readonly bigint[]) => [...ids].sort((a, b) => (a < b ? -1 : 1));
  expect(ascending(partitions.flat()).map(String)).toEqual(committed);
  for (const ids of partitions) expect(ids).toEqual(ascending(ids));
  expect(committed.length).toBeGreaterThan(1000);
  await admin.end();
}, 90_000);

/** Draws ids early, late and several, rolls some back, and keeps transactions open. */
async function write(writer: number, end: number): Promise<void> {
  const client = await connected();
  while (Date.now() < end) {
    await client.query('BEGIN');
    const rows = 1 + Math.floor(Math.random() * 3);
    for (let row = 0; row < rows; row += 1) {
      await client.query('INSERT INTO t(writer) VALUES ($1)', [writer]);
      if (Math.random() < 0.5) await sleep((Math.random() * HELD_MS) / rows);
    }
    await client.query(Math.random() < 0.1 ? 'ROLLBACK' : 'COMMIT');
  }
  await client.end();
}

async function connected(): Promise<Client> {
  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  return client;
}

/** Until nothing has come for a while. */
async function quiet(source: RunningSource, topic: string): Promise<void> {
  let before = -1;
  for (;;) {
    const size = await topicSize(source, topic);
    if (size === before) return;
    before = size;
    await sleep(3000);
  }
}

async function topicSize({ log }: RunningSource, topic: string): Promise<number> {
  return (await log.ends(topic)).reduce((sum, end) => sum + end, 0);
}

async function idsInTopic({ log }: RunningSource, topic: string): Promise<bigint[][]> {
  const ends = await log.ends(topic);
  const ids: bigint[][] = ends.map(() => []);
  const from = ends.map(() => 0);
  for await (const { partition, value } of log.read(topic, from, ends)) {
    const id = value && readLong(value, WIRE_HEADER_BYTES)?.value;
    if (typeof id === 'bigint') ids[partition]?.push(id);
  }
  await log.close();
  return ids;
}
