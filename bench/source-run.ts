// Reads one table to its end as the source's function does, or does a part of that alone; prints what it took, as JSON.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { KafkaConfig, PostgresConfig } from '../src/config/model';
import type { DatabaseConfig, SourceConfig } from '../src/config/source-model';
import { kafkaTopicLog } from '../src/kafka/kafka-topic-log';
import { logger } from '../src/log';
import type { Metrics } from '../src/metrics/metrics';
import { openDatabase } from '../src/postgres/open';
import { postgresDatabase } from '../src/postgres/postgres-database';
import { databaseTables } from '../src/postgres/tables';
import { builtInRegistry } from '../src/registry/built-in';
import { batchEncoder } from '../src/source/batch';
import { collectLessOften } from '../src/source/heap';
import { placed } from '../src/source/placing';
import { runSource } from '../src/source/run';
import { directoryState } from '../src/state/directory';
import { memoryState } from '../src/state/memory';
import { sourceConfig } from '../test/source-config';
import { type Sample, sampled } from './source-samples';

/** `source`: everything; `copy`: the rows come by COPY and are not looked at; `produce`: rows that are in memory are encoded and produced. */
export type Part = 'source' | 'copy' | 'produce';

export interface Job {
  readonly part: Part;
  readonly database: DatabaseConfig;
  readonly postgres: PostgresConfig;
  readonly brokers: string;
  readonly table: string;
  readonly topicPrefix: string;
  readonly rows: number;
  readonly batchMaxRows: number;
  readonly stateDirectory: string;
}

export interface Done {
  readonly wallSeconds: number;
  /** Of the process, all threads, from the first call to the last acknowledgement. */
  readonly cpuSeconds: number;
  readonly samples: readonly Sample[];
}

/** What the rows that are held in memory are of the table. */
const HELD_ROWS = 20_000;
const job: Job = JSON.parse(process.argv[2] ?? '');
const kafka: KafkaConfig = {
  brokers: job.brokers.split(','),
  securityProtocol: 'PLAINTEXT',
  clientId: 'bench',
  requestTimeoutMs: 30_000,
};
const config: SourceConfig = {
  ...sourceConfig,
  name: 'bench',
  database: job.database,
  tables: { types: ['TABLE'], whitelist: [job.table] },
  topicPrefix: job.topicPrefix,
  batchMaxRows: job.batchMaxRows,
};

/** Until so many rows are known to be in the topic: the invocation's time is over then. */
async function source(counted: (rows: number) => void): Promise<void> {
  const database = await openDatabase(config);
  const log = kafkaTopicLog(kafka);
  const state = directoryState(job.stateDirectory);
  let landed = 0;
  const metrics: Metrics = {
    add: (name, value) => {
      if (name !== 'SourceRows') return;
      landed += value;
      counted(landed);
    },
    since: () => {},
    flush: () => {},
  };
  const remainingMs = () => (landed < job.rows ? 900_000 : 0);
  try {
    await runSource({
      config,
      tables: databaseTables(database, config),
      log,
      registry: builtInRegistry(state),
      state,
      invocation: { id: 'bench', now: Date.now, remainingMs, sleep: (ms) => sleep(ms) },
      requestTimeoutMs: kafka.requestTimeoutMs,
      logger,
      metrics,
      looks: new Map(),
    });
  } finally {
    await Promise.all([log.close(), database.close()]);
  }
}

/** The lines of COPY, as pg's parser hands them over. */
async function copy(counted: (rows: number) => void): Promise<void> {
  const { user, password, host, port, database } = job.postgres;
  const client = new Client({ user, password, host, port, database });
  await client.connect();
  let lines = 0;
  await new Promise<void>((resolve, reject) => {
    client.query({
      submit: (connection: { query(text: string): void }) => connection.query(`COPY ${job.table} TO STDOUT`),
      handleCopyData: () => {
        lines += 1;
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    } as never);
  });
  counted(lines);
  await client.end();
}

/** The same encoder, the same sends, page after page. */
async function producer(): Promise<(counted: (rows: number) => void) => Promise<void>> {
  const database = postgresDatabase(job.postgres);
  const table = { schema: 'public', name: job.table };
  const selected = await database.select({ origin: { table }, beside: [], clauses: 'ORDER BY 1', rows: HELD_ROWS });
  await database.close();
  const topic = job.topicPrefix + job.table;
  const encode = batchEncoder(table, { topic, types: config.types }, builtInRegistry(memoryState()), async () => []);
  const pages = Array.from({ length: HELD_ROWS / job.batchMaxRows }, (_, index) => ({
    columns: selected.columns,
    rows: selected.rows.slice(index * job.batchMaxRows, (index + 1) * job.batchMaxRows),
    idIndex: 0,
    last: {},
    isLast: false,
  }));
  return async (counted) => {
    const log = kafkaTopicLog(kafka);
    const { length: partitions } = await log.ends(topic);
    for (let sent = 0, page = 0; sent < job.rows; sent += job.batchMaxRows, page += 1) {
      const next = pages[page % pages.length];
      if (next === undefined) throw new Error('fewer rows than a page');
      await log.append(topic, placed(await encode(next), partitions, undefined).messages);
      counted(sent + job.batchMaxRows);
    }
    await log.close();
  };
}

async function main(): Promise<void> {
  collectLessOften();
  const work = { source: async () => source, copy: async () => copy, produce: producer }[job.part];
  const ready = await work();
  const samples = sampled(job.rows);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await ready(samples.counted);
  const { user, system } = process.cpuUsage(cpu);
  const wallSeconds = (performance.now() - start) / 1000;
  const done: Done = { wallSeconds, cpuSeconds: (user + system) / 1e6, samples: samples.taken };
  console.log(JSON.stringify(done));
}

void main();
