// One schedule of the source's protocol: invocations that crash, fail, stall past their lease or overlap, all chosen by a seed.
import type { SourceConfig } from '../../src/config/source-model';
import { ConnectlessError } from '../../src/errors';
import type { Log } from '../../src/log';
import type { SchemaRegistry } from '../../src/registry/registry';
import type { Looks } from '../../src/source/looks';
import { incrementingMode } from '../../src/source/modes/incrementing';
import { runSource, type SourceRun } from '../../src/source/run';
import { tableChoice } from '../../src/source/table-choice';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { sourceConfig } from '../source-config';
import { type Random, random } from './random';
import { idIn, type SourceMetrics, sourceMetrics } from './source-metrics';
import { type SourceTable, sourceTable } from './source-table';
import { REQUEST_TIMEOUT_MS, type SourceTopic, sourceTopic } from './source-topic';
import { type VirtualClock, virtualClock } from './virtual-clock';

interface World {
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly table: SourceTable;
  readonly topic: SourceTopic;
  readonly state: StateStore;
  readonly registry: SchemaRegistry;
  readonly metrics: SourceMetrics;
  readonly looks: Looks;
  readonly story: string[];
  faultsLeft: number;
  invocations: number;
}

export interface Outcome {
  readonly lost: readonly bigint[];
  readonly doubled: readonly bigint[];
  /** Partitions whose rows are not in the order of their ids. */
  readonly disordered: readonly number[];
  /** Rows in the topic. */
  readonly rows: number;
  readonly metrics: SourceMetrics;
  readonly story: readonly string[];
}

const config: SourceConfig = { ...sourceConfig, name: 'simulated', pollIntervalMs: 300, batchMaxRows: 1 };

/** `fenced: false` reads without waiting for anybody. */
export async function runSourceSchedule(seed: number, fenced = true): Promise<Outcome> {
  const choose = random(seed);
  const clock = virtualClock();
  const table = sourceTable(choose, clock);
  const world: World = {
    random: choose,
    clock,
    table,
    metrics: sourceMetrics(table, clock),
    looks: new Map(),
    topic: sourceTopic(choose, clock),
    state: memoryState(),
    registry: memoryRegistry(),
    story: [],
    faultsLeft: choose.pick([0, 1, 3, 12]),
    invocations: 0,
  };
  await clock.run(wholeStory(world, fenced));
  return verdict(world);
}

async function wholeStory(world: World, fenced: boolean): Promise<void> {
  const { random: choose, clock, table } = world;
  let isWriting = true;
  const writing = table.write(24).then(() => {
    isWriting = false;
  });
  const overlapping: Promise<void>[] = [];
  while (isWriting) {
    const invocation = invoke(world, choose.integer(2500, 6000), fenced);
    if (choose.chance(0.2)) overlapping.push(invocation);
    else await invocation;
    await clock.sleep(choose.integer(0, 200));
  }
  await Promise.all([writing, ...overlapping]);
  world.faultsLeft = 0;
  await invoke(world, 30_000, fenced);
}

/** Answers when the invocation has ended or its process is dead. */
async function invoke(world: World, lasts: number, fenced: boolean): Promise<void> {
  const { random: choose, clock, topic, table, story } = world;
  world.invocations += 1;
  const id = `invocation ${world.invocations}`;
  const deadline = clock.now() + lasts;
  // Lambda ends the process at the deadline; a zombie is one that goes on.
  const isZombie = world.faultsLeft > 0 && choose.chance(0.3);
  let isDead = false;
  let bury: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    bury = resolve;
  });
  const say = (line: string) => story.push(`${clock.now() % 1_000_000} ${id}: ${line}`);
  const never = () => new Promise<never>(() => undefined);
  const die = (): Promise<never> => {
    say('dies');
    isDead = true;
    bury();
    return never();
  };
  const sleep = async (ms: number) => {
    await clock.sleep(ms);
    if (!isDead && !isZombie && clock.now() > deadline) await die();
    if (isDead) await never();
  };
  const strike = (chance: number) => {
    const strikes = world.faultsLeft > 0 && choose.chance(chance);
    if (strikes) world.faultsLeft -= 1;
    return strikes;
  };
  const step = async (label: string) => {
    say(label);
    await sleep(strike(0.02) ? choose.integer(1000, 9000) : choose.integer(0, 15));
    if (strike(0.04)) await die();
    if (strike(0.04)) throw new ConnectlessError('INJECTED', `${label} failed`, { retryable: true });
  };
  const fate = () => (strike(0.25) ? choose.pick(['fail', 'crash'] as const) : 'go');
  const run: SourceRun = {
    config,
    tables: {
      list: async () => [{ catalog: 'db', schema: 'public', name: 't', kind: 'r' }],
      open: (found, work) => ({
        choice: tableChoice(config, found),
        mode: incrementingMode(table.reader(step, fenced), work),
        primaryKey: async () => [],
        findings: async () => [],
      }),
      openQuery: () => {
        throw new Error('there is no query');
      },
    },
    ...world.metrics.of(topic.log(step, fate, die)),
    looks: choose.chance(0.2) ? new Map() : world.looks,
    registry: world.registry,
    state: withSteps(world.state, step, strike),
    invocation: { id, now: clock.now, remainingMs: () => deadline - clock.now(), sleep },
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    logger: storyLog(say),
  };
  await Promise.race([runSource(run), death]);
  say('has ended');
}

/** A call may fail before its effect or after it. */
function withSteps(
  state: StateStore,
  step: (label: string) => Promise<void>,
  strike: (chance: number) => boolean,
): StateStore {
  const around = async <Answer>(label: string, effect: () => Promise<Answer>): Promise<Answer> => {
    await step(label);
    const answer = await effect();
    if (strike(0.03)) throw new ConnectlessError('INJECTED', `${label}: the answer was lost`, { retryable: true });
    await step(`${label}, answered`);
    return answer;
  };
  return {
    read: (key) => around('read cursor', () => state.read(key)),
    create: (key, body) => around(`create ${body}`, () => state.create(key, body)),
    replace: (key, body, version) => around(`replace ${body}`, () => state.replace(key, body, version)),
    list: (prefix) => state.list(prefix),
  };
}

function memoryRegistry(): SchemaRegistry {
  const schemas: string[] = [];
  return {
    register: async (_, schema) => {
      if (!schemas.includes(schema)) schemas.push(schema);
      return schemas.indexOf(schema);
    },
    schemaById: async (id) => {
      const schema = schemas[id];
      if (schema === undefined) throw new ConnectlessError('SCHEMA_NOT_FOUND', `no schema ${id}`);
      return schema;
    },
  };
}

function storyLog(say: (line: string) => void): Log {
  const write = (message: string, fields = {}) => say(`${message} ${JSON.stringify(fields)}`);
  return { debug: write, info: write, warn: write, error: write };
}

function verdict({ table, topic, metrics, story }: World): Outcome {
  const byPartition = topic.partitions.map((log) =>
    log.flatMap(({ value }) => (value !== null && value[4] === 0 && value.length > 7 ? [idIn(value)] : [])),
  );
  const ids = byPartition.flat();
  const seen = new Set(ids);
  return {
    lost: [...table.committed.keys()].filter((id) => !seen.has(id)),
    doubled: ids.filter((id, index) => ids.indexOf(id) !== index),
    disordered: [...byPartition.keys()].filter((partition) =>
      byPartition[partition]?.some((id, index, all) => index > 0 && id < (all[index - 1] ?? id)),
    ),
    rows: ids.length,
    metrics,
    story,
  };
}
