import { expect, jest, test } from '@jest/globals';
import { runFreezes } from './freezes';
import { newSeed } from './seed';

jest.setTimeout(120_000);

const few = { rows: 12_300, freezes: 2, frozenMs: 1500, partitions: 4, flushSize: 1000, length: 40 };

test.concurrent.each([
  ['full files alone', {}],
  ['files that the wall clock closes, too', { rotateScheduleMs: 500 }],
])('of two workers at once one is frozen, and wakes late: each record is there once, in %s', async (_, clock) => {
  const seed = newSeed();
  const { faults } = await runFreezes({ ...few, ...clock, seed });
  expect({ seed, faults }).toEqual({ seed, faults: [] });
});
