// Tries again for as long as it takes: the waits of everything that must not give up.
import { setTimeout } from 'node:timers/promises';

export interface RetryOptions {
  /** Ends the waiting; an attempt in hand is finished. */
  readonly signal: AbortSignal;
  readonly onFailure: (error: unknown, waitMs: number) => void;
  /** Doubled from failure to failure, up to 30 s. @default 1000 */
  readonly firstWaitMs?: number;
}

const longestWaitMs = 30_000;

/** The answer of the first attempt that succeeds; `undefined` when the signal came before. */
export async function untilItSucceeds<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T | undefined> {
  const { signal, onFailure, firstWaitMs = 1000 } = options;
  let wait = firstWaitMs;
  while (!signal.aborted) {
    const began = Date.now();
    try {
      return await attempt();
    } catch (error) {
      // What held for longer than any wait had succeeded for a time: this is a new failure.
      if (Date.now() - began > longestWaitMs) wait = firstWaitMs;
      onFailure(error, wait);
    }
    await pause(wait, signal);
    wait = Math.min(2 * wait, longestWaitMs);
  }
  return undefined;
}

/** Resolves after `ms`, or when the signal comes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
