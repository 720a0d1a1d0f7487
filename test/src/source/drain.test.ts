import { describe, expect, test } from '@jest/globals';
import { builtInRegistry } from '../../../src/registry/built-in';
import { drain } from '../../../src/source/drain';
import type { Mode, Page } from '../../../src/source/mode';
import type { Outgoing } from '../../../src/source/outgoing';
import { memoryState } from '../../../src/state/memory';
import { memoryTopicLog } from '../kafka/memory-topic-log';
import { recordedMetrics } from '../metrics/recorded';

const PAGES = 3;
const range = { through: { incrementing: BigInt(PAGES) }, since: undefined };

/** One row a page; what is done, in its order. A page's sending ends when the page behind it has been encoded. */
async function steps(count: number): Promise<string[]> {
  const done: string[] = [];
  const log = memoryTopicLog();
  log.create('topic', 1);
  let encoded = 0;
  let wake = () => {};
  const page = (number: number): Page => ({
    columns: [],
    rows: number > count ? [] : [[String(number)]],
    last: { incrementing: BigInt(number) },
    isLast: number === PAGES,
  });
  const mode: Mode = {
    table: 'public.t',
    columns: async () => [],
    look: async () => 'idle',
    page: async ({ incrementing = 0n }) => page(Number(incrementing) + 1),
  };
  const encode = async ({ last: { incrementing } }: Page) => {
    done.push(`encoded ${incrementing}`);
    encoded = Number(incrementing);
    wake();
    return { values: [Buffer.from(String(incrementing))] };
  };
  const send = async (number: number) => {
    while (encoded <= number && number < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    done.push(`sent ${number}`);
  };
  const out: Outgoing = {
    announce: async ({ table, position }, _page, _ends, { incrementing }) => {
      done.push(`announced ${incrementing}`);
      return { cursor: { table, position }, send: () => send(Number(incrementing)) };
    },
    conclude: async () => true,
    inFlightUntil: () => 0,
  };
  const work = {
    mode,
    log,
    topic: 'topic',
    encode,
    registry: builtInRegistry(memoryState()),
    invocation: { id: 'one', now: () => 0, remainingMs: () => 60_000, sleep: async () => {} },
    requestTimeoutMs: 0,
    metrics: recordedMetrics(),
  };
  await drain(work, out, { table: 'public.t', position: {} }, range);
  return done;
}

describe('drain', () => {
  test('the next page is read and encoded while one is produced, and announced when that one is there', async () => {
    expect(await steps(PAGES)).toEqual([
      'encoded 1',
      'announced 1',
      'encoded 2',
      'sent 1',
      'announced 2',
      'encoded 3',
      'sent 2',
      'announced 3',
      'sent 3',
    ]);
  });

  test('a page without rows is not encoded, so that it registers no schema, and not announced', async () => {
    expect(await steps(0)).toEqual([]);
    expect(await steps(1)).toEqual(['encoded 1', 'announced 1', 'sent 1']);
  });
});
