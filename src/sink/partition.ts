// One invocation of one partition: load, plan, upload, replace the state, close, forget what is closed.
import { ConnectlessError } from '../errors';
import { faultPoint } from '../fault';
import { METRICS } from '../names';
import { closeFile, uploadLost } from './close';
import type { HeldState } from './held-states';
import { filesClosed, recordsTaken } from './measures';
import type { TopicPartition } from './object-key';
import { decodeState, encodeState, type PartitionState } from './partition-state';
import { type PlannedState, planRecords, type SinkRecord } from './plan';
import type { Sink } from './sink';
import { abortUnknown, type Uploads, uploadParts, withUploads } from './uploads';

// Each lost race means that another writer has gone on, and a partition has one writer beside zombies.
const MOST_ATTEMPTS = 10;

/**
 * Takes a partition's records, ascending by offset, and answers when all are in the state and every file that they complete is
 * in the bucket. When it throws, the records before the one that the error names are safe, and all may come again.
 */
export async function sinkPartition(sink: Sink, source: TopicPartition, records: readonly SinkRecord[]): Promise<void> {
  const stateKey = `sink/${sink.config.name}/${source.topic}/${source.partition}`;
  let held = remembered(sink, stateKey, records) ?? (await loadState(sink, stateKey));
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if (await takeRecords(sink, source, stateKey, held, records)) return;
    held = await loadState(sink, stateKey);
  }
  throw new ConnectlessError('STATE_CONTENDED', `Other writers keep replacing the state "${stateKey}".`, {
    retryable: true,
  });
}

/** False: somebody else has replaced the state. */
async function takeRecords(
  sink: Sink,
  source: TopicPartition,
  stateKey: string,
  held: HeldState,
  records: readonly SinkRecord[],
): Promise<boolean> {
  const settled = await closeListed(sink, stateKey, held);
  if (settled === undefined) return false;
  const plan = await planWithSchemas(sink, source, stateKey, settled, records);
  const written = await carryOut(sink, stateKey, settled, plan);
  if (written === undefined) return false;
  sink.metrics.add(METRICS.sinkRecords, recordsTaken(records, settled.state, written.state));
  const closed = await closeListed(sink, stateKey, written);
  // Undefined: whoever read what was written has closed the files, too, and has gone on from there.
  if (closed !== undefined) sink.held.put(stateKey, closed);
  if (plan.stopped !== undefined) throw plan.stopped;
  return true;
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
export async function closeListed(sink: Sink, stateKey: string, held: HeldState): Promise<HeldState | undefined> {
  const { state } = held;
  if (state === undefined || state.closing.length === 0) return held;
  const closings = await Promise.allSettled(
    state.closing.map((file) => sink.limit(() => closeFile(sink.objects, file, stateKey))),
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

async function planWithSchemas(
  { config, schemas }: Sink,
  source: TopicPartition,
  stateKey: string,
  { state }: HeldState,
  records: readonly SinkRecord[],
): Promise<PlannedState> {
  const unusable = new Map<number, ConnectlessError>();
  const known = (id: number) => schemas.known(id) ?? unusable.get(id);
  for (;;) {
    const plan = planRecords({ source, stateKey, state, records, schemas: known, config });
    if (!('needs' in plan)) return plan;
    const schema = await schemas.fetch(plan.needs);
    if (schema instanceof ConnectlessError) unusable.set(plan.needs, schema);
  }
}

/** Uploads what the plan filled and writes its state. Undefined: somebody was first, load and plan again. */
async function carryOut(
  sink: Sink,
  stateKey: string,
  held: HeldState,
  plan: PlannedState,
): Promise<HeldState | undefined> {
  if (plan.state === undefined) return held;
  const uploads = await uploadParts(sink.objects, sink.limit, plan.parts);
  if (uploads === undefined) return requireNewer(sink, stateKey, held, plan);
  const written = await replaceState(sink, stateKey, held, withUploads(plan.state, uploads));
  faultPoint('sink:state-replaced');
  if (written !== undefined) return written;
  await takeBack(sink, stateKey, uploads);
  return undefined;
}

/** An upload that the state knows is gone: another writer has completed it, and then the state has moved on. */
async function requireNewer(sink: Sink, stateKey: string, held: HeldState, plan: PlannedState): Promise<undefined> {
  const now = await loadState(sink, stateKey);
  const file = plan.parts.find((parts) => parts.file.upload !== undefined)?.file;
  if (now.version === held.version && file !== undefined) throw uploadLost(file, stateKey);
  return undefined;
}

async function takeBack(sink: Sink, stateKey: string, uploads: Uploads): Promise<void> {
  if (uploads.size === 0) return;
  const { state } = await loadState(sink, stateKey);
  await abortUnknown(sink.objects, uploads, state);
}
