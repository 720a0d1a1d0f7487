// The wall clock as the planner sees it: what it decides must be decided once.
import type { SinkConfig } from '../config/sink-model';
import type { PartitionState, SaidClock } from './partition-state';
import type { PlannedState } from './plan';
import type { SinkRecord } from './record';

/** Records, and the time that they are planned by. */
export interface Timed {
  readonly records: readonly SinkRecord[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** The state says that time. */
  readonly isSaid: boolean;
  /** Behind these records some are to be planned by another time. */
  readonly hasMore: boolean;
}

/** Those of the records that somebody has said a time for, and that time; or else all, and now. A flush has none, and goes by its own clock. */
export function timed(state: PartitionState | undefined, records: readonly SinkRecord[], now: number): Timed {
  const said = state?.clock;
  const next = state === undefined ? undefined : records.find(({ offset }) => offset > state.last.offset);
  if (said === undefined || next === undefined || next.offset > said.until) {
    return { records, now, isSaid: false, hasMore: false };
  }
  const those = records.filter(({ offset }) => offset <= said.until);
  return { records: those, now: said.now, isSaid: true, hasMore: those.length < records.length };
}

/**
 * The time that the state must say before the plan is carried out; undefined: none. The parts that it uploads are otherwise
 * nobody's business until the state is written; but an upload that the state knows already is shared with whoever plans these
 * records again, and by another clock, or with more records by the same one, the same part might get other bytes.
 */
export function clockToSay(
  config: SinkConfig,
  state: PartitionState | undefined,
  { records, now, isSaid }: Timed,
  plan: PlannedState,
): SaidClock | undefined {
  const last = records.at(-1);
  if (state === undefined || last === undefined || isSaid || !goesByClock(config)) return undefined;
  if (!plan.parts.some(({ file }) => file.upload !== undefined)) return undefined;
  return { now, until: last.offset };
}

/** The state with what was said, as long as it is for records that are still to be taken. */
export function withClock(state: PartitionState, clock: SaidClock | undefined): PartitionState {
  return clock === undefined || state.last.offset >= clock.until ? state : { ...state, clock };
}

/** Whether the wall clock decides anything about where records go. */
export function goesByClock({ partitioner, rotateScheduleMs, rotateIdleMs }: SinkConfig): boolean {
  if (rotateScheduleMs !== undefined || rotateIdleMs !== undefined) return true;
  return partitioner.kind === 'time' && partitioner.extractor.kind === 'wallclock';
}
