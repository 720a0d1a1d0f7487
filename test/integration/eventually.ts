// Waits for what a running pipeline brings about.
import { setTimeout as sleep } from 'node:timers/promises';

/** Looks until the answer is accepted; the error at the end says what it last saw. */
export async function eventually<T>(
  look: () => Promise<T>,
  accept: (seen: T) => boolean,
  patienceMs = 120_000,
): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (accept(seen)) return seen;
    if (Date.now() > until) throw new Error(`Not within ${patienceMs} ms; last seen: ${JSON.stringify(seen)}`);
    await sleep(100);
  }
}
