// The wall clock as the planner sees it: what it decides must be decided once.
import type { SinkConfig } from '../config/model';
import type { PartitionState } from './partition-state';
import type { PlannedState } from './plan';

/** What somebody has already planned the next record with, or else now. */
export function clockFor(state: PartitionState | undefined, now: number): number {
  return state?.clock ?? now;
}

/**
 * Whether the state must say what the clock said before the plan is carried out. The parts that it uploads are otherwise nobody's
 * business until the state is written; but an upload that the state knows already is shared with whoever plans these records
 * again, and by another clock the same part might get other bytes.
 */
export function mustSayClock(config: SinkConfig, state: PartitionState | undefined, plan: PlannedState): boolean {
  if (state === undefined || state.clock !== undefined || !goesByClock(config)) return false;
  return plan.parts.some(({ file }) => file.upload !== undefined);
}

/** Whether the wall clock decides anything about where records go. */
export function goesByClock({ partitioner, rotateScheduleMs, rotateIdleMs }: SinkConfig): boolean {
  if (rotateScheduleMs !== undefined || rotateIdleMs !== undefined) return true;
  return partitioner.kind === 'time' && partitioner.extractor.kind === 'wallclock';
}
