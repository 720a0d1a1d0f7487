// A recorded situation played again: our source on a real Postgres, its topics in memory.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { readWireHeader, WIRE_HEADER_BYTES } from '../../../src/avro/wire';
import { validateFiles } from '../../../src/config/load';
import type { SourceConfig } from '../../../src/config/source-model';
import { messageOf } from '../../../src/errors';
import { postgresDatabase } from '../../../src/postgres/postgres-database';
import { databaseTables } from '../../../src/postgres/tables';
import { builtInRegistry } from '../../../src/registry/built-in';
import { printOffsets } from '../../../src/source/connect-offsets';
import { parseCursor } from '../../../src/source/cursor-json';
import { runSource } from '../../../src/source/run';
import { memoryState } from '../../../src/state/memory';
import { decodeExactly } from '../../fixtures/golden/source/read';
import { memoryTopicLog } from '../../src/kafka/memory-topic-log';
import { recordedMetrics } from '../../src/metrics/recorded';
import { freshDatabase } from '../fresh-database';
import { postgresConfig } from '../source-harness';
import type { Phase, Situation } from './recorded';

export interface Key {
  readonly schema: unknown;
  /** Behind the registry's header, hex. */
  readonly datum: string;
}

/** What our source did, in the terms of the recording. */
export interface Played {
  readonly phase: string;
  readonly topics: ReadonlyMap<
    string,
    {
      readonly schemas: readonly unknown[];
      readonly values: readonly unknown[];
      readonly keys: readonly (Key | null)[];
    }
  >;
  readonly offsets: Phase['offsets'];
  readonly error: string | undefined;
}

/** Faults of the configuration, or what came of each phase. */
export async function play(situation: Situation): Promise<{ readonly faults: readonly string[] } | readonly Played[]> {
  const fresh = await freshDatabase('golden');
  const client = new Client({ connectionString: fresh.url });
  try {
    const { config, faults } = await configOf(situation, fresh.url);
    if (config === undefined) return { faults };
    await client.connect();
    for (const statement of situation.setup) await client.query(statement);
    return await phases(situation, config, client);
  } finally {
    await client.end();
    await fresh.drop();
  }
}

async function configOf({ name, config }: Situation, url: string) {
  const { host, port, database, user, password } = postgresConfig(url);
  const directory = mkdtempSync(join(tmpdir(), 'golden-source-'));
  const properties = {
    name,
    'connection.url': `jdbc:postgresql://${host}:${port}/${database}?sslmode=disable`,
    'connection.user': user,
    'connection.password': password,
    ...config,
    'poll.interval.ms': config.mode === 'bulk' ? '700' : '100',
  };
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\')}\n`);
  const worker = [
    'bootstrap.servers=127.0.0.1:9092',
    'key.converter=io.confluent.connect.avro.AvroConverter',
    'value.converter=io.confluent.connect.avro.AvroConverter',
    `value.converter.schema.registry.url=file://${directory}`,
    `connectless.state.url=file://${directory}`,
  ];
  try {
    writeFileSync(join(directory, 'source.properties'), lines.join(''));
    writeFileSync(join(directory, 'worker.properties'), worker.join('\n'));
    const files = ['worker.properties', 'source.properties'].map((file) => join(directory, file));
    const { config: pipeline, faults } = await validateFiles(files[0] ?? '', files.slice(1));
    const found = pipeline?.connectors.find((connector): connector is SourceConfig => connector.kind === 'source');
    return { config: found, faults: faults.map(({ property, what, write }) => `${property}: ${what}; ${write}`) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** How long nothing must come for a phase to be over. */
const QUIET_MS = 900;

async function phases(situation: Situation, config: SourceConfig, client: Client): Promise<Played[]> {
  const source = started(config);
  const played: Played[] = [];
  try {
    for (const phase of situation.phases) {
      for (const statement of phase.sql) await client.query(statement);
      await source.quiet(phase);
      played.push({ phase: phase.name, ...(await source.seen(situation)) });
    }
    return played;
  } finally {
    await source.stop();
  }
}

function started(config: SourceConfig) {
  const { log, topics } = growingLog();
  const state = memoryState();
  const registry = builtInRegistry(state);
  const database = postgresDatabase(postgresOf(config), { usersSearchPath: config.query !== undefined });
  let error: string | undefined;
  let deadline = Date.now() + 600_000;
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const ended = runSource({
    config,
    tables: databaseTables(database, config),
    log,
    registry,
    state,
    invocation: { id: 'golden', now: Date.now, remainingMs: () => deadline - Date.now(), sleep: (ms) => sleep(ms) },
    requestTimeoutMs: 1000,
    logger: {
      ...silent,
      error: (_, about) => {
        error = messageOf(about?.error);
      },
    },
    metrics: recordedMetrics(),
    looks: new Map(),
  }).catch((failure: unknown) => {
    error = messageOf(failure);
  });
  const count = () => topics().reduce((sum, topic) => sum + log.records(topic).flat().length, 0);

  return {
    quiet: async ({ topics: recorded }: Phase) => {
      const wanted = [...recorded.values()].reduce((sum, { messages }) => sum + messages.length, 0);
      for (let before = -1, tries = 0; tries < 10 && (count() !== before || count() < wanted); tries += 1) {
        before = count();
        await sleep(QUIET_MS);
      }
    },
    seen: async ({ name }: Situation) => ({
      topics: new Map(
        await Promise.all(
          topics().map(async (topic) => {
            const records = log.records(topic).flat();
            const values = await Promise.all(records.map(async ({ value }) => decoded(value, registry)));
            const keys = await Promise.all(records.map(({ key }) => keyOf(key, registry)));
            const schemas = values.map(({ schema }) => schema);
            return [
              topic.slice(`p3c.${name}.`.length),
              { schemas, keys, values: values.map(({ value }) => value) },
            ] as const;
          }),
        ),
      ),
      offsets: await offsetsOf(state, config.name),
      error,
    }),
    stop: async () => {
      deadline = Date.now() + 500;
      await ended;
      await database.close();
    },
  };
}

function postgresOf({ database }: SourceConfig) {
  if ('clusterArn' in database) throw new Error('it is recorded on Postgres');
  return database;
}

/** A topic is there when it is asked for. */
function growingLog() {
  const log = memoryTopicLog();
  const names = new Set<string>();
  const grown = {
    ...log,
    ends: async (topic: string) => {
      if (!names.has(topic)) log.create(topic, 1);
      names.add(topic);
      return log.ends(topic);
    },
  };
  return { log: grown, topics: () => [...names].filter((topic) => log.records(topic).flat().length > 0) };
}

async function keyOf(key: Buffer | null, registry: ReturnType<typeof builtInRegistry>): Promise<Key | null> {
  if (key === null) return null;
  const schema = await registry.schemaById(readWireHeader(key) ?? -1);
  return { schema: JSON.parse(schema), datum: key.subarray(WIRE_HEADER_BYTES).toString('hex') };
}

async function decoded(value: Buffer | null, registry: ReturnType<typeof builtInRegistry>) {
  if (value === null) throw new Error('a record without a value');
  const schema = await registry.schemaById(readWireHeader(value) ?? -1);
  return { schema: JSON.parse(schema), value: decodeExactly(schema, value.subarray(WIRE_HEADER_BYTES)) };
}

async function offsetsOf(state: ReturnType<typeof memoryState>, connector: string): Promise<Phase['offsets']> {
  const keys = await state.list(`source/${connector}/`);
  const cursors = await Promise.all(
    keys.map(async (key) => parseCursor((await state.read(key))?.body ?? Buffer.alloc(0), key)),
  );
  return JSON.parse(printOffsets(cursors)).offsets;
}
