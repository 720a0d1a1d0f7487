// How often schedules invoke functions: in whole minutes, since they know no others.
import type { RotationConfig } from '../../src/config/sink-model';

/** Of a source; polls that come faster loop inside an invocation. */
export function scheduleMinutes(pollIntervalMs: number): number {
  return Math.max(1, Math.floor(pollIntervalMs / 60_000));
}

/** Of a sink's flush: closes what a crash left, and looks for lost uploads. */
const FLUSH_MINUTES = 5;

/** Where the wall clock closes files, it is looked at each minute. */
export function flushMinutes({ rotateScheduleMs, rotateIdleMs }: RotationConfig): number {
  return rotateScheduleMs === undefined && rotateIdleMs === undefined ? FLUSH_MINUTES : 1;
}
