import { expect, test } from '@jest/globals';
import { runSourceSchedule } from './source-schedule';

const SCHEDULES = 500;

test('in every schedule each committed row is in the topic once, in the order of the ids', async () => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { lost, doubled, disordered, story } = await runSourceSchedule(seed);
    if (lost.length + doubled.length + disordered.length === 0) continue;
    expect({ seed, lost, doubled, disordered, story }).toEqual('every row once');
  }
}, 120_000);

test('no row is counted twice, few are not counted, and none is older than its page is said to be', async () => {
  const all = { rows: 0, counted: 0, pages: 0, waitedMs: 0 };
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { rows, metrics, story } = await runSourceSchedule(seed);
    const { counted, pages, tooFresh } = metrics;
    if (counted > rows || tooFresh.length > 0)
      expect({ seed, rows, counted, tooFresh, story }).toEqual('measured right');
    all.rows += rows;
    all.counted += counted;
    all.pages += pages;
    all.waitedMs += metrics.waitedMs;
  }
  expect(all.counted / all.rows).toBeGreaterThan(0.95);
  expect(all.pages).toBeGreaterThan(1000);
  expect(all.waitedMs).toBeGreaterThan(10_000);
}, 120_000);

test('without the fence the same schedules lose rows', async () => {
  let lost = 0;
  for (let seed = 1; seed <= 20; seed += 1) lost += (await runSourceSchedule(seed, false)).lost.length;
  expect(lost).toBeGreaterThan(0);
}, 120_000);
