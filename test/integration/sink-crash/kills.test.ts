import { expect, jest, test } from '@jest/globals';
import { runKills } from './kills';
import { newSeed } from './seed';

jest.setTimeout(120_000);

const few = { rows: 12_300, kills: 5, partitions: 4, flushSize: 1000, length: 40 };

test.concurrent.each([
  ['full ones alone', {}],
  ['those that the wall clock closes, too', { rotateScheduleMs: 1000 }],
])('a sink that is killed at random moments leaves each record once in its files: %s', async (_, clock) => {
  const seed = newSeed();
  const { faults, kills } = await runKills({ ...few, ...clock, seed });
  expect({ seed, faults, kills: kills.length }).toEqual({ seed, faults: [], kills: few.kills });
});
