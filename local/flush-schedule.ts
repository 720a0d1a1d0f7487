// How often a sink on this machine is invoked to flush: pure.
import type { RotationConfig } from '../src/config/sink-model';

const MINUTE_MS = 60_000;
const LEAST_MS = 1000;

/** Milliseconds: as a deployed schedule's minute, or sooner where files are to be closed sooner. */
export function flushEveryMs({ rotateScheduleMs, rotateIdleMs }: RotationConfig): number {
  return Math.max(LEAST_MS, Math.min(MINUTE_MS, rotateScheduleMs ?? MINUTE_MS, rotateIdleMs ?? MINUTE_MS));
}
