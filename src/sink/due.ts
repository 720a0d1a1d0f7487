// What a flush finds to be due in a partition: decided from its state alone.
import type { RotationConfig } from '../config/sink-model';
import type { PartitionState } from './partition-state';
import { closesByClock } from './rotation';

export interface Due {
  /** Files are complete but not yet in the bucket, or the clock closes the open ones. */
  readonly isDue: boolean;
  /** In files that stay open. */
  readonly openRecords: number;
}

/** @param all closes everything that is open, whatever the rules say */
export function dueIn(state: PartitionState | undefined, config: RotationConfig, now: number, all: boolean): Due {
  if (state === undefined) return { isDue: false, openRecords: 0 };
  const closes =
    state.open.length > 0 && (all || (state.since !== undefined && closesByClock(config, state.since, now)));
  const openRecords = closes ? 0 : state.open.reduce((sum, { records }) => sum + records, 0);
  return { isDue: closes || state.closing.length > 0, openRecords };
}
