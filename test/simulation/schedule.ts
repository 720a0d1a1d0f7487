// One schedule of the sink's protocol: crashes, failures, redelivery, frozen writers, flushes beside them, all chosen by a seed.
import type { SinkConfig } from '../../src/config/model';
import { ConnectlessError } from '../../src/errors';
import { goesByClock } from '../../src/sink/clock';
import type { DeadLetter } from '../../src/sink/dead-letters/letter';
import type { DeadLetterQueue } from '../../src/sink/dead-letters/queue';
import { sinkFlush } from '../../src/sink/flush';
import { sinkPartition } from '../../src/sink/partition';
import { type Sink, sinkOn } from '../../src/sink/sink';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { type Calls, calls, type Fate, INJECTED } from './calls';
import { type MemoryBucket, memoryBucket } from './memory-bucket';
import { type Random, random } from './random';
import { randomConfig } from './random-config';
import { type ScriptedLog, scriptedLog, scriptedRegistry } from './scripted-log';
import { noting, type Transition } from './transitions';

/** A process that serves invocations, one at a time. */
interface Worker {
  readonly id: number;
  readonly sink: Sink;
  /** What the clock says throughout its invocation, and whether that closes everything. */
  at: { now: number; closesAll: boolean };
}

type Ending = 'running' | 'done' | 'failed';

/** Some records of each partition, given to a worker; or a flush. */
interface Invocation {
  readonly worker: Worker;
  /** The offsets, by partition as indices in the log, behind the records that it was given; of a flush, undefined. */
  readonly until: readonly number[] | undefined;
  ending: Ending;
}

export interface World {
  readonly log: ScriptedLog;
  readonly config: SinkConfig;
  readonly bucket: MemoryBucket;
  readonly state: StateStore;
  /** Of the state, by whoever won. */
  readonly transitions: Transition[];
  /** Those that were sent, perhaps more than once: `partition/offset`. */
  readonly deadLetters: string[];
  /** What happened, a line each. */
  readonly story: string[];
  /** Errors that no injected failure explains. */
  readonly unexpected: string[];
}

interface Run extends World {
  readonly random: Random;
  readonly calls: Calls;
  /** The wall clock, which may jump. */
  readonly clock: { now: number };
  /** The bucket's own, which does not. */
  readonly bucketClock: { now: number };
  readonly idle: Worker[];
  readonly frozen: Set<Invocation>;
  readonly awake: Set<Invocation>;
  committed: number[];
  live: Invocation | undefined;
  workers: number;
  faultsLeft: number;
  /** How probable it is that the writer freezes at a call. */
  readonly sleepiness: number;
  /** How probable it is that a flush starts at a call. */
  readonly flushes: number;
}

/** Bounds of a schedule: smaller ones make a failing seed's story shorter, when it still fails. */
export interface Most {
  /** In a partition. */
  readonly records: number;
  readonly faults: number;
}

/** What of a configuration a schedule chose. */
function rulesIn({ deployment: _d, trigger: _t, topics: _s, s3: _3, bucket: _b, ...rules }: SinkConfig) {
  return rules;
}

/** All is quiet, for longer than any writer lives: the last flush finds the uploads that nobody knows. */
async function cleaned(run: Run): Promise<World> {
  run.bucketClock.now += 2 * 3_600_000;
  const { state, bucket, config, clock, transitions } = run;
  const noted = noting(state, () => ({ now: clock.now, closesAll: false }), transitions);
  await sinkFlush(sinkOn(config, noted, bucket, scriptedRegistry, recordedMetrics(), { now: () => clock.now }));
  return run;
}

const EVERYTHING: Most = { records: Number.POSITIVE_INFINITY, faults: Number.POSITIVE_INFINITY };
const START = Date.parse('2026-10-25T00:59:59.000Z');

// Several times what the longest of many thousand schedules took.
const LONGEST_STORY = 20_000;

/** Runs the schedule of this seed to its end: every record delivered and answered, every frozen writer awake and done. */
export async function runSchedule(seed: number, most: Most = EVERYTHING): Promise<World> {
  const run = newRun(seed, most);
  for (;;) {
    if (run.story.length > LONGEST_STORY) run.unexpected.push('the schedule does not come to an end');
    if (run.unexpected.length > 0) return run;
    if (run.live === undefined && !(await deliver(run)) && run.awake.size === 0 && run.frozen.size === 0)
      return cleaned(run);
    if (run.frozen.size > 0 && (run.live === undefined || run.random.chance(run.sleepiness / 2))) thaw(run);
    await step(run);
  }
}

function newRun(seed: number, most: Most): Run {
  const choose = random(seed);
  // Large datums fill blocks and parts before their file is complete, so that writers share an upload.
  const isLarge = choose.chance(0.3);
  const size = isLarge
    ? { partitions: 1, mostRecords: 16, largest: 60_000 }
    : { partitions: 3, mostRecords: 40, largest: 60 };
  const log = scriptedLog(choose, { ...size, mostRecords: Math.min(size.mostRecords, most.records) });
  const config = randomConfig(choose, isLarge);
  const [clock, bucketClock] = [{ now: START }, { now: START }];
  const etags = choose.pick(['md5', 'unique'] as const);
  const bucket = memoryBucket({ smallestPart: config.partSize, etags, now: () => bucketClock.now });
  return {
    log,
    config,
    bucket,
    state: memoryState(),
    transitions: [],
    deadLetters: [],
    clock,
    bucketClock,
    story: [`seed ${seed}: ${JSON.stringify(rulesIn(config))}, records ${log.map((l) => l.length)}`],
    unexpected: [],
    random: choose,
    calls: calls(),
    idle: [],
    frozen: new Set(),
    awake: new Set(),
    committed: log.map(() => 0),
    live: undefined,
    workers: 0,
    faultsLeft: Math.min(choose.pick([0, 1, 3, 12]), most.faults),
    sleepiness: isLarge ? 0.2 : 0.05,
    flushes: choose.pick([0, 0.02, 0.1]),
  };
}

/** Several awake writers may take each other's last parts away, when every upload has another ETag: the event comes again. */
const expectedFailures: ReadonlySet<string> = new Set([INJECTED, 'UPLOAD_CONTENDED']);

/** Starts the next delivery: from the committed offsets, cut anew. Answers false when everything is committed. */
async function deliver(run: Run): Promise<boolean> {
  const { log, committed, random: choose } = run;
  if (log.every((records, partition) => committed[partition] === records.length)) return false;
  const until = log.map((records, partition) => {
    const from = committed[partition] ?? 0;
    return choose.chance(0.2) ? from : choose.integer(from, records.length);
  });
  const worker = await anyWorker(run, false);
  const invocation: Invocation = { worker, until, ending: 'running' };
  run.story.push(`worker ${worker.id} gets ${committed} to ${until} at ${worker.at.now - START} ms`);
  const partitions = log.map((records, partition) => {
    const given = records.slice(committed[partition], until[partition]);
    if (given.length === 0) return undefined;
    return sinkPartition(worker.sink, { topic: 'prices', partition }, given);
  });
  run.live = invocation;
  ends(run, invocation, partitions);
  return true;
}

/** Starts a flush beside whatever is going on. */
async function flush(run: Run): Promise<void> {
  const closesAll = goesByClock(run.config) && run.random.chance(0.1);
  const worker = await anyWorker(run, closesAll);
  const invocation: Invocation = { worker, until: undefined, ending: 'running' };
  run.story.push(`worker ${worker.id} flushes${closesAll ? ' all' : ''} at ${worker.at.now - START} ms`);
  run.awake.add(invocation);
  ends(run, invocation, [sinkFlush(worker.sink, closesAll)]);
}

function ends(run: Run, invocation: Invocation, work: readonly (Promise<void> | undefined)[]): void {
  void Promise.allSettled(work).then((outcomes) => {
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? allIn(outcome.reason) : []));
    const real = errors.find((error) => !(error instanceof ConnectlessError && expectedFailures.has(error.code)));
    if (real !== undefined) run.unexpected.push(`worker ${invocation.worker.id}: ${real}`);
    invocation.ending = errors.length === 0 ? 'done' : 'failed';
  });
}

/** A flush throws one error for all of its partitions. */
function allIn(error: { cause?: unknown }): unknown[] {
  return error.cause instanceof AggregateError ? error.cause.errors : [error];
}

async function anyWorker(run: Run, closesAll: boolean): Promise<Worker> {
  const { random: choose, clock } = run;
  clock.now += choose.pick([0, 1, 40, 700, 90_000, 7_200_000, -50, -100_000]);
  const worker = choose.chance(0.7) ? (takeIdle(run) ?? newWorker(run)) : newWorker(run);
  worker.at = { now: clock.now, closesAll };
  // Loaded now: it takes turns of the event loop, and a seed must repeat its schedule.
  await worker.sink.rules('prices');
  return worker;
}

/** Any warm process: what it remembers may be older than what others have done since. */
function takeIdle({ idle, random: choose }: Run): Worker | undefined {
  return idle.splice(choose.integer(0, Math.max(0, idle.length - 1)), 1)[0];
}

function newWorker(run: Run): Worker {
  run.workers += 1;
  const id = run.workers;
  const deadLetters: DeadLetterQueue = {
    send: async (letters) => void run.deadLetters.push(...letters.map(placeOf)),
  };
  const worker: Worker = {
    id,
    at: { now: 0, closesAll: false },
    sink: sinkOn(
      run.config,
      run.calls.by(
        id,
        noting(run.state, () => worker.at, run.transitions),
      ),
      run.calls.by(id, run.bucket),
      scriptedRegistry,
      recordedMetrics(),
      { now: () => worker.at.now, deadLetters: run.calls.by(id, deadLetters) },
    ),
  };
  return worker;
}

/** `partition/offset`, from the headers that say where a dead letter comes from. */
function placeOf({ headers = [] }: DeadLetter): string {
  const text = (name: string) => headers.find(([header]) => header === `__connect.errors.${name}`)?.[1]?.toString();
  return `${text('partition')}/${text('offset')}`;
}

/** Lets one call of one worker that is not frozen happen, and everything that follows from it. */
async function step(run: Run): Promise<void> {
  const invocations = [...run.awake, ...(run.live === undefined ? [] : [run.live])];
  const call = run.calls.take(run.random, new Set(invocations.map(({ worker }) => worker.id)));
  const invocation = invocations.find(({ worker }) => worker.id === call?.worker);
  if (call !== undefined && invocation !== undefined) {
    const fate = chooseFate(run);
    run.story.push(`  worker ${call.worker}: ${call.label}${fate === 'go' ? '' : ` [${fate}]`}`);
    await call.carryOut(fate);
    if (fate.startsWith('crash')) bury(run, invocation);
  }
  // All that a worker does between two calls are microtasks.
  await new Promise(setImmediate);
  for (const ended of invocations.filter(({ ending }) => ending !== 'running')) finish(run, ended);
  const mayFreeze = run.frozen.size < 3 && run.faultsLeft > 0;
  const flushing = [...run.awake].find(({ until }) => until === undefined);
  // As a schedule does, one after the other; one that froze may be a second.
  if (run.live !== undefined && flushing === undefined && run.random.chance(run.flushes)) await flush(run);
  const sleepy = run.random.chance(0.8) ? run.live : flushing;
  if (sleepy !== undefined && mayFreeze && run.random.chance(run.sleepiness)) freeze(run, sleepy);
}

function chooseFate(run: Run): Fate {
  if (run.faultsLeft === 0 || !run.random.chance(0.08)) return 'go';
  run.faultsLeft -= 1;
  return run.random.pick(['crash-before', 'crash-after', 'fail-before', 'fail-after', 'twice']);
}

function bury(run: Run, invocation: Invocation): void {
  run.calls.forget(invocation.worker.id);
  run.awake.delete(invocation);
  if (run.live === invocation) run.live = undefined;
}

function finish(run: Run, invocation: Invocation): void {
  run.awake.delete(invocation);
  run.idle.push(invocation.worker);
  run.story.push(`worker ${invocation.worker.id} ${invocation.ending}`);
  if (run.live !== invocation) return;
  run.live = undefined;
  if (invocation.ending === 'done') run.committed = [...(invocation.until ?? run.committed)];
}

/** Whoever invoked it gives up on the invocation, whose process sleeps and will go on. */
function freeze(run: Run, invocation: Invocation): void {
  run.faultsLeft -= 1;
  run.story.push(`worker ${invocation.worker.id} freezes`);
  run.frozen.add(invocation);
  run.awake.delete(invocation);
  if (run.live === invocation) run.live = undefined;
}

function thaw(run: Run): void {
  const [invocation] = run.frozen;
  if (invocation === undefined) return;
  run.story.push(`worker ${invocation.worker.id} goes on`);
  run.frozen.delete(invocation);
  run.awake.add(invocation);
}
