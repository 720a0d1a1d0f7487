// How long a statement may take, so that the invocation ends before its deadline and says why.
import { ConnectlessError } from '../errors';

/** Kept free at the end, to say what was ended and to close. */
const RESERVE_MS = 1000;
const SHORTEST_MS = 500;
/** Of a timer in Node, and of a setting in Postgres: 2³¹ − 1, and some room. */
const LONGEST_MS = 2_000_000_000;

/** Milliseconds. Throws OUT_OF_TIME (retryable). @param remainingMs of the invocation */
export function timeLimit(remainingMs: number): number {
  if (remainingMs < SHORTEST_MS) {
    const message = 'The invocation was over before the database could be asked; the next one goes on.';
    throw new ConnectlessError('OUT_OF_TIME', message, { retryable: true });
  }
  return Math.floor(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, remainingMs - RESERVE_MS)));
}
