// What the writers that won did to each partition, in order; and one writer that does the same again, alone.
import type { SinkConfig } from '../../src/config/sink-model';
import type { TopicPartition } from '../../src/sink/object-key';
import { closeDue, loadState, sinkPartition, stateKeyOf } from '../../src/sink/partition';
import type { PartitionState } from '../../src/sink/partition-state';
import { type Sink, sinkOn } from '../../src/sink/sink';
import { decodeState } from '../../src/sink/state-form';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { memoryBucket } from './memory-bucket';
import { type ScriptedLog, scriptedRegistry } from './scripted-log';
import type { World } from './world';

export interface Writer {
  readonly config: SinkConfig;
  /** Its clock, epoch milliseconds. */
  readonly now: number;
  readonly isFlush: boolean;
  readonly closesAll: boolean;
}

/** A state that replaced another one. */
export interface Transition extends Writer {
  readonly stateKey: string;
  readonly before: PartitionState | undefined;
  readonly after: PartitionState;
}

/** The store as this writer has it: each of its writes that was no refusal is noted. */
export function noting(state: StateStore, writer: () => Writer, transitions: Transition[]): StateStore {
  const note = async (stateKey: string, body: Buffer, write: () => Promise<string | undefined>) => {
    const before = await state.read(stateKey);
    const version = await write();
    const isNew = version !== undefined && version !== before?.version;
    if (isNew) {
      transitions.push({
        stateKey,
        before: before && decodeState(before.body, stateKey),
        after: decodeState(body, stateKey),
        ...writer(),
      });
    }
    return version;
  };
  return {
    ...state,
    create: (key, body) => note(key, body, () => state.create(key, body)),
    replace: (key, body, version) => note(key, body, () => state.replace(key, body, version)),
  };
}

/** Takes the same records in the same batches at the same times, with nobody beside it and nothing that fails. */
export async function again({ configs, log, transitions }: World) {
  const clock = { now: 0 };
  const bucket = memoryBucket({ smallestPart: configs[0].partSize, etags: 'md5', now: () => clock.now });
  const state = memoryState();
  const sinks = new Map(
    configs.map((config) => [
      config,
      sinkOn(config, state, bucket, scriptedRegistry, recordedMetrics(), { now: () => clock.now }),
    ]),
  );
  for (const transition of transitions) {
    const partition = log.findIndex(
      (_, one) => stateKeyOf({ config: configs[0] }, sourceOf(one)) === transition.stateKey,
    );
    const sink = sinks.get(transition.config);
    if (sink !== undefined) await repeat(sink, clock, sourceOf(partition), log[partition] ?? [], transition);
  }
  return { bucket, state };
}

function sourceOf(partition: number): TopicPartition {
  return { topic: 'prices', partition };
}

async function repeat(
  sink: Sink,
  clock: { now: number },
  source: TopicPartition,
  records: ScriptedLog[number],
  { stateKey, before, after, ...writer }: Transition,
): Promise<void> {
  if (isNoPlan(before, after)) return;
  const from = before?.last.offset ?? Number.NEGATIVE_INFINITY;
  const taken = records.filter(({ offset }) => offset > from && offset <= after.last.offset);
  const said = before?.clock;
  const isSaid = said !== undefined && !writer.isFlush && (taken[0]?.offset ?? Number.POSITIVE_INFINITY) <= said.until;
  clock.now = isSaid ? said.now : writer.now;
  if (taken.length > 0) await sinkPartition(sink, source, taken);
  else await closeDue(sink, source, await loadState(sink, stateKey), writer.closesAll);
}

/** The clock was said, or closed files were forgotten. */
function isNoPlan(before: PartitionState | undefined, after: PartitionState): boolean {
  if (before === undefined || before.last.offset !== after.last.offset) return false;
  const isClock = after.clock !== undefined && JSON.stringify(after.clock) !== JSON.stringify(before.clock);
  return isClock || before.closing.length > 0;
}
