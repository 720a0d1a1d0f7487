// The topics, the state and the producers in flight of one schedule of the processor's protocol.
import { wireHeader } from '../../src/avro/wire';
import type { LogRecord, Message } from '../../src/kafka/topic-log';
import type { SchemaRegistry } from '../../src/registry/registry';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { type MemoryTopicLog, memoryTopicLog } from '../src/kafka/memory-topic-log';
import { type Random, random } from './random';

export const INPUT = 'in';
export const OUTPUT = 'out';

/** Messages of a send whose sender died or gave up; a broker may still have them in hand. */
interface InFlight {
  /** For each partition the messages that may land next, in order. */
  readonly queues: Message[][];
  /** Epoch milliseconds: what has not landed by then never does. */
  readonly until: number;
}

export interface World {
  readonly random: Random;
  readonly log: MemoryTopicLog;
  readonly state: StateStore;
  /** What happened, a line each. */
  readonly story: string[];
  inFlight: InFlight[];
  /** Epoch milliseconds. */
  now: number;
}

/** The same text has the same id everywhere; another one than in the input. */
export const idsAbove100: SchemaRegistry = {
  schemaById: async (id) => `schema ${id}`,
  register: async (_subject, schema) => Number(schema.slice('schema '.length)) + 100,
};

export function newWorld(seed: number): World {
  const choose = random(seed);
  const world: World = {
    random: choose,
    log: memoryTopicLog(),
    state: memoryState(),
    story: [],
    inFlight: [],
    now: 1_000_000,
  };
  const partitions = choose.integer(1, 3);
  world.log.create(INPUT, partitions);
  world.log.create(OUTPUT, choose.integer(1, 3));
  for (let partition = 0; partition < partitions; partition += 1) {
    const messages = Array.from({ length: choose.integer(1, 20) }, (_, offset) => input(choose, partition, offset));
    void world.log.append(INPUT, messages);
  }
  world.story.push(`seed ${seed}: ${world.log.records(INPUT).map((records) => records.length)} records`);
  return world;
}

/** Some are equal to another of their partition, timestamp and all; some have no value. */
function input(random: Random, partition: number, offset: number): Message {
  const number = random.chance(0.3) ? offset % 3 : offset;
  const value = Buffer.concat([wireHeader(1 + (number % 2)), Buffer.from(`${partition}:${number}`)]);
  if (random.chance(0.4)) return { partition, key: null, value, timestamp: number };
  const key = Buffer.from(`${partition}:${number % 3}`);
  return { partition, key, value: random.chance(0.1) ? null : value, timestamp: number };
}

/** A part of each partition's messages lands now, a following part may land until that time, the rest is lost. */
export function land(world: World, messages: readonly Message[], until: number): void {
  const { random, log } = world;
  const queues = [...new Set(messages.map(({ partition }) => partition))].map((partition) => {
    const all = messages.filter((message) => message.partition === partition);
    const landed = random.integer(0, all.length);
    void log.append(OUTPUT, all.slice(0, landed));
    return all.slice(landed, random.integer(landed, all.length));
  });
  world.inFlight.push({ queues: queues.filter((queue) => queue.length > 0), until });
}

/** A little time passes: something in flight may land, and somebody else may produce. */
export function elapse(world: World): void {
  const { random, log } = world;
  world.now += random.integer(0, 400);
  world.inFlight = world.inFlight.filter(
    ({ until, queues }) => until > world.now && queues.some((queue) => queue.length > 0),
  );
  const queues = world.inFlight.flatMap((inFlight) => inFlight.queues);
  const late = random.chance(0.3) ? queues[random.integer(0, queues.length - 1)]?.shift() : undefined;
  if (late !== undefined) {
    void log.append(OUTPUT, [late]);
    world.story.push(`  late: partition ${late.partition} ${late.value?.subarray(5)}`);
  }
  if (random.chance(0.05)) void log.append(OUTPUT, [foreign(random, log.records(OUTPUT).length)]);
}

const FOREIGN = 'foreign';

function foreign(random: Random, partitions: number): Message {
  return { partition: random.integer(0, partitions - 1), key: Buffer.from(FOREIGN), value: null, timestamp: 1 };
}

/** What is wrong with the output topic: for each input partition, in each output partition, its records once and in order. */
export function faultsOf({ log, story }: World, partitionFor: (record: LogRecord) => number): string[] {
  const inputs = log.records(INPUT);
  const faults = log.records(OUTPUT).flatMap((written, partition) => {
    const ours = written.filter(({ key }) => key?.toString() !== FOREIGN);
    return inputs.flatMap((records, from) => {
      const expected = records.filter((record) => partitionFor(record) === partition).map(shown);
      const actual = ours.filter((record) => cameFrom(record) === from).map(shown);
      return `${expected}` === `${actual}` ? [] : [`in ${from} to out ${partition}: ${actual} instead of ${expected}`];
    });
  });
  return [...faults, ...story.filter((line) => line.startsWith('UNEXPECTED'))];
}

function cameFrom({ key, value }: LogRecord): number {
  return Number((value?.subarray(5) ?? key ?? '').toString().split(':')[0]);
}

/** The schema's id modulo 100: the output's is 100 above the input's. */
function shown({ key, value, timestamp }: LogRecord): string {
  const text = value === null ? 'null' : `${value.readInt32BE(1) % 100}/${value.subarray(5)}`;
  return `${key} ${text} ${timestamp}`;
}
