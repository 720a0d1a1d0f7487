// How often a source is invoked in a month, how long it stays, how often it polls.
import type { SourceConfig } from '../../src/config/source-model';
import { scheduleMinutes } from '../deployment/schedules';
import { ASSUMED } from './assumptions';
import { MONTH } from './load';

export interface SourceRuns {
  /** A month's. */
  readonly invocations: number;
  /** From an invocation's first poll to its last. */
  readonly pollingSeconds: number;
  /** A month's, of each table. */
  readonly polls: number;
}

/** An invocation begins nothing in its last two seconds. */
const RESERVE_MS = 2000;

/**
 * A poll is the last of its invocation when the next one would not come within it any more. With a reserved concurrency of 1, starts that
 * come while an invocation lasts come to nothing.
 */
export function sourceRuns({
  pollIntervalMs,
  tablePollIntervalMs,
  deployment,
}: Pick<SourceConfig, 'pollIntervalMs' | 'tablePollIntervalMs' | 'deployment'>): SourceRuns {
  const usableMs = deployment.timeoutMs - RESERVE_MS;
  const lastAt = (intervalMs: number) => intervalMs * Math.max(0, Math.ceil(usableMs / intervalMs) - 1);
  const pollingSeconds = Math.max(lastAt(pollIntervalMs), lastAt(tablePollIntervalMs)) / 1000;
  const minutes = scheduleMinutes(pollIntervalMs);
  const turns = Math.ceil((pollingSeconds + ASSUMED.sourceStart.value) / (60 * minutes));
  const invocations = MONTH.minutes / (minutes * turns);
  return { invocations, pollingSeconds, polls: invocations * (lastAt(pollIntervalMs) / pollIntervalMs + 1) };
}
