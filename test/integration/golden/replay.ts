// One recorded case through the real sink: its records from Kafka, its files on S3.
import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaConfig } from '../../../src/config/model';
import { ConnectlessError } from '../../../src/errors';
import type { TopicLog } from '../../../src/kafka/topic-log';
import { openSink } from '../../../src/sink/open';
import { stateKeyOf } from '../../../src/sink/partition';
import type { Sink } from '../../../src/sink/sink';
import { decodeState } from '../../../src/sink/state-form';
import { recordedMetrics } from '../../src/metrics/recorded';
import type { FreshBucket } from '../fresh-bucket';
import { keysBelow, openUploads, readObject } from './bucket-files';
import { writeFiles } from './connector-file';
import { messageOf, recordsOfSteps } from './produced';
import type { RecordedCase } from './recorded-case';
import { type RecordedClock, recordedClock } from './recorded-clock';
import { type RunningSink, runSink } from './running-sink';

/** What all cases stand on. */
export interface Stage {
  readonly kafka: KafkaConfig;
  readonly log: TopicLog;
  readonly bucket: FreshBucket;
  readonly directory: string;
  readonly registryUrl: (recorded: RecordedCase) => string;
}

/** What is there after a step. */
export interface Seen {
  readonly state: 'RUNNING' | 'FAILED' | 'REFUSED';
  /** Why it stopped, or was refused. */
  readonly error?: ConnectlessError;
  readonly keys: readonly string[];
  /** By `topic-partition`: the first offset that is in no file yet, unless that is 0. */
  readonly committed: Readonly<Record<string, number>>;
}

export interface SeenStep extends Seen {
  readonly files: ReadonlyArray<{ readonly key: string; readonly body: Buffer }>;
  readonly openUploads: number;
}

const patienceMs = 10_000;

/** @param accepts whether that is what is to be there after a step; what is not is waited for */
export async function replay(
  stage: Stage,
  recorded: RecordedCase,
  accepts: (step: number, seen: Seen) => boolean,
): Promise<SeenStep[]> {
  const files = await writeFiles(recorded, {
    directory: stage.directory,
    bucket: stage.bucket.bucket,
    registryUrl: stage.registryUrl(recorded),
  });
  const clock = recordedClock(recorded);
  const sink = await opened(files, clock);
  if (sink instanceof ConnectlessError) {
    return [{ state: 'REFUSED', error: sink, keys: [], committed: {}, files: [], openUploads: 0 }];
  }
  return replaySteps(stage, recorded, { sink, clock, accepts });
}

async function replaySteps(
  stage: Stage,
  recorded: RecordedCase,
  { sink, clock, accepts }: { sink: Sink; clock: RecordedClock; accepts: (step: number, seen: Seen) => boolean },
): Promise<SeenStep[]> {
  const seen: SeenStep[] = [];
  let running: RunningSink | undefined;
  try {
    for (const [step, { records, laterMs }] of recordsOfSteps(recorded).entries()) {
      clock.advance(laterMs);
      for (const [topic, its] of records) await stage.log.append(topic, its.map(messageOf));
      // Started with the first records in the topic, it takes them together.
      running ??= runSink(sink, stage.kafka, recorded);
      running.expect(records);
      const last = await settled(stage, sink, recorded, running, (now) => accepts(step, now));
      const bodies = last.keys.map(async (key) => ({ key, body: await readObject(stage.bucket, key) }));
      seen.push({ ...last, files: await Promise.all(bodies), openUploads: await uploadsOf(stage, recorded) });
    }
  } finally {
    await running?.stop();
    await closeDeadLetters(sink);
  }
  return seen;
}

/** A function leaves its connection to the process's end; a test's process goes on. */
async function closeDeadLetters({ deadLetters }: Sink): Promise<void> {
  if (deadLetters !== undefined && 'close' in deadLetters && typeof deadLetters.close === 'function') {
    await deadLetters.close();
  }
}

async function opened(
  files: { worker: string; connector: string },
  clock: RecordedClock,
): Promise<Sink | ConnectlessError> {
  try {
    const env = { ...process.env, CONNECTLESS_WORKER: files.worker, CONNECTLESS_CONNECTOR: files.connector };
    return { ...(await openSink(env)), metrics: recordedMetrics(), now: clock.now };
  } catch (error) {
    if (error instanceof ConnectlessError && error.code === 'CONFIG_INVALID') return error;
    throw error;
  }
}

/** When every record is taken, or one has stopped the sink, what is there is looked at until it is accepted. */
async function settled(
  stage: Stage,
  sink: Sink,
  recorded: RecordedCase,
  running: RunningSink,
  accepts: (seen: Seen) => boolean,
): Promise<Seen> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const error = running.failure();
    const isOver = Date.now() > until;
    if (isOver || error !== undefined || running.hasTakenAll()) {
      const seen = await look(stage, sink, recorded, error);
      if (isOver || accepts(seen)) return seen;
    }
    await sleep(100);
  }
}

async function look(
  stage: Stage,
  sink: Sink,
  recorded: RecordedCase,
  error: ConnectlessError | undefined,
): Promise<Seen> {
  const prefixes = prefixesOf(recorded);
  const keys = (await Promise.all(prefixes.map((prefix) => keysBelow(stage.bucket, prefix)))).flat().sort();
  const committed: Record<string, number> = {};
  for (const [topic, partitions] of Object.entries(recorded.topics)) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const offset = await committedOffset(sink, topic, partition);
      if (offset > 0) committed[`${topic}-${partition}`] = offset;
    }
  }
  return { state: error === undefined ? 'RUNNING' : 'FAILED', ...(error && { error }), keys, committed };
}

async function committedOffset(sink: Sink, topic: string, partition: number): Promise<number> {
  const key = stateKeyOf(sink, { topic, partition });
  const found = await sink.state.read(key);
  if (found === undefined) return 0;
  const { open, last } = decodeState(found.body, key);
  return Math.min(last.offset + 1, ...open.map(({ startOffset }) => startOffset));
}

async function uploadsOf(stage: Stage, recorded: RecordedCase): Promise<number> {
  const counts = await Promise.all(prefixesOf(recorded).map((prefix) => openUploads(stage.bucket, prefix)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function prefixesOf({ name, connector, topics }: RecordedCase): string[] {
  const { 'topics.dir': top = name, 'directory.delim': delimiter = '/' } = connector;
  return Object.keys(topics).map((topic) => (top === '' ? [topic, ''] : [top, topic, '']).join(delimiter));
}
