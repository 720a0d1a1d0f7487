// One schedule of the sink's protocol: crashes, failures, redelivery, frozen writers, flushes beside them, all chosen by a seed.
import type { SinkConfig } from '../../src/config/model';
import { ConnectlessError } from '../../src/errors';
import { sinkFlush } from '../../src/sink/flush';
import { sinkPartition } from '../../src/sink/partition';
import { type Sink, sinkOn } from '../../src/sink/sink';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { type Calls, calls, type Fate, INJECTED } from './calls';
import { type MemoryBucket, memoryBucket } from './memory-bucket';
import { type Random, random } from './random';
import { type ScriptedLog, scriptedLog, scriptedRegistry } from './scripted-log';

/** A process that serves invocations, one at a time. */
interface Worker {
  readonly id: number;
  readonly sink: Sink;
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
  /** What happened, a line each. */
  readonly story: string[];
  /** Errors that no injected failure explains. */
  readonly unexpected: string[];
  /** An upload may be left open: a process died, or an answer was lost, between its start and the state that knows it. */
  mayLeak: boolean;
}

interface Run extends World {
  readonly random: Random;
  readonly calls: Calls;
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

// Several times what the longest of many thousand schedules took.
const LONGEST_STORY = 20_000;

/** Runs the schedule of this seed to its end: every record delivered and answered, every frozen writer awake and done. */
export async function runSchedule(seed: number): Promise<World> {
  const run = newRun(seed);
  for (;;) {
    if (run.story.length > LONGEST_STORY) run.unexpected.push('the schedule does not come to an end');
    if (run.unexpected.length > 0) return run;
    if (run.live === undefined && !deliver(run) && run.awake.size === 0 && run.frozen.size === 0) return run;
    if (run.frozen.size > 0 && (run.live === undefined || run.random.chance(run.sleepiness / 2))) thaw(run);
    await step(run);
  }
}

const settings: Omit<SinkConfig, 'flushSize' | 'partSize'> = {
  kind: 'sink',
  name: 'simulated',
  deployment: { memoryMb: 512, timeoutMs: 300_000, logRetentionDays: 30, tags: {} },
  trigger: { batchWindowMs: 1000 },
  topics: ['prices'],
  s3: { region: 'nowhere', pathStyle: true },
  bucket: 'memory',
  topicsDir: 'topics',
  directoryDelimiter: '/',
  fileDelimiter: '+',
  zeroPadWidth: 10,
  converters: { value: { kind: 'avro', registry: { url: 'memory' } }, key: { kind: 'bytes' }, headers: 'simple' },
  partitioner: { kind: 'default' },
  rotateOnPartitionChange: true,
  timeZone: 'UTC',
  compatibility: 'NONE',
  formats: { value: { kind: 'avro', codec: 'null', deflateLevel: 6 } },
  nulls: { behavior: 'fail', toDeadLetters: true, directory: 'tombstone' },
  errors: { tolerance: 'none', log: false, logMessages: false, retryTimeoutMs: 0, retryDelayMaxMs: 60_000 },
  objects: { retries: 3, retryBackoffMs: 200 },
};

function newRun(seed: number): Run {
  const choose = random(seed);
  // Large datums fill blocks and parts before their file is complete, so that writers share an upload.
  const isLarge = choose.chance(0.3);
  const log = isLarge ? scriptedLog(choose, 1, 16, 60_000) : scriptedLog(choose, 3, 40, 60);
  const partSize = isLarge ? choose.integer(20_000, 120_000) : choose.integer(50, 2_000);
  const flushSize = isLarge ? choose.pick([4, 7, 12]) : choose.pick([1, 2, 3, 5, 10, 1000]);
  const config: SinkConfig = { ...settings, flushSize, partSize };
  const bucket = memoryBucket({ smallestPart: partSize, etags: choose.pick(['md5', 'unique']) });
  return {
    log,
    config,
    bucket,
    state: memoryState(),
    story: [
      `seed ${seed}: flush.size ${config.flushSize}, s3.part.size ${partSize}, records ${log.map((l) => l.length)}`,
    ],
    unexpected: [],
    mayLeak: false,
    random: choose,
    calls: calls(),
    idle: [],
    frozen: new Set(),
    awake: new Set(),
    committed: log.map(() => 0),
    live: undefined,
    workers: 0,
    faultsLeft: choose.pick([0, 1, 3, 12]),
    sleepiness: isLarge ? 0.2 : 0.05,
    flushes: choose.pick([0, 0.02, 0.1]),
  };
}

/** Several awake writers may take each other's last parts away, when every upload has another ETag: the event comes again. */
const expectedFailures: ReadonlySet<string> = new Set([INJECTED, 'UPLOAD_CONTENDED']);

/** Starts the next delivery: from the committed offsets, cut anew. Answers false when everything is committed. */
function deliver(run: Run): boolean {
  const { log, committed, random: choose } = run;
  if (log.every((records, partition) => committed[partition] === records.length)) return false;
  const until = log.map((records, partition) => {
    const from = committed[partition] ?? 0;
    return choose.chance(0.2) ? from : choose.integer(from, records.length);
  });
  const worker = anyWorker(run);
  const invocation: Invocation = { worker, until, ending: 'running' };
  run.story.push(`worker ${worker.id} gets ${committed} to ${until}`);
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
function flush(run: Run): void {
  const worker = anyWorker(run);
  const invocation: Invocation = { worker, until: undefined, ending: 'running' };
  run.story.push(`worker ${worker.id} flushes`);
  run.awake.add(invocation);
  ends(run, invocation, [sinkFlush(worker.sink)]);
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

function anyWorker(run: Run): Worker {
  return run.random.chance(0.7) ? (takeIdle(run) ?? newWorker(run)) : newWorker(run);
}

/** Any warm process: what it remembers may be older than what others have done since. */
function takeIdle({ idle, random: choose }: Run): Worker | undefined {
  return idle.splice(choose.integer(0, Math.max(0, idle.length - 1)), 1)[0];
}

function newWorker(run: Run): Worker {
  run.workers += 1;
  const id = run.workers;
  const sink = sinkOn(
    run.config,
    run.calls.by(id, run.state),
    run.calls.by(id, run.bucket),
    scriptedRegistry,
    recordedMetrics(),
  );
  return { id, sink };
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
  if (run.live !== undefined && flushing === undefined && run.random.chance(run.flushes)) flush(run);
  const sleepy = run.random.chance(0.8) ? run.live : flushing;
  if (sleepy !== undefined && mayFreeze && run.random.chance(run.sleepiness)) freeze(run, sleepy);
}

function chooseFate(run: Run): Fate {
  if (run.faultsLeft === 0 || !run.random.chance(0.08)) return 'go';
  run.faultsLeft -= 1;
  run.mayLeak = true;
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
