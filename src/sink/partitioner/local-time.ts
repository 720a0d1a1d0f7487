// Time in a zone as Joda reckons it: the beginning of a partition.
import type { OffsetAt } from '../../time-zone';

/**
 * What `TimeBasedPartitioner.getPartition` brings back to an instant: local time cut to the duration, towards 1970 (so the durations
 * before and after it are one).
 */
export function localStart(instant: number, durationMs: number, offsetAt: OffsetAt): number {
  // + 0: never -0.
  return Math.trunc((instant + offsetAt(instant)) / durationMs) * durationMs + 0;
}

/**
 * Joda's `DateTimeZone.convertLocalToUTC(local, false)`: a time that the clocks skip has the offset before the gap; one that they show
 * twice has the offset behind the change east of Greenwich, and the one before it in the west.
 */
export function instantOf(local: number, offsetAt: OffsetAt): number {
  const estimate = offsetAt(local);
  const offset = offsetAt(local - estimate);
  if (estimate === offset || estimate >= 0) return local - offset;
  const isInGap = offsetAt(local - offset) !== offset;
  return local - (isInGap ? estimate : offset);
}
