// One schedule of the processor's protocol: crashes, cut sends, redelivery, abandoned writers, all chosen by a seed.
import { ConnectlessError } from '../../src/errors';
import type { EventRecord } from '../../src/kafka/msk-event';
import type { LogRecord, Message, TopicLog } from '../../src/kafka/topic-log';
import type { Invocation } from '../../src/processor/invocation';
import { valueWriter } from '../../src/processor/output-schema';
import { processEvent } from '../../src/processor/process-event';
import { chain } from '../../src/processor/transform';
import { recordedMetrics } from '../src/metrics/recorded';
import { type Calls, calls, type Fate, INJECTED } from './calls';
import { elapse, INPUT, idsAbove100, land, newWorld, OUTPUT, type World } from './processor-world';

const REQUEST_TIMEOUT_MS = 30_000;
const INVOCATION_MS = 60_000;
/** Errors that a schedule meets in the course of things: the batch comes again. */
const EXPECTED = [INJECTED, 'INTENT_PENDING'];

/** A process that serves one invocation. */
interface Worker {
  readonly id: number;
  readonly deadline: number;
  /** The offsets, by input partition, behind the records that it was given. */
  readonly until: readonly number[];
  /** The event source has not given up on it. */
  awaited: boolean;
  /** Sends that are not answered yet, by the label of their call. */
  readonly sends: Map<string, readonly Message[]>;
  ending: 'running' | 'done' | 'failed';
}

interface Run {
  readonly world: World;
  readonly calls: Calls;
  readonly workers: Set<Worker>;
  committed: readonly number[];
  started: number;
  faultsLeft: number;
}

/** Runs the schedule to its end: everything committed, every abandoned writer dead, nothing in flight. */
export async function runProcessorSchedule(seed: number): Promise<World> {
  const world = newWorld(seed);
  const inputs = world.log.records(INPUT);
  const run: Run = {
    world,
    calls: calls(),
    workers: new Set(),
    committed: inputs.map(() => 0),
    started: 0,
    faultsLeft: world.random.pick([0, 1, 3, 12]),
  };
  const isCommitted = () => inputs.every((records, partition) => run.committed[partition] === records.length);
  while (!isCommitted() || run.workers.size > 0 || world.inFlight.length > 0) {
    if (!isCommitted() && ![...run.workers].some(({ awaited }) => awaited)) deliver(run);
    await step(run);
  }
  return world;
}

/** The next event: from the committed offsets, cut anew. */
function deliver(run: Run): void {
  const { world, committed } = run;
  const inputs = world.log.records(INPUT);
  const until = inputs.map((records, partition) => {
    const from = committed[partition] ?? 0;
    return world.random.chance(0.2) ? from : world.random.integer(from, records.length);
  });
  run.started += 1;
  const deadline = world.now + INVOCATION_MS;
  const worker: Worker = { id: run.started, deadline, until, awaited: true, sends: new Map(), ending: 'running' };
  run.workers.add(worker);
  world.story.push(`${world.now} worker ${worker.id} gets ${committed} to ${until}`);
  const given = inputs.map((records, partition) =>
    records.slice(committed[partition], until[partition]).map(eventRecord),
  );
  processEvent(invocation(run, worker), { records: Object.fromEntries(given.entries()) }).then(
    () => {
      worker.ending = 'done';
    },
    (error) => {
      worker.ending = 'failed';
      const errors: unknown[] = error.cause instanceof AggregateError ? error.cause.errors : [error];
      const unexpected = errors.find((one) => !(one instanceof ConnectlessError && EXPECTED.includes(one.code)));
      if (unexpected !== undefined) world.story.push(`UNEXPECTED worker ${worker.id}: ${unexpected}`);
    },
  );
}

function eventRecord({ partition, offset, timestamp, key, value }: LogRecord): EventRecord {
  return {
    topic: INPUT,
    partition,
    offset,
    timestamp,
    timestampType: 'CREATE_TIME',
    key: key?.toString('base64') ?? null,
    value: value?.toString('base64') ?? null,
    headers: [],
  };
}

function invocation(run: Run, worker: Worker): Invocation {
  const { world } = run;
  const gated = <Store extends object>(store: Store) => run.calls.by(worker.id, store);
  const clock = gated({
    sleep: async (ms: number) => {
      world.now = Math.max(world.now, world.now + ms);
    },
  });
  return {
    connector: 'copy',
    inputTopics: [INPUT],
    outputTopic: OUTPUT,
    transform: chain([]),
    write: valueWriter(idsAbove100, OUTPUT),
    log: gatedLog(run, worker),
    state: gated(world.state),
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    owner: `worker ${worker.id}`,
    deadline: worker.deadline,
    clock: { now: () => world.now, sleep: clock.sleep },
    metrics: recordedMetrics(),
  };
}

function gatedLog(run: Run, worker: Worker): TopicLog {
  const { log } = run.world;
  let sent = 0;
  const gated = run.calls.by(worker.id, {
    ends: log.ends,
    append: async (number: number, messages: readonly Message[]) => {
      worker.sends.delete(`append ${number}`);
      await log.append(OUTPUT, messages);
    },
    all: async (...range: Parameters<TopicLog['read']>) => {
      const records: LogRecord[] = [];
      for await (const record of log.read(...range)) records.push(record);
      return records;
    },
  });
  return {
    starts: log.starts,
    ends: gated.ends,
    append: (_topic, messages) => {
      sent += 1;
      worker.sends.set(`append ${sent}`, messages);
      return gated.append(sent, messages);
    },
    read: async function* (...range) {
      yield* await gated.all(...range);
    },
    close: async () => {},
  };
}

/** Lets one call of one worker happen, and everything that follows from it. */
async function step(run: Run): Promise<void> {
  const { world, workers } = run;
  const { random, story } = world;
  elapse(world);
  const call = run.calls.take(random, new Set([...workers].map(({ id }) => id)));
  const worker = [...workers].find(({ id }) => id === call?.worker);
  if (call !== undefined && worker !== undefined) {
    const isSend = call.label.startsWith('append');
    const fate = chooseFate(run, isSend);
    story.push(`${world.now}   worker ${call.worker}: ${call.label}${fate === 'go' ? '' : ` [${fate}]`}`);
    if (isSend && fate === 'fail-before') landSend(run, worker, call.label, world.now + REQUEST_TIMEOUT_MS);
    await call.carryOut(fate);
    if (fate.startsWith('crash')) bury(run, worker);
  }
  // All that a worker does between two calls are microtasks.
  await new Promise(setImmediate);
  for (const late of [...workers].filter(({ deadline }) => deadline <= world.now)) bury(run, late);
  for (const ended of [...workers].filter(({ ending }) => ending !== 'running')) finish(run, ended);
  const awaited = [...workers].find((one) => one.awaited);
  if (awaited !== undefined && run.faultsLeft > 0 && random.chance(0.03)) {
    run.faultsLeft -= 1;
    story.push(`${world.now} worker ${awaited.id} is given up, and goes on`);
    awaited.awaited = false;
  }
}

/** A send that fails may land as far as `landSend` lets it; one that is repeated is the idempotent producer's affair. */
function chooseFate(run: Run, isSend: boolean): Fate {
  const { random } = run.world;
  if (run.faultsLeft === 0 || !random.chance(isSend ? 0.3 : 0.08)) return 'go';
  run.faultsLeft -= 1;
  if (isSend) return random.pick(['crash-before', 'crash-after', 'fail-before']);
  return random.pick(['crash-before', 'crash-after', 'fail-before', 'fail-after', 'twice']);
}

function landSend(run: Run, worker: Worker, label: string, until: number): void {
  land(run.world, worker.sends.get(label) ?? [], until);
  worker.sends.delete(label);
}

/** The process is dead; what it has sent may land for as long as its intent says. */
function bury(run: Run, worker: Worker): void {
  run.calls.forget(worker.id);
  run.workers.delete(worker);
  for (const label of worker.sends.keys()) landSend(run, worker, label, worker.deadline + REQUEST_TIMEOUT_MS);
}

function finish(run: Run, worker: Worker): void {
  run.workers.delete(worker);
  run.world.story.push(`${run.world.now} worker ${worker.id} ${worker.ending}`);
  if (worker.awaited && worker.ending === 'done') run.committed = worker.until;
}
