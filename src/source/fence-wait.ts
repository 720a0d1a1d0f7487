// Waits until the transactions at the fence have ended, and says for whom.
import { ConnectlessError } from '../errors';
import type { Log } from '../log';
import type { Metrics } from '../metrics/metrics';
import { METRICS } from '../names';
import { type Holder, stillHeld } from './fence-rule';
import { type Invocation, pause } from './invocation';

export interface Fence {
  /** Transactions that may still commit rows of the table. */
  holders(): Promise<readonly Holder[]>;
  /** Who they are, in a form for the log: no literals of their queries. */
  describe(holders: readonly Holder[]): Promise<readonly string[]>;
}

export interface FenceWork {
  /** For the log: `schema.table`. */
  readonly table: string;
  readonly invocation: Invocation;
  /** Rate-limited. */
  readonly report: Log;
  readonly metrics: Metrics;
  /** `connectless.fence.timeout.ms`; absent: as long as the invocation lasts. */
  readonly fenceTimeoutMs?: number;
}

const FIRST_LOOK_MS = 5;
const LONGEST_LOOK_MS = 250;
const FIRST_REPORT_MS = 1000;
const REPORT_EVERY_MS = 30_000;

/** False: the invocation's time is over. Throws FENCE_TIMEOUT, naming the transactions. */
export async function holdersEnded(fence: Fence, holders: readonly Holder[], work: FenceWork): Promise<boolean> {
  if (holders.length === 0) return true;
  const start = work.invocation.now();
  try {
    return await ended(fence, holders, work, start);
  } finally {
    work.metrics.add(METRICS.sourceFenceWait, work.invocation.now() - start);
  }
}

async function ended(fence: Fence, holders: readonly Holder[], work: FenceWork, start: number): Promise<boolean> {
  const { invocation, report, table, fenceTimeoutMs = Number.POSITIVE_INFINITY } = work;
  let waitedFor = holders;
  let delay = FIRST_LOOK_MS;
  let reportAt = start + FIRST_REPORT_MS;
  while (waitedFor.length > 0) {
    const left = start + fenceTimeoutMs - invocation.now();
    if (left <= 0) throw fenceTimeout(table, fenceTimeoutMs, await fence.describe(waitedFor));
    if (!(await pause(invocation, Math.min(delay, left)))) return false;
    delay = Math.min(2 * delay, LONGEST_LOOK_MS);
    waitedFor = stillHeld(waitedFor, await fence.holders());
    if (waitedFor.length > 0 && invocation.now() >= reportAt) {
      tellWaiting(report, table, await fence.describe(waitedFor));
      reportAt = invocation.now() + REPORT_EVERY_MS;
    }
  }
  return true;
}

/**
 * Rows that are not waited for within the poll: says for whom they are held back, now and then. Throws FENCE_TIMEOUT.
 * @param heldMs by one transaction
 */
export async function tellHeld(
  heldMs: number,
  describe: () => Promise<readonly string[]>,
  { table, report, metrics, fenceTimeoutMs = Number.POSITIVE_INFINITY }: FenceWork,
): Promise<void> {
  if (heldMs < Math.min(FIRST_REPORT_MS, fenceTimeoutMs)) return;
  metrics.add(METRICS.sourceFenceWait, heldMs);
  const transactions = await describe();
  if (heldMs >= fenceTimeoutMs) throw fenceTimeout(table, fenceTimeoutMs, transactions);
  tellWaiting(report, table, transactions);
}

function tellWaiting(report: Log, table: string, transactions: readonly string[]): void {
  report.warn('Rows of this table wait for open transactions', { table, transactions });
}

function fenceTimeout(table: string, afterMs: number, transactions: readonly string[]): ConnectlessError {
  return new ConnectlessError(
    'FENCE_TIMEOUT',
    `Table ${table}: after ${afterMs} ms (connectless.fence.timeout.ms) its rows still wait for open transactions, and none was read past them: ${transactions.join('; ')}. ` +
      'Let them end, or end them with pg_terminate_backend(pid), ROLLBACK PREPARED for a prepared one; rows are read on from where they are.',
  );
}
