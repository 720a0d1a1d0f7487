import { expect, test } from '@jest/globals';
import { untilItSucceeds } from '../../local/retry';

test('doubles the wait from failure to failure until an attempt succeeds', async () => {
  const waits: number[] = [];
  let attempts = 0;
  const answer = await untilItSucceeds(
    async () => {
      attempts += 1;
      if (attempts < 5) throw new TypeError('not yet');
      return 'done';
    },
    { signal: new AbortController().signal, firstWaitMs: 1, onFailure: (_, wait) => waits.push(wait) },
  );
  expect(answer).toBe('done');
  expect(waits).toEqual([1, 2, 4, 8]);
});

test('waits no longer when the signal comes, and does not try again', async () => {
  const stop = new AbortController();
  let attempts = 0;
  const answer = await untilItSucceeds(
    async () => {
      attempts += 1;
      throw new Error('never');
    },
    { signal: stop.signal, firstWaitMs: 600_000, onFailure: () => setImmediate(() => stop.abort()) },
  );
  expect([answer, attempts]).toEqual([undefined, 1]);
});

test('finishes the attempt in hand when the signal comes, and answers it', async () => {
  const stop = new AbortController();
  const answer = await untilItSucceeds(
    async () => {
      stop.abort();
      return 'done';
    },
    { signal: stop.signal, onFailure: () => {} },
  );
  expect(answer).toBe('done');
});
