// One invocation of one partition: load, plan, report, upload, replace the state, close, forget what is closed.
import { ConnectlessError } from '../errors';
import { faultPoint } from '../fault';
import { METRICS } from '../names';
import { clockToSay, type Timed, timed, withClock } from './clock';
import { closeFile, uploadLost } from './close';
import { passOver, sayGap } from './dead-letters/pass-over';
import { gapBefore } from './gap';
import type { HeldState } from './held-states';
import { filesClosed, recordsTaken } from './measures';
import type { TopicPartition } from './object-key';
import { type PartitionState, restartOffset, type SaidClock } from './partition-state';
import { type PlannedState, planRecords } from './plan';
import type { SinkRecord } from './record';
import type { Sink } from './sink';
import { decodeState, encodeState } from './state-form';
import { tagFile } from './tags';
import { abortUnknown, type Uploads, uploadParts, withUploads } from './uploads';

// Each lost race means that another writer has gone on, and a partition has one writer beside zombies.
const MOST_ATTEMPTS = 10;

/** What is to be done with a partition. */
interface Work {
  readonly source: TopicPartition;
  readonly stateKey: string;
  /** None: only what the clock closes. */
  readonly records: readonly SinkRecord[];
  readonly closeAll: boolean;
}

/**
 * Takes a partition's records, ascending by offset, and answers when all are in the state and every file that they complete is
 * in the bucket. When it throws, the records before the one that the error names are safe, and all may come again.
 */
export async function sinkPartition(sink: Sink, source: TopicPartition, records: readonly SinkRecord[]): Promise<void> {
  const stateKey = stateKeyOf(sink, source);
  const held = remembered(sink, stateKey, records) ?? (await loadState(sink, stateKey));
  await untilDone(sink, { source, stateKey, records, closeAll: false }, held);
}

/** Closes what is listed and what the clock says is due, or everything that is open. @param held the state as it was just read */
export async function closeDue(sink: Sink, source: TopicPartition, held: HeldState, closeAll: boolean): Promise<void> {
  await untilDone(sink, { source, stateKey: stateKeyOf(sink, source), records: [], closeAll }, held);
}

export function stateKeyOf({ config }: Pick<Sink, 'config'>, { topic, partition }: TopicPartition): string {
  return `sink/${config.name}/${topic}/${partition}`;
}

async function untilDone(sink: Sink, work: Work, first: HeldState): Promise<void> {
  let held = first;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if (await attemptWork(sink, work, held)) return;
    held = await loadState(sink, work.stateKey);
  }
  throw new ConnectlessError('STATE_CONTENDED', `Other writers keep replacing the state "${work.stateKey}".`, {
    retryable: true,
  });
}

/** False: there is more to do, from the state as it is then. Somebody else has replaced it, perhaps. */
async function attemptWork(sink: Sink, work: Work, held: HeldState): Promise<boolean> {
  const { stateKey, records } = work;
  const settled = await closeListed(sink, stateKey, held);
  if (settled === undefined) return false;
  const part = timed(settled.state, records, sink.now());
  const plan = await planWithNeeds(sink, { ...work, ...part }, settled);
  const written = await carryOut(sink, work, settled, part, plan);
  if (written === undefined) return false;
  sink.metrics.add(METRICS.sinkRecords, recordsTaken(records, settled.state, written.state));
  const gap = gapBefore(settled.state, records);
  if (gap !== undefined) sayGap(sink, work.source, gap);
  const closed = await closeListed(sink, stateKey, written);
  // Undefined: whoever read what was written has closed the files, too, and has gone on from there.
  if (closed !== undefined) sink.held.put(stateKey, closed);
  if (plan.stopped !== undefined) throw plan.stopped;
  return !part.hasMore;
}

/**
 * The state that this process wrote last, if the records follow it without a gap. Otherwise another process may have taken
 * those between: parts planned without them would have other bytes, and be in the shared upload before the write is refused.
 */
function remembered(sink: Sink, stateKey: string, [first]: readonly SinkRecord[]): HeldState | undefined {
  const held = sink.held.take(stateKey);
  const next = (held?.state?.last.offset ?? -1) + 1;
  return first !== undefined && first.offset <= next ? held : undefined;
}

export async function loadState(sink: Sink, stateKey: string): Promise<HeldState> {
  const found = await sink.state.read(stateKey);
  faultPoint('sink:state-loaded');
  if (found === undefined) return { state: undefined, version: undefined, bytes: 0 };
  return { state: decodeState(found.body, stateKey), version: found.version, bytes: found.body.length };
}

/**
 * Closes the files that the state lists, and forgets them at once: one that somebody moves away later must not come back when
 * another process reads the state. Undefined: somebody else has replaced the state.
 */
async function closeListed(sink: Sink, stateKey: string, held: HeldState): Promise<HeldState | undefined> {
  const { state } = held;
  if (state === undefined || state.closing.length === 0) return held;
  const restart = { stateKey, offset: restartOffset(state) };
  const closings = await Promise.allSettled(
    state.closing.map((file) =>
      sink.limit(async () => {
        await closeFile(sink.objects, file, restart);
        await tagFile(sink, file);
      }),
    ),
  );
  const failed = closings.find((closing) => closing.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const forgotten = await replaceState(sink, stateKey, held, { ...state, closing: [] });
  // Otherwise whoever has forgotten them counts them.
  if (forgotten !== undefined) filesClosed(sink.metrics, state.closing);
  faultPoint('sink:closed-forgotten');
  return forgotten;
}

/** Undefined: somebody else has replaced it. */
async function replaceState(
  sink: Sink,
  stateKey: string,
  { version: before }: HeldState,
  state: PartitionState,
): Promise<HeldState | undefined> {
  const body = encodeState(state);
  const version =
    before === undefined ? await sink.state.create(stateKey, body) : await sink.state.replace(stateKey, body, before);
  // Read back, its files are views of what was written: closing them takes no copy.
  return version === undefined ? undefined : { state: decodeState(body, stateKey), version, bytes: body.length };
}

async function planWithNeeds(sink: Sink, work: Work & Timed, { state }: HeldState): Promise<PlannedState> {
  const { topic } = work.source;
  const rules = await sink.rules(topic);
  for (;;) {
    const plan = planRecords({ ...work, state, rules });
    if (!('needs' in plan)) return plan;
    await sink.get(topic, plan.needs, work.records);
  }
}

/** Reports and uploads what the plan says, and writes its state. Undefined: somebody was first, load and plan again. */
async function carryOut(
  sink: Sink,
  work: Work,
  held: HeldState,
  part: Timed,
  plan: PlannedState,
): Promise<HeldState | undefined> {
  const { stateKey } = work;
  if (plan.state === undefined) return held;
  const clock = clockToSay(sink.config, held.state, part, plan);
  const said = clock === undefined ? held : await sayClock(sink, stateKey, held, clock);
  if (said === undefined) return undefined;
  // Before uploads, which nobody would abort when the letters cannot be sent.
  await passOver(sink, work.source, plan);
  const uploads = await uploadParts(sink.objects, sink.limit, plan.parts);
  if (uploads === undefined) return requireNewer(sink, stateKey, said, plan);
  const next = withClock(withUploads(plan.state, uploads), said.state?.clock);
  const written = await replaceState(sink, stateKey, said, next);
  faultPoint('sink:state-replaced');
  if (written !== undefined) return written;
  await takeBack(sink, stateKey, uploads);
  return undefined;
}

async function sayClock(sink: Sink, stateKey: string, held: HeldState, clock: SaidClock) {
  const said = held.state && (await replaceState(sink, stateKey, held, { ...held.state, clock }));
  faultPoint('sink:clock-said');
  return said;
}

/** An upload that the state knows is gone: another writer has completed it, and then the state has moved on. */
async function requireNewer(sink: Sink, stateKey: string, held: HeldState, plan: PlannedState): Promise<undefined> {
  const now = await loadState(sink, stateKey);
  const file = plan.parts.find((parts) => parts.file.upload !== undefined)?.file;
  if (now.version === held.version && file !== undefined && held.state !== undefined) {
    throw uploadLost(file, { stateKey, offset: restartOffset(held.state) });
  }
  return undefined;
}

async function takeBack(sink: Sink, stateKey: string, uploads: Uploads): Promise<void> {
  if (uploads.size === 0) return;
  const { state } = await loadState(sink, stateKey);
  await abortUnknown(sink.objects, uploads, state);
}
