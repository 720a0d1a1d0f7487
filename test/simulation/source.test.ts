import { beforeAll, describe, expect, test } from '@jest/globals';
import { minimisedSource } from './source/minimised';
import { MUTATIONS } from './source/mutations';
import { runSourceSchedule } from './source/schedule';
import { faultsOf } from './source/verdict';
import type { SourceWorld } from './source/world';

const SCHEDULES = 1000;
const MOST_SCHEDULES_FOR_A_MUTATION = 400;

describe('in every schedule', () => {
  const worlds: Pick<SourceWorld, 'profile' | 'stops' | 'metrics' | 'invocations'>[] = [];
  let rows = 0;
  let failing: number | undefined;

  beforeAll(async () => {
    for (let seed = 1; seed <= SCHEDULES && failing === undefined; seed += 1) {
      const world = await runSourceSchedule(seed);
      if (faultsOf(world).length > 0) failing = seed;
      const { profile, stops, metrics, invocations, tables } = world;
      worlds.push({ profile, stops, metrics, invocations });
      rows += tables.reduce((sum, { topic }) => sum + topic.history.length, 0);
    }
  }, 300_000);

  test('each row, or its last version, comes once and in order; each copy is whole; no row is counted twice or said to be too fresh', async () => {
    expect(failing === undefined ? [] : { seed: failing, ...(await minimisedSource(failing)) }).toEqual([]);
  }, 60_000);

  test('of every mode there are many', () => {
    for (const mode of ['bulk', 'incrementing', 'timestamp', 'timestamp+incrementing', 'xid8']) {
      expect(worlds.filter(({ profile }) => profile.mode === mode).length).toBeGreaterThan(SCHEDULES / 20);
    }
  });

  test('a log that cannot tell any more stops the source until a human has set the cursor', () => {
    const codes = new Set(worlds.flatMap(({ stops }) => [...stops.keys()]));
    expect([...codes].sort()).toEqual(['INTENT_EXPIRED', 'TOPIC_COMPACTED', 'TOPIC_RECREATED']);
  });

  test('few rows are not counted, pages are measured, and transactions are waited for', () => {
    const sum = (of: (world: SourceWorld['metrics']) => number) =>
      worlds.reduce((all, { metrics }) => all + of(metrics), 0);
    expect(sum(({ counted }) => counted) / rows).toBeGreaterThan(0.95);
    expect(sum(({ pages }) => pages)).toBeGreaterThan(1000);
    expect(sum(({ waitedMs }) => waitedMs)).toBeGreaterThan(10_000);
  });
});

describe('the schedules find it when', () => {
  test.each(MUTATIONS)(
    '$name',
    async ({ finds, ...mutation }) => {
      for (let seed = 1; seed <= MOST_SCHEDULES_FOR_A_MUTATION; seed += 1) {
        const faults = faultsOf(await runSourceSchedule(seed, mutation));
        if (faults.some((fault) => finds.test(fault))) return;
      }
      expect('nothing').toMatch(finds);
    },
    120_000,
  );
});
