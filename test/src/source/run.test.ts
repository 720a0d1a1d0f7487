import { describe, expect, jest, test } from '@jest/globals';
import type { SourceConfig } from '../../../src/config/source-model';
import { ConnectlessError } from '../../../src/errors';
import type { TopicLog } from '../../../src/kafka/topic-log';
import type { Log } from '../../../src/log';
import { type IncrementingReader, incrementingMode } from '../../../src/source/modes/incrementing';
import { runSource } from '../../../src/source/run';
import { tableChoice } from '../../../src/source/table-choice';
import { memoryState } from '../../../src/state/memory';
import { sourceConfig } from '../../source-config';
import { recordedMetrics } from '../metrics/recorded';
import { memorySource } from './memory-source';

const config: SourceConfig = { ...sourceConfig, name: 'prices', pollIntervalMs: 1000, batchMaxRows: 10 };
const log: TopicLog = {
  starts: async () => [0],
  ends: async () => [0],
  append: async () => undefined,
  read: async function* () {},
  close: async () => undefined,
};
const registry = { register: async () => 1, schemaById: async () => '"string"', wouldRegister: async () => ({}) };
const fails = (code: string, retryable: boolean) => async () => {
  throw new ConnectlessError(code, `${code} happened`, { retryable });
};

const idle: IncrementingReader['fence'] = async () => ({ top: undefined, from: 'sequence', holders: [] });

/** Runs with readers that count their polls; time passes by sleeping alone. */
async function run(fences: Readonly<Record<string, IncrementingReader['fence']>>, change: Partial<SourceConfig> = {}) {
  let now = 0;
  const polls: string[] = [];
  const lines: string[] = [];
  const metrics = recordedMetrics();
  const keep = (message: string) => void lines.push(message);
  const logger: Log = { debug: keep, info: keep, warn: keep, error: keep };
  const reader = (name: string, fence: IncrementingReader['fence']): IncrementingReader => ({
    columns: async () => [],
    fence: () => {
      polls.push(name);
      return fence();
    },
    page: fails('UNEXPECTED', false),
    rows: fails('UNEXPECTED', false),
    describe: async () => [],
  });
  const ended = runSource({
    config: { ...config, ...change },
    tables: {
      list: async () => Object.keys(fences).map((name) => ({ catalog: 'db', schema: 'public', name, kind: 'r' })),
      open: (table, work) => ({
        choice: tableChoice(config, table),
        mode: incrementingMode(reader(table.name, fences[table.name] ?? idle), work),
        primaryKey: async () => [],
        findings: async () => [],
      }),
      openQuery: () => {
        throw new Error('there is no query');
      },
    },
    log,
    registry,
    state: memoryState(),
    invocation: {
      id: 'one',
      now: () => now,
      remainingMs: () => 20_000 - now,
      sleep: async (ms) => {
        await new Promise(setImmediate);
        now += ms / Object.keys(fences).length;
      },
    },
    requestTimeoutMs: 1000,
    logger,
    metrics,
    looks: new Map(),
  }).catch((error: unknown) => error);
  return { error: await ended, polls, lines, metrics: metrics.values, ended: now };
}

describe('runSource', () => {
  test('polls every table by poll.interval.ms until the time is over', async () => {
    const { error, polls, lines } = await run({ a: idle, b: idle });
    expect(error).toBeUndefined();
    expect(polls.filter((name) => name === 'a').length).toBeGreaterThan(5);
    expect(polls.filter((name) => name === 'b').length).toBeGreaterThan(5);
    expect(lines).toEqual([]);
  });

  test('a table that cannot be read does not stop the others, and is thrown at the end', async () => {
    const { error, polls, lines } = await run({ good: idle, bad: fails('SEQUENCE_UNSAFE', false) });
    expect(error).toMatchObject({ code: 'SEQUENCE_UNSAFE' });
    expect(polls.filter((name) => name === 'bad')).toHaveLength(1);
    expect(polls.filter((name) => name === 'good').length).toBeGreaterThan(5);
    expect(lines).toEqual(['The source stops reading a table']);
  });

  test('when no table can be read, it ends at once', async () => {
    const { error, polls } = await run({ bad: fails('SEQUENCE_UNSAFE', false) });
    expect(error).toMatchObject({ code: 'SEQUENCE_UNSAFE' });
    expect(polls).toEqual(['bad']);
  });

  test('what may pass is tried again, told once, and told when it has passed', async () => {
    let failures = 5;
    const fence = async () => {
      failures -= 1;
      return failures >= 0 ? fails('POSTGRES_UNAVAILABLE', true)() : idle();
    };
    const { error, lines } = await run({ a: fence });
    expect(error).toBeUndefined();
    expect(lines).toEqual(['The source tries again: POSTGRES_UNAVAILABLE happened', 'The source goes on']);
  });

  test('each failure that is tried again is counted', async () => {
    let failures = 3;
    const fence = async () => {
      failures -= 1;
      return failures >= 0 ? fails('POSTGRES_UNAVAILABLE', true)() : idle();
    };
    expect((await run({ a: fence })).metrics).toMatchObject({ SourceRetries: 3 });
  });

  test('ends as soon as no table is to be polled again within the invocation', async () => {
    const { error, polls, ended } = await run({ a: idle, b: idle }, { pollIntervalMs: 600_000 });
    expect(error).toBeUndefined();
    expect(polls).toEqual(['a', 'b']);
    expect(ended).toBeLessThan(1000);
  });

  test('lasts for one more poll when there is time for it, and not longer', async () => {
    const { polls, ended } = await run({ a: idle }, { pollIntervalMs: 10_000 });
    expect(polls).toEqual(['a', 'a']);
    expect(ended).toBe(10_000);
  });

  test('goes on to the end with a table whose last poll failed, however far the next one of the others is', async () => {
    const { error, polls, ended } = await run(
      { good: idle, bad: fails('POSTGRES_UNAVAILABLE', true) },
      { pollIntervalMs: 600_000 },
    );
    expect(error).toBeUndefined();
    expect(polls.filter((name) => name === 'good')).toHaveLength(1);
    expect(polls.filter((name) => name === 'bad').length).toBeGreaterThan(4);
    expect(ended).toBe(18_000);
  });

  test('a table without a column of the key is refused before it is polled', async () => {
    const { ids, invoke, log } = memorySource({ keyTransform: { fields: ['id', 'gone'], form: 'struct' } });
    ids.push(1n);
    const polled = jest.fn();
    await expect(invoke(polled)).rejects.toThrow(
      'Table public.prices gives no key: it has no column "gone", only "id"',
    );
    expect(polled).not.toHaveBeenCalled();
    expect(log.records('in-prices').flat()).toEqual([]);
  });

  test('ends early after a failure that has passed', async () => {
    let failures = 1;
    const fence = async () => {
      failures -= 1;
      return failures >= 0 ? fails('POSTGRES_UNAVAILABLE', true)() : idle();
    };
    const { polls, ended } = await run({ a: fence }, { pollIntervalMs: 600_000 });
    expect(polls).toEqual(['a', 'a']);
    expect(ended).toBe(500);
  });
});
