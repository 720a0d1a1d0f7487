// An alarm as data: what it watches, when it rings, what it makes of silence, and where the runbook goes on.
import type { MathSeries, Series } from './series';

/** Headings of docs/runbook.md. */
export type RunbookEntry =
  | 'source-errors'
  | 'source-stopped'
  | 'source-not-running'
  | 'source-retries'
  | 'source-fence-wait'
  | 'source-freshness'
  | 'schedule-events-dropped'
  | 'trigger-errors'
  | 'trigger-throttles'
  | 'trigger-lag'
  | 'trigger-stalled'
  | 'trigger-near-timeout'
  | 'sink-stopped'
  | 'sink-dead-letters'
  | 'sink-gap'
  | 'sink-open-files'
  | 'sink-flush-missing'
  | 'brokers-disk'
  | 'registry-5xx';

/** What a period without data counts as, and why. */
export interface Silence {
  readonly is: 'breaching' | 'notBreaching' | 'missing';
  readonly because: string;
}

export interface AlarmPlan {
  readonly runbook: RunbookEntry;
  /** Tells apart the alarms of one connector that have the same entry. */
  readonly of?: string;
  /** What rings, in one sentence. */
  readonly says: string;
  readonly watches: Series | MathSeries;
  readonly comparison: '>=' | '<';
  readonly threshold: number;
  readonly span: Span;
  readonly silence: Silence;
}

/** `breaching` of the last `periods` periods must breach. */
export interface Span {
  readonly periodMinutes: number;
  readonly periods: number;
  readonly breaching: number;
}

const DAY_MINUTES = 1440;
const STEP_MINUTES = 5;

/** Three periods in a row, each long enough for what happens once in so many milliseconds to happen in it. */
export function lasting(...cyclesMs: readonly number[]): Span {
  const longest = Math.max(...cyclesMs, 1) / 60_000;
  const periodMinutes = Math.min(DAY_MINUTES, STEP_MINUTES * Math.ceil(longest / STEP_MINUTES));
  // CloudWatch looks back a day at most.
  const periods = Math.min(3, Math.floor(DAY_MINUTES / periodMinutes));
  return { periodMinutes, periods, breaching: periods };
}

/** The first breach rings; the alarm ends when two more periods have passed without one. */
export const AT_ONCE: Span = { periodMinutes: STEP_MINUTES, periods: 3, breaching: 1 };

export const IDLE_IS_FINE: Silence = { is: 'notBreaching', because: 'nothing was to be done' };
