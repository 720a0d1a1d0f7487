// What the writers that won did to each partition, in order; and one writer that does the same again, alone.
import type { SinkConfig } from '../../src/config/model';
import { closeDue, loadState, sinkPartition, stateKeyOf } from '../../src/sink/partition';
import type { PartitionState } from '../../src/sink/partition-state';
import { sinkOn } from '../../src/sink/sink';
import { decodeState } from '../../src/sink/state-form';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { memoryBucket } from './memory-bucket';
import { type ScriptedLog, scriptedRegistry } from './scripted-log';

/** A state that replaced another one. */
export interface Transition {
  readonly stateKey: string;
  readonly before: PartitionState | undefined;
  readonly after: PartitionState;
  /** Of the writer, epoch milliseconds. */
  readonly now: number;
  readonly closesAll: boolean;
}

interface Writer {
  readonly now: number;
  readonly closesAll: boolean;
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
export async function again(config: SinkConfig, log: ScriptedLog, transitions: readonly Transition[]) {
  let now = 0;
  const bucket = memoryBucket({ smallestPart: config.partSize, etags: 'md5', now: () => now });
  const state = memoryState();
  const sink = sinkOn(config, state, bucket, scriptedRegistry, recordedMetrics(), { now: () => now });
  for (const [partition, records] of log.entries()) {
    const source = { topic: 'prices', partition };
    const stateKey = stateKeyOf(sink, source);
    for (const { before, after, now: its, closesAll } of transitions.filter((one) => one.stateKey === stateKey)) {
      if (isNoPlan(before, after)) continue;
      now = before?.clock ?? its;
      const from = before?.last.offset ?? Number.NEGATIVE_INFINITY;
      const taken = records.filter(({ offset }) => offset > from && offset <= after.last.offset);
      if (taken.length > 0) await sinkPartition(sink, source, taken);
      else await closeDue(sink, source, await loadState(sink, stateKey), closesAll);
    }
  }
  return { bucket, state };
}

/** The clock was said, or closed files were forgotten. */
function isNoPlan(before: PartitionState | undefined, after: PartitionState): boolean {
  if (before === undefined || before.last.offset !== after.last.offset) return false;
  return (before.clock === undefined && after.clock !== undefined) || before.closing.length > 0;
}
