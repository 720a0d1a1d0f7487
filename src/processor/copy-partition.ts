// Copies one partition's records of an event to the output topic exactly once: intent, produce, settle.
import { ConnectlessError } from '../errors';
import { faultPoint } from '../fault';
import type { EventRecord, PartitionRecords } from '../kafka/msk-event';
import type { Message } from '../kafka/topic-log';
import { METRICS } from '../names';
import { unsettled } from '../outbox/settle';
import { type Copy, copiesOf, isCopy, messagesOf } from './copies';
import { checkSameTopic } from './input-topic';
import type { Invocation } from './invocation';
import {
  abandoned,
  copiedUpTo,
  intended,
  nextStep,
  type Position,
  type Progress,
  progressKey,
  type Step,
} from './progress';
import { Refused, readProgress, type StoredProgress, writeProgress } from './progress-store';

/** Waits and lost races in one invocation: a few are normal, many mean that something else is wrong. */
const MAX_ATTEMPTS = 20;

/**
 * Answers the state that it leaves unsettled, for `settle`. Throws when records are left: those before
 * the first that cannot be copied have been copied. Errors: of that record (with topic, partition and offset), of Kafka or
 * the state, `TOPIC_RECREATED`, `INTENT_PENDING` (retryable).
 */
export async function copyPartition(
  invocation: Invocation,
  part: PartitionRecords,
): Promise<StoredProgress | undefined> {
  const key = progressKey(invocation.connector, part.topic, part.partition);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    try {
      const stored = await advance(invocation, part, key);
      if (stored !== 'again') return stored;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  throw new ConnectlessError('STATE_CONTENDED', `State object ${key} is replaced by others again and again.`, {
    retryable: true,
  });
}

/** The batch of this partition is copied, but will come again because of another partition: it then need not wait. */
export async function settle({ state, owner }: Invocation, stored: StoredProgress): Promise<void> {
  const { progress } = stored;
  if (progress?.intent === undefined) return;
  await writeProgress(state, stored, copiedUpTo(progress.last, progress, owner, progress.intent.ends));
}

async function advance(
  invocation: Invocation,
  part: PartitionRecords,
  key: string,
): Promise<StoredProgress | undefined | 'again'> {
  const { state, log, clock, requestTimeoutMs, transform, write, metrics } = invocation;
  const stored = await readProgress(state, key);
  const { progress } = stored;
  if (progress !== undefined && part.records.some(({ offset }) => offset < progress.nextOffset)) {
    await checkSameTopic(log, { ...part, ...progress.last }, key);
  }
  const step = nextStep(progress, part.records, clock.now(), requestTimeoutMs);
  if (step.kind === 'done') return undefined;
  if (step.kind === 'wait') {
    await waitUntil(step.time, invocation, key);
    return 'again';
  }
  const { copies, failure } = await copiesOf({ ...part, records: step.records }, transform, write);
  const last = copies.at(-1);
  const left =
    last && (await carryOut(invocation, stored, await plan(invocation, step, copies), last, failure !== undefined));
  metrics.add(
    METRICS.processorRecords,
    copies.reduce((sum, { output }) => sum + output.length, 0),
  );
  if (failure !== undefined) throw failure;
  return left;
}

/** What is to be produced, under which intent. */
interface Plan {
  readonly progress: Progress;
  readonly messages: readonly Message[];
  /** For each partition of the output topic an offset behind everything of these records that has landed before. */
  readonly ends: readonly number[];
}

async function plan(
  { log, outputTopic, owner, deadline }: Invocation,
  step: Extract<Step<EventRecord>, { kind: 'begin' | 'resume' }>,
  copies: readonly Copy[],
): Promise<Plan> {
  const now = await log.ends(outputTopic);
  if (step.kind === 'begin') {
    const intent = { owner, until: deadline, ends: now };
    return { progress: intended(copies, intent), messages: messagesOf(copies, now.length), ends: now };
  }
  // As many partitions as the first attempt saw: with more of them, the same keys would be looked for elsewhere.
  const { ends } = step.intent;
  const found = await unsettled(messagesOf(copies, ends.length), log.read(outputTopic, ends, now), ends, isCopy);
  const progress = intended(copies, { owner, until: deadline, ends }, step.progress);
  return { progress, messages: found.missing, ends: found.ends };
}

/**
 * The next batch's intent settles this one, so nothing is written behind the messages, except where these records are fewer
 * than the intent's or than the batch's: then what comes next must not find them in an open intent. Where all had landed
 * before, the write proves that nobody else has taken up the intent meanwhile.
 */
async function carryOut(
  invocation: Invocation,
  stored: StoredProgress,
  { progress, messages, ends }: Plan,
  last: Position,
  stopsShort: boolean,
): Promise<StoredProgress | undefined> {
  const { state, log, outputTopic, owner } = invocation;
  let current = stored;
  if (messages.length > 0) {
    current = await writeProgress(state, stored, progress);
    faultPoint('processor:intent-written');
    await produce(invocation, current, messages);
    faultPoint('processor:produced');
    if (!stopsShort && progress.last.offset <= last.offset) return current;
  }
  const now = await log.ends(outputTopic);
  const produced = new Set(messages.map(({ partition }) => partition));
  const behind = ends.map((end, partition) => (produced.has(partition) ? (now[partition] ?? end) : end));
  await writeProgress(state, current, copiedUpTo(last, progress, owner, behind));
  return undefined;
}

/** On failure the intent's deadline becomes now, if that can still be written, so that the next attempt need not wait for it. */
async function produce(invocation: Invocation, stored: StoredProgress, messages: readonly Message[]): Promise<void> {
  const { log, outputTopic, state, clock, deadline } = invocation;
  try {
    if (clock.now() >= deadline) throw pending(stored.key, deadline);
    await log.append(outputTopic, messages);
  } catch (error) {
    if (stored.progress !== undefined) {
      await writeProgress(state, stored, abandoned(stored.progress, clock.now())).catch(() => undefined);
    }
    throw error;
  }
}

/** Time to answer before the process is killed. */
const MARGIN_MS = 1000;

async function waitUntil(time: number, { clock, deadline }: Invocation, key: string): Promise<void> {
  const needed = time - clock.now();
  const available = Math.max(0, deadline - MARGIN_MS - clock.now());
  await clock.sleep(Math.min(needed, available));
  if (needed > available) throw pending(key, time);
}

function pending(key: string, time: number): ConnectlessError {
  return new ConnectlessError(
    'INTENT_PENDING',
    `An earlier invocation may be producing until ${new Date(time).toISOString()} (state object ${key}): the batch must come again after that.`,
    { retryable: true },
  );
}
