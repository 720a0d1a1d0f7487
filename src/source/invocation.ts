// The time that an invocation has, and sleep that does not outlast it.

export interface Invocation {
  /** No other invocation has it, not even a retry of the same event. */
  readonly id: string;
  /** Epoch milliseconds. */
  now(): number;
  /** May jump towards zero at any time: that is how the local runner asks for an end. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
}

/** Kept free at the end: for the page in hand to be acknowledged and its cursor moved. */
const RESERVE_MS = 2000;
const SLICE_MS = 1000;

/** Whether there is time to begin something. */
export function hasTime(invocation: Invocation): boolean {
  return invocation.remainingMs() > RESERVE_MS;
}

/** Whether there still is, so much later. */
export function hasTimeIn(invocation: Invocation, ms: number): boolean {
  return invocation.remainingMs() - ms > RESERVE_MS;
}

/** Sleeps, less when it need not last any longer, and answers whether there is time to go on. */
export async function pause(invocation: Invocation, ms: number, isEnough = () => false): Promise<boolean> {
  const until = invocation.now() + ms;
  while (hasTime(invocation)) {
    const left = until - invocation.now();
    if (left <= 0 || isEnough()) return true;
    await invocation.sleep(Math.min(left, SLICE_MS, invocation.remainingMs() - RESERVE_MS));
  }
  return false;
}
