// What a flush finds to be due in a partition: decided from its state alone.
import type { FileBytes, PartitionState } from './partition-state';

export interface Due {
  /** Complete, but not yet in the bucket: whoever completed them died, or is about to close them. */
  readonly closing: readonly FileBytes[];
  /** In files that are still open. */
  readonly openRecords: number;
}

export function dueIn(state: PartitionState | undefined): Due {
  const open = state?.open ?? [];
  return { closing: state?.closing ?? [], openRecords: open.reduce((sum, { records }) => sum + records, 0) };
}
