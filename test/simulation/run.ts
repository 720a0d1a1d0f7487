// A schedule while it runs: who is at work, who sleeps, what may still go wrong.
import type { SinkConfig } from '../../src/config/sink-model';
import { sinkPartition } from '../../src/sink/partition';
import { type Sink, sinkOn } from '../../src/sink/sink';
import { memoryState } from '../../src/state/memory';
import { recordedMetrics } from '../src/metrics/recorded';
import { type Calls, calls } from './calls';
import { memoryBucket } from './memory-bucket';
import { isLarge, type Profile, profileOf } from './profile';
import { type Random, random } from './random';
import { randomConfig } from './random-config';
import { type ScriptedLog, scriptedLog, scriptedRegistry } from './scripted-log';
import type { Writer } from './transitions';
import type { World } from './world';

/** A process that serves invocations, one at a time. */
export interface Worker {
  readonly id: number;
  readonly sink: Sink;
  /** What the clock says throughout its invocation, and what that is to do. */
  at: Writer;
}

/** Some records of each partition, given to a worker; or a flush. */
export interface Invocation {
  readonly worker: Worker;
  /** The offsets, by partition as indices in the log, behind the records that it was given; of a flush, undefined. */
  readonly until: readonly number[] | undefined;
  ending: 'running' | 'done' | 'failed';
}

export interface Run extends World {
  readonly profile: Profile;
  readonly random: Random;
  readonly calls: Calls;
  /** The wall clock, which may jump. */
  readonly clock: { now: number };
  /** The bucket's own, which does not. */
  readonly bucketClock: { now: number };
  /** What new workers have. */
  config: SinkConfig;
  idle: Worker[];
  readonly frozen: Set<Invocation>;
  readonly awake: Set<Invocation>;
  committed: number[];
  live: Invocation | undefined;
  workers: number;
  faultsLeft: number;
  /** How often the registry fails from now on. */
  registryFailures: number;
  /** What strangers have put where files are to be, and whether a writer has said so. */
  readonly strange: Map<string, Buffer>;
  intrusionsLeft: number;
  isStrangeSaid: boolean;
}

/** Bounds of a schedule: smaller ones make a failing seed's story shorter, when it still fails. */
export interface Most {
  /** In a partition. */
  readonly records: number;
  readonly faults: number;
}

export const START = Date.parse('2026-10-25T00:59:59.000Z');

export async function newRun(seed: number, most: Most): Promise<Run> {
  const choose = random(seed);
  const profile = profileOf(choose);
  const log = scriptedLog(choose, { ...profile, mostRecords: Math.min(profile.mostRecords, most.records) });
  const config = await withPartsOfFiles(choose, profile, randomConfig(choose, profile), log);
  const [clock, bucketClock] = [{ now: START }, { now: START }];
  return {
    profile,
    log,
    configs: [config],
    config,
    bucket: memoryBucket({ smallestPart: config.partSize, etags: profile.etags, now: () => bucketClock.now }),
    state: memoryState(),
    transitions: [],
    deadLetters: [],
    movedAway: new Map(),
    clock,
    bucketClock,
    story: [`seed ${seed}, ${profile.kind}: ${JSON.stringify(rulesIn(config))}, records ${log.map((l) => l.length)}`],
    unexpected: [],
    isStopped: false,
    random: choose,
    calls: calls(),
    idle: [],
    frozen: new Set(),
    awake: new Set(),
    committed: log.map(() => 0),
    live: undefined,
    workers: 0,
    faultsLeft: Math.min(profile.faults, most.faults),
    registryFailures: 0,
    strange: new Map(),
    intrusionsLeft: 3,
    isStrangeSaid: false,
  };
}

/** What of a configuration a schedule chose. */
export function rulesIn({ deployment: _d, trigger: _t, topics: _s, s3: _3, bucket: _b, ...rules }: SinkConfig) {
  return rules;
}

/** Now and then, parts that leave next to nothing behind them of one of the files that come out. */
async function withPartsOfFiles(
  choose: Random,
  profile: Profile,
  config: SinkConfig,
  log: ScriptedLog,
): Promise<SinkConfig> {
  if (!isLarge(profile) || !choose.chance(0.5)) return config;
  const bucket = memoryBucket({ smallestPart: 0, etags: 'md5' });
  const whole = { ...config, partSize: Number.MAX_SAFE_INTEGER };
  const sink = sinkOn(whole, memoryState(), bucket, scriptedRegistry, recordedMetrics(), { now: () => START });
  for (const [partition, records] of log.entries()) await sinkPartition(sink, { topic: 'prices', partition }, records);
  const sizes = [...bucket.objects.values()].map(({ length }) => length).filter((length) => length > 40_000);
  const size = sizes[choose.integer(0, sizes.length - 1)];
  if (size === undefined) return config;
  return { ...config, partSize: Math.floor((size - choose.integer(0, 15)) / choose.integer(1, 3)) };
}
