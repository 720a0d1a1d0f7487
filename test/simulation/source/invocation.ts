// One invocation of the source in a schedule: the code itself, on a made-up database, topic and state.
import { isDeepStrictEqual } from 'node:util';
import type { SourceConfig, TableSettings } from '../../../src/config/source-model';
import { ConnectlessError } from '../../../src/errors';
import type { Log } from '../../../src/log';
import type { Cursor } from '../../../src/source/cursor';
import { parseCursor } from '../../../src/source/cursor-json';
import type { FenceWork } from '../../../src/source/fence-wait';
import type { Mode } from '../../../src/source/mode';
import { bulkMode } from '../../../src/source/modes/bulk';
import { incrementingMode } from '../../../src/source/modes/incrementing';
import { timestampMode } from '../../../src/source/modes/timestamp';
import { xid8Mode } from '../../../src/source/modes/xid8';
import { runSource, type SourceRun } from '../../../src/source/run';
import { tableChoice } from '../../../src/source/table-choice';
import type { StateStore } from '../../../src/state/store';
import { sourceConfig } from '../../source-config';
import { cure } from './human';
import { REQUEST_TIMEOUT_MS, topicLog } from './log';
import { newProcess, type Process } from './process';
import { bulkReader, incrementingReader, type Reading, timestampReader, xidReader } from './readers';
import type { SourceWorld, TableWorld } from './world';

/** Answers when the invocation has ended or its process is dead. */
export async function invoke(world: SourceWorld, lasts: number): Promise<void> {
  const process = newProcess(world, lasts);
  world.alive += 1;
  try {
    await Promise.race([runSource(runOf(world, process)), process.death]);
    process.say('has ended');
  } catch (error) {
    process.say(`throws ${error}`);
    await stopped(world, error);
  } finally {
    world.alive -= 1;
  }
}

function runOf(world: SourceWorld, process: Process): SourceRun {
  const { id, now, remainingMs, sleep, say } = process;
  const config = configOf(world);
  const run: SourceRun = {
    config,
    tables: {
      list: async () => world.tables.map(({ name }) => ({ catalog: 'db', schema: 'public', name, kind: 'r' })),
      open: (found, work) => {
        const table = world.tables.find(({ name }) => name === found.name);
        if (table === undefined) throw new Error(`there is no table ${found.name}`);
        return {
          choice: tableChoice(config, found),
          mode: modeOf(world, table, process, work),
          primaryKey: async () => ['key'],
          findings: async () => [],
        };
      },
      openQuery: () => {
        throw new Error('there is no query');
      },
    },
    ...world.metrics.of(topicLog(world, process)),
    looks: world.random.chance(0.2) ? new Map() : world.looks,
    registry: world.registry,
    state: stateOf(world, process),
    invocation: { id, now, remainingMs, sleep },
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    logger: storyLog(say),
  };
  return world.mutation.run?.(run) ?? run;
}

function configOf({ profile, tables }: SourceWorld): SourceConfig {
  const settings: TableSettings = profile.key === undefined ? {} : { key: profile.key };
  return {
    ...sourceConfig,
    name: 'simulated',
    mode: profile.mode,
    incrementingColumn: 'id',
    timestampColumn: ['time'],
    tableSettings: new Map(tables.map(({ name }) => [name, settings])),
    pollIntervalMs: profile.mode === 'bulk' ? 900 : 500,
  };
}

function modeOf(world: SourceWorld, table: TableWorld, { step }: Process, work: FenceWork): Mode {
  const { random, clock, profile, mutation } = world;
  const { mode, pageRows } = profile;
  const db = mutation.database?.(table.db) ?? table.db;
  const reading: Reading = { db, random, clock, pageRows, step: (label) => step(`${table.name} ${label}`) };
  switch (mode) {
    case 'incrementing':
      return incrementingMode(incrementingReader(reading), work);
    case 'xid8':
      return xid8Mode(xidReader(reading), work);
    case 'bulk':
      return bulkMode(
        bulkReader(reading, (rows) => table.copies.push(rows) - 1),
        { ...work, pollIntervalMs: 900 },
      );
    default:
      return timestampMode(timestampReader(reading, mode === 'timestamp+incrementing'), { ...work, delayMs: 0 });
  }
}

/** A call may fail before its effect or after it. */
function stateOf(world: SourceWorld, { step, strike }: Process): StateStore {
  const { state } = world;
  const around = async <Answer>(label: string, effect: () => Promise<Answer>): Promise<Answer> => {
    await step(label);
    const answer = await effect();
    if (strike(0.03)) throw new ConnectlessError('INJECTED', `${label}: the answer was lost`, { retryable: true });
    await step('answered');
    return answer;
  };
  const noted = async (key: string, body: Buffer, write: () => Promise<string | undefined>) => {
    const table = world.tables.find(({ name }) => key.endsWith(`.${name}.json`));
    const before = await state.read(key);
    const version = await write();
    if (table !== undefined && version !== undefined)
      note(table, parseCursor(body, key), before && parseCursor(before.body, key));
    return version;
  };
  return {
    read: (key) => around('read cursor', () => state.read(key)),
    create: (key, body) => around(`create ${short(body)}`, () => noted(key, body, () => state.create(key, body))),
    replace: (key, body, version) =>
      around(`replace ${short(body)}`, () => noted(key, body, () => state.replace(key, body, version))),
    list: (prefix) => state.list(prefix),
  };
}

function note(table: TableWorld, { position }: Cursor, before: Cursor | undefined): void {
  table.announcedAt = table.topic.history.length;
  if (!isDeepStrictEqual(position, before?.position)) table.movedAt = table.announcedAt;
  table.copied.add(position.copied);
}

function short(body: Buffer): string {
  return body.toString().replace(/"[A-Za-z0-9+/]{20,}=*"/g, '…');
}

function storyLog(say: (line: string) => void): Log {
  const write = (message: string, fields = {}) =>
    say(`${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value))}`);
  return { debug: write, info: write, warn: write, error: write };
}

/** The source stopped: for a reason that a human takes away, or without one. */
async function stopped(world: SourceWorld, error: unknown): Promise<void> {
  const code = error instanceof ConnectlessError ? error.code : '';
  const topic = /^Topic (\S+):/.exec(String(error instanceof Error ? error.message : ''))?.[1];
  const table = world.tables.find(({ name }) => `in-${name}` === topic);
  if (table === undefined || !isReason(table, code)) {
    world.unexpected.push(`${error}`);
    return;
  }
  world.stops.set(code, (world.stops.get(code) ?? 0) + 1);
  await cure(world, table);
}

const REASONS: Readonly<Record<string, readonly string[]>> = {
  TOPIC_RECREATED: ['recreation'],
  INTENT_EXPIRED: ['retention'],
  TOPIC_COMPACTED: ['compaction', 'strangers', 'retention'],
};

function isReason({ events }: TableWorld, code: string): boolean {
  return (REASONS[code] ?? []).some((event) => events.has(event));
}
