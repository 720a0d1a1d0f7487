// What has landed of what was expected, whatever others have written in between.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LogRecord } from '../../../src/kafka/topic-log';
import { unsettled } from '../../../src/outbox/settle';

interface Expected {
  readonly partition: number;
  readonly text: string;
}

const record = (partition: number, offset: number, text: string): LogRecord => ({
  partition,
  offset,
  timestamp: 0,
  key: null,
  value: Buffer.from(text),
  headers: [],
});
const same = ({ text }: Expected, { value }: LogRecord) => value?.toString() === text;
async function* logOf(records: readonly LogRecord[]): AsyncIterable<LogRecord> {
  yield* records;
}

describe('in one partition', () => {
  const expecting = (...texts: string[]) => texts.map((text) => ({ partition: 0, text }));
  const left = async (expected: readonly Expected[], log: readonly LogRecord[], from = 0) => {
    const { missing, ends } = await unsettled(expected, logOf(log), [from], same);
    return { missing: missing.map(({ text }) => text).join(''), end: ends[0] };
  };

  test('nothing has landed in an empty log', async () => {
    expect(await left(expecting('a', 'b'), [], 5)).toEqual({ missing: 'ab', end: 5 });
  });

  test('the first ones may have landed among the records of others', async () => {
    const log = [record(0, 5, 'other'), record(0, 6, 'a'), record(0, 7, 'other'), record(0, 8, 'b'), record(0, 9, 'x')];
    expect(await left(expecting('a', 'b', 'c'), log, 5)).toEqual({ missing: 'c', end: 9 });
  });

  test('one whose predecessor is missing has not landed, but is somebody else’s', async () => {
    expect(await left(expecting('a', 'b'), [record(0, 0, 'b')])).toEqual({ missing: 'ab', end: 0 });
  });

  test('as many equal records are needed as are expected', async () => {
    expect(await left(expecting('a', 'a'), [record(0, 0, 'a')])).toEqual({ missing: 'a', end: 1 });
    const more = [record(0, 0, 'a'), record(0, 1, 'a'), record(0, 2, 'a')];
    expect(await left(expecting('a', 'a'), more)).toEqual({ missing: '', end: 2 });
  });
});

describe('in several partitions', () => {
  /** Expected messages of up to three partitions; of each how many have landed; foreign records in between. */
  const cases = fc
    .record({
      expected: fc.array(fc.record({ partition: fc.nat(2), text: fc.constantFrom('a', 'b', 'c') }), { maxLength: 30 }),
      share: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      foreign: fc.infiniteStream(fc.nat(2)),
      starts: fc.array(fc.nat(50), { minLength: 3, maxLength: 3 }),
    })
    .map(({ expected, share, foreign, starts }) => {
      const queues = starts.map((_, partition) => expected.filter((message) => message.partition === partition));
      const counts = queues.map((queue, partition) => Math.floor((share[partition] ?? 0) * (queue.length + 0.999)));
      const log = queues.flatMap((queue, partition) => {
        let offset = starts[partition] ?? 0;
        return queue.slice(0, counts[partition]).flatMap(({ text }) => {
          const others = Array.from({ length: foreign.next().value }, () => record(partition, offset++, 'foreign'));
          return [...others, record(partition, offset++, text)];
        });
      });
      return { expected, counts, log, starts };
    });

  test('is what has not landed, in its order, whatever others have written', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ expected, counts, log, starts }) => {
        const seen = [0, 0, 0];
        const missing = expected.filter(({ partition }) => {
          seen[partition] = (seen[partition] ?? 0) + 1;
          return (seen[partition] ?? 0) > (counts[partition] ?? 0);
        });
        const found = await unsettled(expected, logOf(log), starts, same);
        expect(found.missing).toEqual(missing);
      }),
    );
  });

  test('ends behind the last that has landed in each partition', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ expected, log, starts }) => {
        const { ends } = await unsettled(expected, logOf(log), starts, same);
        const last = starts.map((start, partition) =>
          log.reduce((end, one) => (one.partition === partition ? one.offset + 1 : end), start),
        );
        expect(ends).toEqual(last);
      }),
    );
  });

  test('passes over partitions that the intent did not know', async () => {
    const found = await unsettled([{ partition: 0, text: 'a' }], logOf([record(3, 0, 'a')]), [0], same);
    expect(found).toEqual({ missing: [{ partition: 0, text: 'a' }], ends: [0] });
  });
});
