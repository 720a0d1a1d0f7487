// One schedule of the sink's protocol: crashes, failures, redelivery, frozen writers, flushes beside them, all chosen by a seed.
import { ConnectlessError } from '../../src/errors';
import { goesByClock } from '../../src/sink/clock';
import { sinkFlush } from '../../src/sink/flush';
import { sinkPartition } from '../../src/sink/partition';
import { sinkOn } from '../../src/sink/sink';
import { recordedMetrics } from '../src/metrics/recorded';
import { type Fate, INJECTED } from './calls';
import { changedConfig } from './random-config';
import { type Invocation, type Most, newRun, type Run, rulesIn, START } from './run';
import { scriptedRegistry } from './scripted-log';
import { clearTheWay, strangersAct } from './strangers';
import { noting } from './transitions';
import { anyWorker } from './workers';
import type { World } from './world';

const EVERYTHING: Most = { records: Number.POSITIVE_INFINITY, faults: Number.POSITIVE_INFINITY };

// Several times what the longest of many thousand schedules took.
const LONGEST_STORY = 20_000;

/** Runs the schedule of this seed to its end: every record delivered and answered, every frozen writer awake and done. */
export async function runSchedule(seed: number, most: Most = EVERYTHING): Promise<World> {
  const run = await newRun(seed, most);
  for (;;) {
    if (run.story.length > LONGEST_STORY) run.unexpected.push('the schedule does not come to an end');
    if (run.unexpected.length > 0 || run.isStopped) return run;
    if (isQuiet(run)) clearTheWay(run);
    if (run.live === undefined) await deliver(run);
    if (isQuiet(run)) return cleaned(run);
    mayThaw(run);
    await step(run);
  }
}

function isQuiet({ live, awake, frozen }: Run): boolean {
  return live === undefined && awake.size === 0 && frozen.size === 0;
}

/**
 * All is quiet, for longer than any writer lives: the last flush finds the uploads that nobody knows. It closes everything where
 * the configuration has changed, so that a part that was replaced is seen.
 */
async function cleaned(run: Run): Promise<World> {
  run.bucketClock.now += 2 * 3_600_000;
  const { state, bucket, config, clock, transitions } = run;
  const closesAll = run.configs.length > 1;
  const noted = noting(state, () => ({ config, now: clock.now, isFlush: true, closesAll }), transitions);
  const sink = sinkOn(config, noted, bucket, scriptedRegistry, recordedMetrics(), { now: () => clock.now });
  try {
    await sinkFlush(sink, closesAll);
  } catch (error) {
    judge(run, 'the last flush', allIn(error));
    if (!run.isStrangeSaid) return run;
    clearTheWay(run);
    await sinkFlush(sink, closesAll);
  }
  return run;
}

/** Starts the next delivery: from the committed offsets, cut anew; none when everything is committed. */
async function deliver(run: Run): Promise<void> {
  const { log, committed, random: choose, profile } = run;
  if (log.every((records, partition) => committed[partition] === records.length)) return;
  if (profile.kind === 'changing' && run.configs.length < 4 && choose.chance(0.2)) deploy(run);
  const until = log.map((records, partition) => {
    const from = committed[partition] ?? 0;
    return choose.chance(0.2) ? from : choose.integer(from, Math.min(records.length, from + profile.mostInBatch));
  });
  const worker = await anyWorker(run, { isFlush: false, closesAll: false });
  const invocation: Invocation = { worker, until, ending: 'running' };
  run.story.push(`worker ${worker.id} gets ${committed} to ${until} at ${worker.at.now - START} ms`);
  const partitions = log.map((records, partition) => {
    const given = records.slice(committed[partition], until[partition]);
    if (given.length === 0) return undefined;
    return sinkPartition(worker.sink, { topic: 'prices', partition }, given);
  });
  run.live = invocation;
  ends(run, invocation, partitions);
}

/** Another configuration for the workers from now on, or the first one again. Whoever is at work goes on with what it has. */
function deploy(run: Run): void {
  const [first] = run.configs;
  run.config = run.config !== first && run.random.chance(0.4) ? first : changedConfig(run.random, run.config);
  run.configs.push(run.config);
  run.idle = [];
  run.story.push(`new workers have ${JSON.stringify(rulesIn(run.config))}`);
}

/** Starts a flush beside whatever is going on. */
async function flush(run: Run): Promise<void> {
  const closesAll = goesByClock(run.config) && run.random.chance(0.1);
  const worker = await anyWorker(run, { isFlush: true, closesAll });
  const invocation: Invocation = { worker, until: undefined, ending: 'running' };
  run.story.push(`worker ${worker.id} flushes${closesAll ? ' all' : ''} at ${worker.at.now - START} ms`);
  run.awake.add(invocation);
  ends(run, invocation, [sinkFlush(worker.sink, closesAll)]);
}

function ends(run: Run, invocation: Invocation, work: readonly (Promise<void> | undefined)[]): void {
  void Promise.allSettled(work).then((outcomes) => {
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? allIn(outcome.reason) : []));
    judge(run, `worker ${invocation.worker.id}`, errors);
    invocation.ending = errors.length === 0 ? 'done' : 'failed';
  });
}

/** A flush throws one error for all of its partitions. */
function allIn(error: unknown): unknown[] {
  return error instanceof Error && error.cause instanceof AggregateError ? error.cause.errors : [error];
}

/** Several awake writers may take each other's last parts away, when every upload has another ETag: the event comes again. */
const expectedFailures: ReadonlySet<string> = new Set([INJECTED, 'UPLOAD_CONTENDED']);

function judge(run: Run, who: string, errors: readonly unknown[]): void {
  for (const error of errors) {
    const code = error instanceof ConnectlessError ? error.code : '';
    if (expectedFailures.has(code)) continue;
    if (code === 'FILE_NOT_OURS' && run.strange.size > 0) run.isStrangeSaid = true;
    else if (code === 'PART_REPLACED' && run.configs.length > 1) run.isStopped = true;
    else run.unexpected.push(`${who}: ${error}`);
  }
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
  await strangersAct(run);
  const flushing = [...run.awake].find(({ until }) => until === undefined);
  // As a schedule does, one after the other; one that froze may be a second.
  if (run.live !== undefined && flushing === undefined && run.random.chance(run.profile.flushes)) await flush(run);
  mayFreeze(run, run.random.chance(0.8) ? run.live : flushing);
}

function chooseFate(run: Run): Fate {
  if (run.faultsLeft === 0 || !run.random.chance(0.08)) return 'go';
  run.faultsLeft -= 1;
  return run.random.pick(run.profile.fates);
}

function bury(run: Run, invocation: Invocation): void {
  run.calls.forget(invocation.worker.id);
  run.awake.delete(invocation);
  if (run.live === invocation) run.live = undefined;
}

function finish(run: Run, invocation: Invocation): void {
  const { worker, ending, until } = invocation;
  run.awake.delete(invocation);
  // Of the old configuration's, nobody is asked again.
  if (worker.sink.config === run.config) run.idle.push(worker);
  run.story.push(`worker ${worker.id} ${ending}`);
  if (run.live !== invocation) return;
  run.live = undefined;
  if (ending === 'done') run.committed = [...(until ?? run.committed)];
}

function mayFreeze(run: Run, invocation: Invocation | undefined): void {
  if (invocation === undefined || run.frozen.size === 3 || run.faultsLeft === 0) return;
  const { sleepiness, sleepinessAtRisk } = run.profile;
  const isAtRisk = run.calls.waitingFor(invocation.worker.id).some((label) => /^uploadPart|, again$/.test(label));
  if (run.random.chance(isAtRisk ? sleepinessAtRisk : sleepiness)) freeze(run, invocation);
}

/** Whoever invoked it gives up on the invocation, whose process sleeps and will go on. */
function freeze(run: Run, invocation: Invocation): void {
  run.faultsLeft -= 1;
  run.story.push(`worker ${invocation.worker.id} freezes`);
  run.frozen.add(invocation);
  run.awake.delete(invocation);
  if (run.live === invocation) run.live = undefined;
}

function mayThaw(run: Run): void {
  const [invocation] = run.frozen;
  if (invocation === undefined || (run.live !== undefined && !run.random.chance(run.profile.thaws))) return;
  run.story.push(`worker ${invocation.worker.id} goes on`);
  run.frozen.delete(invocation);
  run.awake.add(invocation);
}
