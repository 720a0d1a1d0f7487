// The model of a source's invocations against the source itself.
import { describe, expect, test } from '@jest/globals';
import { sourceRuns } from '../../../lib/cost/source-runs';
import { sourceRequests } from '../../../lib/cost/state-requests';
import { sourceConfig } from '../../source-config';
import { memorySource } from '../../src/source/memory-source';

const MONTH_MINUTES = 43_800;

describe('the runs of a source', () => {
  test.each([
    [5000, 58_000],
    [300, 58_000],
    [28_000, 58_000],
    [30_000, 58_000],
    [56_000, 58_000],
    [60_000, 58_000],
    [300_000, 58_000],
    [5000, 20_000],
    [5000, 300_000],
    [7000, 130_000],
  ])(
    'with poll.interval.ms=%i and a time-out of %i poll as often and stay as long as the code does',
    async (pollIntervalMs, timeoutMs) => {
      const change = { pollIntervalMs, deployment: { ...sourceConfig.deployment, timeoutMs } };
      const { polls, tookMs } = await memorySource(change).invoke();
      const runs = sourceRuns({ ...sourceConfig, ...change });
      expect(runs.pollingSeconds).toBeCloseTo(tookMs / 1000, 6);
      expect(runs.polls / runs.invocations).toBeCloseTo(polls.length, 6);
    },
  );

  test('begin with the schedule, one at a time', () => {
    const timeout = (timeoutMs: number) => ({ ...sourceConfig.deployment, timeoutMs });
    const invocations = (change: Partial<typeof sourceConfig>) =>
      sourceRuns({ ...sourceConfig, ...change }).invocations;
    expect(invocations({})).toBe(MONTH_MINUTES);
    expect(invocations({ pollIntervalMs: 600_000 })).toBe(MONTH_MINUTES / 10);
    expect(invocations({ deployment: timeout(300_000) })).toBe(MONTH_MINUTES / 5);
  });
});

describe('the requests of a source', () => {
  test('in an idle invocation are one read', async () => {
    const { metrics } = await memorySource().invoke();
    const { reads, writes, lists } = sourceRequests({
      invocations: 1,
      tables: 1,
      drains: 0,
      pagesEach: 0,
      registryEntries: 1,
    });
    expect(metrics).toMatchObject({ StateReads: reads });
    expect(metrics).not.toHaveProperty('StateWrites');
    expect([writes, lists]).toEqual([0, 0]);
  });

  test('are those of the polls that find rows, of their pages and of the registry', async () => {
    const source = memorySource({ batchMaxRows: 10 });
    source.ids.push(1n);
    await source.invoke();
    let next = 1n;
    // 25 rows each: pages of 10, 10 and 5.
    const { metrics, polls } = await source.invoke(() => {
      for (let count = 0; count < 25; count += 1) {
        next += 1n;
        source.ids.push(next);
      }
    });
    const model = sourceRequests({ invocations: 1, tables: 1, drains: polls.length, pagesEach: 3, registryEntries: 1 });
    expect(metrics).toMatchObject({
      SourceRows: 25 * polls.length,
      StateWrites: model.writes,
      StateReads: model.reads,
      StateLists: model.lists,
    });
  });
});
