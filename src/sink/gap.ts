// Offsets that a topic no longer had when their turn came.
import type { PartitionState } from './partition-state';
import type { SinkRecord } from './record';

/** Both ends inclusive. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

// The marker that ends a transaction takes an offset and is no record.
const MARKERS = 1;

/**
 * Between what the state has seen and the next records. Retention may have deleted them before they were read; so may
 * compaction, and an aborted transaction leaves its offsets out. Within a batch only the latter two can.
 */
export function gapBefore(state: PartitionState | undefined, records: readonly SinkRecord[]): Gap | undefined {
  if (state === undefined) return undefined;
  const from = state.last.offset + 1;
  const next = records.find(({ offset }) => offset >= from);
  if (next === undefined || next.offset - from <= MARKERS) return undefined;
  return { from, to: next.offset - 1 };
}
