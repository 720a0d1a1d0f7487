// Waits until the transactions at the fence have ended, and says for whom.
import type { Log } from '../log';
import { stillHeld } from './fence-rule';
import { type Invocation, pause } from './invocation';
import { type Holder, qualified, type TableReader } from './table';

const FIRST_LOOK_MS = 5;
const LONGEST_LOOK_MS = 250;
const FIRST_REPORT_MS = 1000;
const REPORT_EVERY_MS = 30_000;

/** False: the invocation's time is over. */
export async function holdersEnded(
  reader: TableReader,
  holders: readonly Holder[],
  invocation: Invocation,
  log: Log,
): Promise<boolean> {
  let waitedFor = holders;
  let delay = FIRST_LOOK_MS;
  let reportAt = invocation.now() + FIRST_REPORT_MS;
  while (waitedFor.length > 0) {
    if (!(await pause(invocation, delay))) return false;
    delay = Math.min(2 * delay, LONGEST_LOOK_MS);
    const { holders: now } = await reader.fence();
    waitedFor = stillHeld(waitedFor, now);
    if (waitedFor.length > 0 && invocation.now() >= reportAt) {
      const transactions = await reader.describe(waitedFor);
      log.warn('Rows of this table wait for open transactions', { table: qualified(reader.table), transactions });
      reportAt = invocation.now() + REPORT_EVERY_MS;
    }
  }
  return true;
}
