// How often schedules invoke functions: in whole minutes, since they know no others.

/** Of a source; polls that come faster loop inside an invocation. */
export function scheduleMinutes(pollIntervalMs: number): number {
  return Math.max(1, Math.floor(pollIntervalMs / 60_000));
}

/** Of a sink's flush. */
export const FLUSH_MINUTES = 5;
