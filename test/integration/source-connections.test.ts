// What a source asks of its connections to a real Postgres: a primary each time, an end to every statement, nothing left open.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres } from '../../local/servers/postgres';
import type { SourceConfig } from '../../src/config/source-model';
import { ConnectlessError } from '../../src/errors';
import type { TopicLog } from '../../src/kafka/topic-log';
import { type PostgresOptions, postgres } from '../../src/postgres/client';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { databaseTables } from '../../src/postgres/tables';
import { builtInRegistry } from '../../src/registry/built-in';
import { runSource } from '../../src/source/run';
import { memoryState } from '../../src/state/memory';
import { stallingProxy } from '../lambda-runtime/stalling-proxy';
import { sourceConfig } from '../source-config';
import { memoryTopicLog } from '../src/kafka/memory-topic-log';
import { recordedMetrics } from '../src/metrics/recorded';
import { eventually } from './eventually';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { postgresConfig } from './source-harness';

jest.setTimeout(60_000);

let fresh: FreshDatabase;
let client: Client;

beforeAll(async () => {
  fresh = await freshDatabase('connections');
  client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(`
    CREATE TABLE orders(id serial PRIMARY KEY, item text);
    INSERT INTO orders(item) SELECT 'item ' || n FROM generate_series(1, 50) n`);
});

afterAll(async () => {
  await client.end();
  await fresh.drop();
});

const table = { schema: 'public', name: 'orders' };
const allRows = { origin: { table }, beside: [], clauses: '' };
/** Of the sources, in this database. */
const sessions = async (condition: string): Promise<number> =>
  (
    await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'connectless' AND ${condition}`,
    )
  ).rowCount ?? 0;
const areGone = (condition: string) =>
  eventually(
    () => sessions(condition),
    (count) => count === 0,
    30_000,
  );

interface Run extends PostgresOptions {
  readonly log?: TopicLog;
  /** Sleeps. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Is called with each warning. */
  readonly onWarning?: (message: string) => void;
}

/** One invocation; the time is over when `remainingMs` says so. */
async function invoke(
  change: Partial<SourceConfig>,
  { log, onWarning = () => {}, pause = (ms) => sleep(ms), ...options }: Run,
): Promise<void> {
  const config = {
    ...sourceConfig,
    tables: { types: ['TABLE'], whitelist: ['orders'] },
    pollIntervalMs: 20,
    ...change,
  };
  const usersSearchPath = config.query !== undefined;
  const database = postgresDatabase(postgresConfig(fresh.url), { ...options, usersSearchPath });
  const state = memoryState();
  const topics = memoryTopicLog();
  topics.create('in-orders', 1);
  topics.create('in-', 1);
  await runSource({
    config,
    tables: databaseTables(database, config),
    log: log ?? topics,
    registry: builtInRegistry(state),
    state,
    invocation: {
      id: 'one',
      now: Date.now,
      remainingMs: options.remainingMs ?? (() => 60_000),
      sleep: pause,
    },
    requestTimeoutMs: 1000,
    logger: { debug: () => {}, info: () => {}, warn: onWarning, error: () => {} },
    metrics: recordedMetrics(),
    looks: new Map(),
  }).finally(() => database.close());
}

describe('a replica', () => {
  test('is refused at every connect, for a while only where there was a primary', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'connectless-replica-'));
    let server = await startPostgres({ directory });
    const config = postgresConfig(server.url);
    const asked = async (options: PostgresOptions) => {
      const connection = postgres(config, options);
      return connection.run('SELECT pg_is_in_recovery()').finally(() => connection.close());
    };
    const primary = { wasSeen: false };
    try {
      await asked({ primary });
      // Not stopped: its data would be gone.
      process.kill(server.pid, 'SIGINT');
      await eventually(
        async () => existsSync(join(directory, 'data', 'postmaster.pid')),
        (isUp) => !isUp,
        30_000,
      );
      writeFileSync(join(directory, 'data', 'standby.signal'), '');
      server = await startPostgres({ directory, port: config.port });

      await expect(asked({ primary })).rejects.toMatchObject({ code: 'POSTGRES_UNAVAILABLE', retryable: true });
      await expect(asked({ primary: { wasSeen: false } })).rejects.toMatchObject({
        code: 'READ_REPLICA',
        retryable: false,
        message: expect.stringContaining(`${config.port}`),
      });
      await expect(asked({})).resolves.toMatchObject([{ rows: [['t']] }]);

      const database = postgresDatabase(config);
      const warm = databaseTables(database, sourceConfig, new Set(['public.orders']));
      const { findings } = warm.open({ ...table, catalog: 'postgres', kind: 'r' }, fenceWork);
      expect(await findings()).toMatchObject([{ severity: 'error', code: 'READ_REPLICA' }]);
      await database.close();
    } finally {
      await server.stop();
    }
  });

  test('rights that are taken away are missed by the next invocation of the same process', async () => {
    const looked = new Set<string>();
    const findings = async () => {
      const database = postgresDatabase({ ...postgresConfig(fresh.url), user: 'reader', password: 'reader' });
      const tables = databaseTables(database, sourceConfig, looked);
      const { findings } = tables.open({ ...table, catalog: '', kind: 'r' }, fenceWork);
      return (await findings().finally(() => database.close())).map(({ code }) => code);
    };
    await client.query(
      `CREATE ROLE reader LOGIN PASSWORD 'reader' IN ROLE pg_read_all_stats; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
      GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO reader`,
    );
    try {
      expect(await findings()).toEqual(['INCREMENTING_COLUMN']);
      await client.query('REVOKE SELECT ON pg_catalog.pg_locks FROM PUBLIC');
      expect(await findings()).toEqual(['LOCKS_HIDDEN']);
    } finally {
      await client.query('DROP OWNED BY reader; DROP ROLE reader');
    }
  });
});

const fenceWork = {
  table: 'public.orders',
  invocation: { id: 'one', now: Date.now, remainingMs: () => 60_000, sleep: async () => {} },
  report: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  metrics: recordedMetrics(),
};

describe('a copy', () => {
  const bulk = { mode: 'bulk', batchMaxRows: 10 } as const;

  test('that failed is ended with its poll, before the invocation is over', async () => {
    const topics = memoryTopicLog();
    topics.create('in-orders', 1);
    let hasFailed = false;
    let remaining = 60_000;
    const append = async () => {
      hasFailed = true;
      throw new ConnectlessError('KAFKA_UNAVAILABLE', 'no', { retryable: true });
    };
    const pause = async (ms: number) => {
      if (!hasFailed) return sleep(ms);
      await areGone("state = 'idle in transaction'");
      remaining = 0;
    };
    await invoke(bulk, { log: { ...topics, append }, pause, remainingMs: () => remaining });
    expect(hasFailed).toBe(true);
    await areGone('true');
  });

  test('that the time was too short for is ended', async () => {
    let remaining = 60_000;
    const topics = memoryTopicLog();
    topics.create('in-orders', 1);
    const append: TopicLog['append'] = async (...args) => {
      remaining = 1500;
      return topics.append(...args);
    };
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    await invoke(bulk, { log: { ...topics, append }, onWarning, remainingMs: () => remaining });
    expect(warnings.join()).toContain('was not finished');
    await areGone('true');
  });

  test('is ended by the close of its database', async () => {
    const database = postgresDatabase(postgresConfig(fresh.url));
    const copy = database.copy(allRows, 10)[Symbol.asyncIterator]();
    await copy.next();
    expect(await sessions("state = 'idle in transaction'")).toBe(1);
    await database.close();
    await areGone('true');
  });

  test('of a process that is no more is ended by Postgres, when the invocation would have been over', async () => {
    const database = postgresDatabase(postgresConfig(fresh.url), { remainingMs: () => 1500 });
    await database.copy(allRows, 10)[Symbol.asyncIterator]().next();
    await areGone("state = 'idle in transaction'");
    await database.close();
  });
});

describe('a statement', () => {
  /** Until it has said something. */
  const untilWarned = async (change: Partial<SourceConfig>) => {
    const warnings: string[] = [];
    await invoke(change, {
      onWarning: (message) => warnings.push(message),
      remainingMs: () => (warnings.length === 0 ? 3000 : 0),
    });
    return warnings;
  };

  test('that takes longer than the invocation is ended by Postgres, and the index that is missing is named', async () => {
    await client.query(`
      CREATE VIEW slow AS SELECT id, item FROM orders, LATERAL (SELECT pg_sleep(30) WHERE id > 0) s`);
    const slow = 'SELECT id, item FROM slow';
    const [warning] = await untilWarned({ query: slow, incrementingColumn: 'id' });
    expect(warning).toMatch(
      /The query: Postgres at .* ended a statement .* Make an index on "id".* raise connectless\.function\.timeout\.ms/,
    );
    await areGone('true');
  });

  test("is not given longer than the user's own statement_timeout", async () => {
    await client.query(`CREATE ROLE hasty LOGIN PASSWORD 'hasty'; ALTER ROLE hasty SET statement_timeout = '200ms'`);
    const config = { ...postgresConfig(fresh.url), user: 'hasty', password: 'hasty' };
    const connection = postgres(config, { remainingMs: () => 600_000 });
    try {
      await expect(connection.run('SELECT pg_sleep(300)')).rejects.toMatchObject({
        code: 'POSTGRES_STATEMENT_TIMEOUT',
        retryable: true,
      });
      expect(await connection.run('SELECT 1; SELECT 2')).toMatchObject([{ rows: [['1']] }, { rows: [['2']] }]);
    } finally {
      await connection.close();
      await client.query('DROP ROLE hasty');
    }
  });

  test('is not sent when the time is over', async () => {
    const connection = postgres(postgresConfig(fresh.url), { remainingMs: () => 0 });
    await expect(connection.run('SELECT 1')).rejects.toMatchObject({ code: 'OUT_OF_TIME', retryable: true });
    await connection.close();
  });

  test('whose answer the network swallows is given up, and so is the connection', async () => {
    const { host, port, ...config } = postgresConfig(fresh.url);
    const proxy = await stallingProxy(`${host}:${port}`);
    const [address = '', at] = proxy.address.split(':');
    const connection = postgres({ ...config, host: address, port: Number(at) }, { remainingMs: () => 1500 });
    try {
      await connection.run('SELECT 1');
      proxy.stall();
      await expect(connection.run('SELECT 2')).rejects.toMatchObject({ code: 'POSTGRES_UNAVAILABLE', retryable: true });
      proxy.goOn();
      await expect(connection.run('SELECT 3')).resolves.toMatchObject([{ rows: [['3']] }]);
      proxy.stall();
      await connection.close();
    } finally {
      await proxy.close();
    }
  });

  test.each<[string, Partial<SourceConfig>]>([
    ['a suffix', { querySuffix: 'FOR UPDATE' }],
    ['a query', { query: `SELECT id, nextval('orders_id_seq') AS next FROM orders`, incrementingColumn: 'id' }],
  ])('that writes, in %s, ends the source and says so', async (_, change) => {
    await expect(invoke(change, {})).rejects.toMatchObject({
      code: 'QUERY_WRITES',
      message: expect.stringMatching(/read-only transaction.* take out of query and query\.suffix/),
    });
  });
});
