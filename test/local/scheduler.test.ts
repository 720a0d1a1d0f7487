import { expect, test } from '@jest/globals';
import { startScheduler, untilNextStart } from '../../local/scheduler';

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
    everyMs: 1,
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
    everyMs: 1,
    onFailure: () => {},
  });
  const stopped = scheduler.stop();
  end();
  await stopped;
  expect(ended).toBe(true);
});

test('does not invoke again before the next poll is due, although the last invocation ended early', async () => {
  let invocations = 0;
  const scheduler = startScheduler({
    invoke: async () => {
      invocations += 1;
    },
    everyMs: 3_600_000,
    onFailure: () => {},
  });
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  await scheduler.stop();
  expect(invocations).toBe(1);
});

test('a failed invocation is tried again after its own wait, not after the rate', async () => {
  let succeeded = () => {};
  const second = new Promise<void>((resolve) => {
    succeeded = resolve;
  });
  let invocations = 0;
  const scheduler = startScheduler({
    invoke: async () => {
      invocations += 1;
      if (invocations === 1) throw new Error('the first one fails');
      succeeded();
    },
    everyMs: 3_600_000,
    onFailure: () => {},
    firstWaitMs: 1,
  });
  await second;
  await scheduler.stop();
  expect(invocations).toBe(2);
});

test.each([
  ['ended early', 1000, 1200, 5000, 4800],
  ['lasted as long as the rate', 1000, 6000, 5000, 0],
  ['lasted longer', 1000, 60_000, 5000, 0],
])(
  'behind an invocation that %s, the next one starts a rate after its start, or at once',
  (_, started, now, every, wait) => {
    expect(untilNextStart(started, now, every)).toBe(wait);
  },
);
