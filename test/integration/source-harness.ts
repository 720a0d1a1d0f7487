// What the source's tests on real servers share: a source that runs in this process, and what it left in the topic.
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { readWireHeader, WIRE_HEADER_BYTES } from '../../src/avro/wire';
import type { KafkaConfig, PostgresConfig } from '../../src/config/model';
import type { SourceConfig } from '../../src/config/source-model';
import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import type { TopicLog } from '../../src/kafka/topic-log';
import type { Log } from '../../src/log';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { databaseTables } from '../../src/postgres/tables';
import { builtInRegistry } from '../../src/registry/built-in';
import type { SchemaRegistry } from '../../src/registry/registry';
import { runSource } from '../../src/source/run';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { decodeExactly } from '../fixtures/golden/source/read';
import { sourceConfig } from '../source-config';
import { type RecordedMetrics, recordedMetrics } from '../src/metrics/recorded';
import { environment } from './environment';
import { eventually } from './eventually';
import { freshName } from './fresh-topic';

export function postgresConfig(url: string): PostgresConfig {
  const { hostname, port, pathname, username, password } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    sslMode: 'disable',
  };
}

function kafkaConfig(): KafkaConfig {
  const brokers = environment().kafkaBrokers.split(',');
  return { brokers, securityProtocol: 'PLAINTEXT', clientId: 'test', requestTimeoutMs: 2000 };
}

/** A prefix that no other test has, and behind it a topic for each of the tables. */
export async function freshTopics(tables: readonly string[], partitions = 1): Promise<string> {
  const prefix = `${freshName('source')}-`;
  const admin = new Kafka({ brokers: environment().kafkaBrokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = tables.map((table) => ({ topic: prefix + table, numPartitions: partitions }));
  await admin.createTopics({ topics, waitForLeaders: false });
  // kafkajs, asked to wait for the leaders, gives up at a broker that has not yet heard of the topics.
  const names = topics.map(({ topic }) => topic);
  const isKnown = () =>
    admin.fetchTopicMetadata({ topics: names }).then(
      () => true,
      () => false,
    );
  await eventually(isKnown, Boolean);
  await admin.disconnect();
  return prefix;
}

export interface RunningSource {
  /** What it logged, warnings and errors. */
  readonly lines: readonly string[];
  readonly log: TopicLog;
  readonly metrics: RecordedMetrics;
  /** The topic's records, decoded. */
  records(topic: string): Promise<{ schema: string; value: Readonly<Record<string, unknown>> }[]>;
  /** Until a condition holds. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Lets the invocation end; throws what it threw. */
  stop(): Promise<void>;
}

type Settings = Pick<SourceConfig, 'topicPrefix'> & Partial<SourceConfig>;

/** One invocation that lasts until it is stopped. @param state of one before it, its registry's too; @default empty */
export function startSource(url: string, settings: Settings, state: StateStore = memoryState()): RunningSource {
  const config: SourceConfig = {
    ...sourceConfig,
    name: 'test',
    database: postgresConfig(url),
    pollIntervalMs: 50,
    tablePollIntervalMs: 1000,
    ...settings,
  };
  const kafka = kafkaConfig();
  let deadline = Date.now() + 600_000;
  const remainingMs = () => deadline - Date.now();
  const database = postgresDatabase(postgresConfig(url), {
    usersSearchPath: config.query !== undefined,
    remainingMs,
    ...(config.mode === 'bulk' ? {} : { primary: { wasSeen: false } }),
  });
  const log = kafkaTopicLog(kafka);
  const registry = builtInRegistry(state);
  const lines: string[] = [];
  const metrics = recordedMetrics();
  const running = runSource({
    config,
    tables: databaseTables(database, config),
    log,
    registry,
    state,
    invocation: { id: 'test', now: Date.now, remainingMs, sleep: (ms) => sleep(ms) },
    requestTimeoutMs: kafka.requestTimeoutMs,
    logger: keepLines(lines),
    metrics,
    looks: new Map(),
  });
  let failure: unknown;
  const ended = running.catch((error: unknown) => {
    failure = error;
  });
  return {
    lines,
    log,
    metrics,
    records: (topic) => decodedRecords(log, registry, topic),
    until: async (condition) => {
      while (!(await condition())) {
        if (failure !== undefined) throw failure;
        await sleep(50);
      }
    },
    stop: async () => {
      deadline = Date.now() + 1000;
      await ended;
      await Promise.all([database.close(), log.close()]);
      if (failure !== undefined) throw failure;
    },
  };
}

async function decodedRecords(log: TopicLog, registry: SchemaRegistry, topic: string) {
  const ends = await log.ends(topic);
  const records = [];
  const from = ends.map(() => 0);
  for await (const { value } of log.read(topic, from, ends)) {
    if (value === null) throw new Error('a record without a value');
    const schema = await registry.schemaById(readWireHeader(value) ?? -1);
    records.push({ schema, value: decodeExactly(schema, value.subarray(WIRE_HEADER_BYTES)) });
  }
  return records;
}

function keepLines(lines: string[]): Log {
  const keep = (message: string, fields = {}) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { debug: () => undefined, info: () => undefined, warn: keep, error: keep };
}
