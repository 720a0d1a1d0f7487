// What a poll costs when there is nothing new: counted in Postgres's own log, at the topic and at the state store.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres } from '../../local/servers/postgres';
import type { Server } from '../../local/servers/server';
import type { SourceConfig } from '../../src/config/source-model';
import type { TopicLog } from '../../src/kafka/topic-log';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { databaseTables } from '../../src/postgres/tables';
import { builtInRegistry } from '../../src/registry/built-in';
import { runSource } from '../../src/source/run';
import { countedState } from '../../src/state/counted';
import { memoryState } from '../../src/state/memory';
import { sourceConfig } from '../source-config';
import { memoryTopicLog } from '../src/kafka/memory-topic-log';
import { recordedMetrics } from '../src/metrics/recorded';
import { postgresConfig } from './source-harness';

jest.setTimeout(60_000);

let server: Server;
let client: Client;
let postgresLog: string;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-postgres-'));
  postgresLog = join(directory, 'postgres.log');
  server = await startPostgres({ directory, settings: ['log_statement=all', 'log_line_prefix=%a '] });
  client = new Client({ connectionString: server.url, application_name: 'test' });
  await client.connect();
  await client.query(`
    CREATE TABLE idle (
      id serial PRIMARY KEY, at timestamptz NOT NULL, tx xid8 NOT NULL DEFAULT pg_current_xact_id(), item text);
    INSERT INTO idle (at, item) SELECT '2026-01-01', 'item ' || n FROM generate_series(1, 5) n`);
});

afterAll(async () => {
  await client.end();
  await server.stop();
});

const POLL_MS = 20;
const POLLS = 10;
/** Polls until the rows are read and the catalog is known. */
const WARM_UP = 5;
/** Longer than asked for, so that no rest of a millisecond looks like another poll. */
const slept = () => sleep(POLL_MS + 5);
const noLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

interface Source {
  readonly config: SourceConfig;
  /** Called for each request. */
  readonly requested: (what: string) => void;
  readonly state: ReturnType<typeof memoryState>;
  readonly log: ReturnType<typeof memoryTopicLog>;
}

function source(settings: Partial<SourceConfig>, requested: (what: string) => void): Source {
  const log = memoryTopicLog();
  log.create('in-idle', 1);
  log.create('in-', 1);
  const tables = { types: ['TABLE'], whitelist: ['idle'] };
  const config = { ...sourceConfig, tables, pollIntervalMs: POLL_MS, tablePollIntervalMs: 600_000, ...settings };
  return { config, requested, state: memoryState(), log };
}

async function invoke(
  { config, requested, state, log }: Source,
  remainingMs: () => number,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const database = postgresDatabase(postgresConfig(server.url), { usersSearchPath: config.query !== undefined });
  const counted = countedState(state, { ...recordedMetrics(), add: requested });
  const topicLog: TopicLog = {
    ...log,
    ends: (topic) => {
      requested('Kafka');
      return log.ends(topic);
    },
  };
  await runSource({
    config,
    tables: databaseTables(database, config),
    log: topicLog,
    registry: builtInRegistry(memoryState()),
    state: counted,
    invocation: { id: 'test', now: Date.now, remainingMs, sleep: pause },
    requestTimeoutMs: 1000,
    logger: noLog,
    metrics: recordedMetrics(),
    looks: new Map(),
  });
  await database.close();
}

/** Requests to Kafka and to the state store of so many polls behind those that read the five rows, and queries as Postgres logs them. */
async function idlePolls(settings: Partial<SourceConfig>) {
  const requests: string[] = [];
  let isCounting = false;
  let polls = 0;
  let isOver = false;
  const running = source(settings, (what) => {
    if (isCounting) requests.push(what);
  });
  const mark = async (text: string) => client.query(`SELECT '${text} ${JSON.stringify(settings)}'`);
  const pause = async (ms: number) => {
    // The loop that looks for new tables sleeps longer.
    if (ms <= POLL_MS) polls += 1;
    if (ms <= POLL_MS && polls === WARM_UP) {
      await mark('begin');
      isCounting = true;
    }
    if (ms <= POLL_MS && polls === WARM_UP + POLLS) {
      isCounting = false;
      await mark('end');
      isOver = true;
    }
    await slept();
  };
  await invoke(running, () => (isOver ? 0 : 600_000), pause);
  const rows = [...running.log.records('in-idle'), ...running.log.records('in-')].flat();
  return { rows: rows.length, requests, queries: queriesBetween(`begin ${JSON.stringify(settings)}`, 'end ') };
}

/** Of the source, between two of the test's: what comes in one message is one. */
function queriesBetween(begin: string, end: string): readonly string[] {
  const lines = readFileSync(postgresLog, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith('test LOG') && line.includes(begin));
  const to = lines.findIndex((line, index) => index > from && line.startsWith(`test LOG:  statement: SELECT '${end}`));
  return lines.slice(from, to).filter((line) => /^connectless LOG: {2}(statement|execute)/.test(line));
}

describe('an idle poll', () => {
  test.each<[string, Partial<SourceConfig>]>([
    ['incrementing', { mode: 'incrementing' }],
    ['timestamp', { mode: 'timestamp', timestampColumn: ['at'] }],
    ['timestamp+incrementing', { mode: 'timestamp+incrementing', timestampColumn: ['at'] }],
    ['xid8', { mode: 'xid8' }],
    ['a query, incrementing', { mode: 'incrementing', query: 'SELECT * FROM public.idle', incrementingColumn: 'id' }],
    ['a query, timestamp', { mode: 'timestamp', query: 'SELECT * FROM public.idle', timestampColumn: ['at'] }],
  ])('%s: is one query, and no request to Kafka or to the state store', async (_, settings) => {
    const { rows, requests, queries } = await idlePolls(settings);
    expect({ rows, requests, queries: queries.length }).toEqual({ rows: 5, requests: [], queries: POLLS });
  });

  test('bulk: a copy is not due, and no row is asked for; a source that comes back before reads its cursor once', async () => {
    const requests: string[] = [];
    const bulk = { mode: 'bulk', pollIntervalMs: 3_600_000 } as const;
    const running = source(bulk, (what) => requests.push(what));
    const invocation = () => invoke(running, () => 600_000, slept);
    await invocation();
    expect(running.log.records('in-idle').flat()).toHaveLength(5);
    requests.length = 0;
    await client.query("SELECT 'begin bulk'");
    await invocation();
    await client.query("SELECT 'end bulk'");
    expect(requests).toEqual(['StateReads']);
    const queries = queriesBetween('begin bulk', 'end bulk');
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter((query) => query.includes('copied'))).toEqual([]);
  });
});
