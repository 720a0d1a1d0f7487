// Looks again and again until what a deployment brings about is there.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectlessError } from '../../src/errors';

export interface Waiting {
  readonly what: string;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** Throws NOT_IN_TIME, which says what it last saw. */
export async function waitFor<T>(
  look: () => Promise<T>,
  accept: (seen: T) => boolean,
  { what, patienceMs, signal }: Waiting,
): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (accept(seen)) return seen;
    if (Date.now() > until) {
      const message = `${what} did not come within ${patienceMs / 1000} s; last seen: ${shown(seen)}`;
      throw new ConnectlessError('NOT_IN_TIME', message);
    }
    await sleep(200, undefined, { signal });
  }
}

function shown(seen: unknown): string {
  return JSON.stringify(seen, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value));
}
