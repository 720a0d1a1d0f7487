import { expect, test } from '@jest/globals';
import { startScheduler } from '../../local/scheduler';

test('invokes again when the last invocation has ended, and after a failure with a wait', async () => {
  const waits: number[] = [];
  const events: unknown[] = [];
  let enough = () => {};
  const thirdEnded = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const scheduler = startScheduler({
    invoke: async (event) => {
      events.push(event);
      if (events.length === 1) throw new Error('the first one fails');
      if (events.length === 3) enough();
    },
    onFailure: (_, wait) => waits.push(wait),
    firstWaitMs: 1,
  });
  await thirdEnded;
  await scheduler.stop();
  expect(events.slice(0, 3)).toEqual([{}, {}, {}]);
  expect(waits).toEqual([1]);
  const ended = events.length;
  await new Promise(setImmediate);
  expect(events.length).toBe(ended);
});

test('stops behind the invocation in hand', async () => {
  let end = () => {};
  let ended = false;
  const scheduler = startScheduler({
    invoke: () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }).then(() => {
        ended = true;
      }),
    onFailure: () => {},
  });
  const stopped = scheduler.stop();
  end();
  await stopped;
  expect(ended).toBe(true);
});
