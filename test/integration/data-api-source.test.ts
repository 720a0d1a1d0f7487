// A whole source through the RDS Data API's emulator: every mode brings what it brings through pg, and what an idle source asks is one call.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type DataApiServer, startDataApi } from '../../local/data-api/server';
import type { DataApiConfig, SourceConfig } from '../../src/config/source-model';
import { dataApiDatabase } from '../../src/data-api/database';
import type { Database } from '../../src/postgres/database';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { databaseTables } from '../../src/postgres/tables';
import { builtInRegistry } from '../../src/registry/built-in';
import { runSource } from '../../src/source/run';
import { memoryState } from '../../src/state/memory';
import { sourceConfig } from '../source-config';
import { memoryTopicLog } from '../src/kafka/memory-topic-log';
import { recordedMetrics } from '../src/metrics/recorded';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { postgresConfig } from './source-harness';

const place: DataApiConfig = {
  clusterArn: 'arn:aws:rds:us-east-1:000000000000:cluster:modes',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:modes',
  database: '',
};
let fresh: FreshDatabase;
let client: Client;
let api: DataApiServer;

beforeAll(async () => {
  fresh = await freshDatabase('dataapi');
  client = new Client({ connectionString: fresh.url });
  await client.connect();
  api = await startDataApi({ ...place, url: () => fresh.url });
  process.env.AWS_ENDPOINT_URL_RDS_DATA = api.endpoint;
  await client.query(`
    CREATE TABLE orders(id serial PRIMARY KEY, item text, price numeric(10,2), at timestamptz NOT NULL, tx xid8 NOT NULL DEFAULT pg_current_xact_id());
    INSERT INTO orders(item, price, at)
    SELECT repeat('é', n), n / 7.0, timestamptz '2024-01-01' + n * interval '1 second' FROM generate_series(1, 25) n`);
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_RDS_DATA;
  await api.close();
  await client.end();
  await fresh.drop();
});

/** What is in the topic, by partition, after so many milliseconds of polls. */
async function brought(database: Database, change: Partial<SourceConfig>, lastsMs: number): Promise<string[]> {
  const config = { ...sourceConfig, batchMaxRows: 10, pollIntervalMs: 100, ...change };
  const log = memoryTopicLog();
  log.create('in-orders', 2);
  const state = memoryState();
  const deadline = Date.now() + lastsMs + 2000;
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  await runSource({
    config,
    tables: databaseTables(database, config),
    log,
    registry: builtInRegistry(state),
    state,
    invocation: { id: 'one', now: Date.now, remainingMs: () => deadline - Date.now(), sleep: (ms) => sleep(ms) },
    requestTimeoutMs: 1000,
    logger: silent,
    metrics: recordedMetrics(),
    looks: new Map(),
  }).finally(() => database.close());
  return log.records('in-orders').flatMap((records) => records.map(({ value }) => value?.toString('hex') ?? 'null'));
}

function throughDataApi(usersSearchPath: boolean): Database {
  return dataApiDatabase({ ...place, database: new URL(fresh.url).pathname.slice(1) }, { usersSearchPath });
}

describe('the Data API', () => {
  test.each<[string, Partial<SourceConfig>]>([
    ['mode=incrementing', {}],
    ['mode=timestamp', { mode: 'timestamp', timestampColumn: ['at'] }],
    ['mode=timestamp+incrementing', { mode: 'timestamp+incrementing', timestampColumn: ['at'] }],
    ['connectless.mode=xid8', { mode: 'xid8' }],
    ['mode=bulk', { mode: 'bulk', pollIntervalMs: 600_000 }],
    [
      'a query',
      { query: 'SELECT id, item FROM orders WHERE id > 3', incrementingColumn: 'id', topicPrefix: 'in-orders' },
    ],
  ])(
    '%s brings the same records as pg does, each once',
    async (_, change) => {
      const usersSearchPath = change.query !== undefined;
      const [theirs, ours] = await Promise.all([
        brought(postgresDatabase(postgresConfig(fresh.url), { usersSearchPath }), change, 2500),
        brought(throughDataApi(usersSearchPath), change, 2500),
      ]);
      expect(ours).toEqual(theirs);
      expect(ours).toHaveLength(change.query === undefined ? 25 : 22);
    },
    30_000,
  );

  test.each<[string, Partial<SourceConfig>]>([
    ['mode=incrementing', {}],
    ['mode=timestamp', { mode: 'timestamp', timestampColumn: ['at'] }],
    ['connectless.mode=xid8', { mode: 'xid8' }],
  ])(
    'is called once for whatever an idle source asks in %s',
    async (_, change) => {
      const callsBefore: number[] = [];
      const database = throughDataApi(false);
      const counting: Database = {
        ...database,
        query: (...statements) => {
          callsBefore.push(api.calls.length);
          return database.query(...statements);
        },
        select: (selection) => {
          callsBefore.push(api.calls.length);
          return database.select(selection);
        },
      };
      const ended = brought(counting, change, 4000);
      await sleep(3000);
      const questions = callsBefore.length;
      await ended;
      expect(callsBefore.length - questions).toBeGreaterThan(5);
      expect(api.calls.length - Number(callsBefore[questions])).toBe(callsBefore.length - questions);
    },
    30_000,
  );
});
