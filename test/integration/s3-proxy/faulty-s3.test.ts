import { expect, jest, test } from '@jest/globals';
import { newSeed } from '../sink-crash/seed';
import { runFaulty } from './faulty-run';

jest.setTimeout(120_000);

test.concurrent.each([
  ['files that are put whole', { rows: 12_300, partitions: 4, flushSize: 1000, length: 40 }],
  ['files of several parts', { rows: 1_050, partitions: 2, flushSize: 250, length: 40_000 }],
])('every fifth request to S3 fails, and each record is there once: %s', async (_, rows) => {
  const seed = newSeed();
  const { faults, failed } = await runFaulty({ ...rows, seed, share: 0.2 });
  expect({ seed, faults }).toEqual({ seed, faults: [] });
  expect(Object.keys(failed).length).toBeGreaterThan(3);
});
