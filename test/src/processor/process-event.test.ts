// An event of several partitions, over topics and state in memory.
import { describe, expect, test } from '@jest/globals';
import { wireHeader } from '../../../src/avro/wire';
import { ConnectlessError } from '../../../src/errors';
import type { EventRecord } from '../../../src/kafka/msk-event';
import type { TopicLog } from '../../../src/kafka/topic-log';
import type { Invocation } from '../../../src/processor/invocation';
import { processEvent } from '../../../src/processor/process-event';
import { parseProgress, progressKey } from '../../../src/processor/progress';
import { chain } from '../../../src/processor/transform';
import { memoryState } from '../../../src/state/memory';
import { memoryTopicLog } from '../kafka/memory-topic-log';
import { recordedMetrics } from '../metrics/recorded';

const avro = (text: string) => Buffer.concat([wireHeader(1), Buffer.from(text)]);

async function world() {
  const log = memoryTopicLog();
  const state = memoryState();
  const slept: number[] = [];
  const metrics = recordedMetrics();
  let now = 1_000_000;
  let invocations = 0;
  log.create('in', 2);
  log.create('out', 2);
  for (const partition of [0, 1]) {
    for (let number = 0; number < 5; number += 1) {
      const value = avro(`${partition}:${number}`);
      await log.append('in', [{ partition, key: null, value, timestamp: number }]);
    }
  }
  const invocation = (more: Partial<TopicLog> = {}): Invocation => {
    invocations += 1;
    return {
      connector: 'copy',
      inputTopics: ['in'],
      outputTopic: 'out',
      transform: chain([]),
      write: async (value) => {
        if (value[0] === 0) return value;
        throw new ConnectlessError('VALUE_NOT_AVRO', 'no Avro');
      },
      log: { ...log, ...more },
      state,
      requestTimeoutMs: 30_000,
      owner: `invocation ${invocations}`,
      deadline: now + 60_000,
      metrics,
      clock: {
        now: () => now,
        sleep: async (ms) => {
          slept.push(ms);
          now += ms;
        },
      },
    };
  };
  /** Offsets of the two partitions, from inclusive, to exclusive. */
  const event = (...ranges: Array<readonly [from: number, to: number]>) => ({
    records: Object.fromEntries(
      ranges.map(([from, to], partition) => [
        `in-${partition}`,
        (log.records('in')[partition] ?? []).slice(from, to).map(
          (record): EventRecord => ({
            topic: 'in',
            partition,
            offset: record.offset,
            timestamp: record.timestamp,
            timestampType: 'CREATE_TIME',
            key: record.key?.toString('base64') ?? null,
            value: record.value?.toString('base64') ?? null,
          }),
        ),
      ]),
    ),
  });
  const written = () => log.records('out').map((records) => records.map(({ value }) => `${value?.subarray(5)}`));
  const progress = async (partition: number) => {
    const key = progressKey('copy', 'in', partition);
    const found = await state.read(key);
    return found && parseProgress(found.body, key);
  };
  return { log, state, slept, invocation, event, written, progress, metrics: metrics.values };
}

const numbers = (partition: number, ...list: number[]) => list.map((number) => `${partition}:${number}`);
const down = async () => {
  throw new ConnectlessError('KAFKA_UNAVAILABLE', 'down', { retryable: true });
};

describe('processEvent', () => {
  test('copies every partition, and the next event without waiting', async () => {
    const { invocation, event, written, slept } = await world();
    await processEvent(invocation(), event([0, 2], [0, 3]));
    await processEvent(invocation(), event([2, 5], [3, 5]));
    expect(written()).toEqual([numbers(0, 0, 1, 2, 3, 4), numbers(1, 0, 1, 2, 3, 4)]);
    expect(slept).toEqual([]);
  });

  test('a partition that fails does not stop the others, which need not wait when the event comes again', async () => {
    const { log, invocation, event, written, slept } = await world();
    await log.append('in', [{ partition: 1, key: null, value: Buffer.from('bad'), timestamp: 5 }]);
    const failing = processEvent(invocation(), event([0, 2], [3, 6]));
    await expect(failing).rejects.toMatchObject({ code: 'VALUE_NOT_AVRO', retryable: false });
    await expect(failing).rejects.toThrow('Topic in, partition 1, offset 5: no Avro');
    expect(written()).toEqual([numbers(0, 0, 1), numbers(1, 3, 4)]);

    await expect(processEvent(invocation(), event([0, 2], [3, 6]))).rejects.toThrow('offset 5');
    expect(written()).toEqual([numbers(0, 0, 1), numbers(1, 3, 4)]);
    expect(slept).toEqual([]);
  });

  test('one error names all that failed', async () => {
    const { invocation, event } = await world();
    const { records } = event([0, 1], [0, 1]);
    const foreign = { 'x-0': (records['in-0'] ?? []).map((record) => ({ ...record, topic: 'x' })) };
    const failing = processEvent(invocation({ append: down }), { records: { ...records, ...foreign } });
    await expect(failing).rejects.toMatchObject({ code: 'PARTITIONS_FAILED', retryable: true });
    await expect(failing).rejects.toThrow(/down\n.*Topic x, partition 0: connector copy does not read this topic/s);
  });

  test('a send that failed is settled from the log, after what may be in flight has landed', async () => {
    const { log, invocation, event, written, slept } = await world();
    const append: TopicLog['append'] = async (topic, messages) => {
      await log.append(topic, messages.slice(0, 2));
      await down();
    };
    await expect(processEvent(invocation({ append }), event([0, 4]))).rejects.toMatchObject({
      code: 'KAFKA_UNAVAILABLE',
    });
    await log.append('out', [{ partition: 0, key: null, value: avro('foreign'), timestamp: 0 }]);
    await processEvent(invocation(), event([0, 5]));
    expect(slept).toEqual([30_000]);
    expect(written()[0]).toEqual(['0:0', '0:1', 'foreign', '0:2', '0:3', '0:4']);
  });

  test('a batch that comes back in smaller pieces is settled piece by piece', async () => {
    const { log, invocation, event, written, slept, progress } = await world();
    const append: TopicLog['append'] = async (topic, messages) => {
      await log.append(topic, messages.slice(0, 3));
      await down();
    };
    await expect(processEvent(invocation({ append }), event([0, 5]))).rejects.toThrow('down');
    await processEvent(invocation(), event([0, 2]));
    expect(await progress(0)).toMatchObject({ nextOffset: 2, last: { offset: 4 }, intent: { until: 0, ends: [2, 0] } });
    await processEvent(invocation(), event([2, 4]));
    await processEvent(invocation(), event([4, 5]));
    expect(written()[0]).toEqual(numbers(0, 0, 1, 2, 3, 4));
    expect(slept).toEqual([30_000]);
  });

  test('an invocation that cannot outwait a predecessor says until when that may be at work', async () => {
    const { state, invocation, event, slept, written } = await world();
    const first = invocation();
    const key = progressKey('copy', 'in', 0);
    const intent = { owner: 'dead', until: first.deadline, ends: [0, 0] };
    await state.create(
      key,
      Buffer.from(JSON.stringify({ version: 1, nextOffset: 0, last: { offset: 4, timestamp: 4 }, intent })),
    );
    await expect(processEvent(first, event([0, 5]))).rejects.toMatchObject({ code: 'INTENT_PENDING', retryable: true });
    expect(slept).toEqual([59_000]);
    await processEvent(invocation(), event([0, 5]));
    expect(slept).toEqual([59_000, 31_000]);
    expect(written()[0]).toEqual(numbers(0, 0, 1, 2, 3, 4));
  });

  test('an event that comes again as a whole writes nothing', async () => {
    const { invocation, event, written, state } = await world();
    await processEvent(invocation(), event([0, 3]));
    await processEvent(invocation(), event([3, 5]));
    const before = await state.read(progressKey('copy', 'in', 0));
    await processEvent(invocation(), event([0, 3]));
    expect(written()[0]).toEqual(numbers(0, 0, 1, 2, 3, 4));
    expect(await state.read(progressKey('copy', 'in', 0))).toEqual(before);
  });

  test('an event without records, or with lists of none, leaves everything as it is', async () => {
    const { invocation, written, state, metrics } = await world();
    await processEvent(invocation(), { records: {} });
    await processEvent(invocation(), { records: { 'in-0': [] } });
    expect(written()).toEqual([[], []]);
    expect(await state.list('')).toEqual([]);
    expect(metrics).toEqual({});
  });

  test('a tombstone is copied as one, and nothing waits behind it', async () => {
    const { log, invocation, event, slept } = await world();
    const key = Buffer.from('k');
    await log.append('in', [
      { partition: 0, key, value: null, timestamp: 5 },
      { partition: 0, key: null, value: avro('behind'), timestamp: 6 },
    ]);
    await processEvent(invocation(), event([5, 6]));
    await processEvent(invocation(), event([6, 7]));
    const copies = log.records('out').flat();
    expect(copies.filter(({ value }) => value === null)).toMatchObject([{ key, timestamp: 5 }]);
    expect(copies).toHaveLength(2);
    expect(slept).toEqual([]);
  });

  test('measures the age of the oldest record, and the records that are in the output topic', async () => {
    const { log, invocation, event, metrics } = await world();
    const append: TopicLog['append'] = async (topic, messages) => {
      await log.append(topic, messages.slice(0, 2));
      await down();
    };
    await expect(processEvent(invocation({ append }), event([2, 5]))).rejects.toThrow('down');
    expect(metrics).toEqual({ ProcessorLag: [999_998] });
    await processEvent(invocation(), event([2, 5], [1, 2]));
    expect(metrics).toEqual({ ProcessorLag: [999_998, 999_999], ProcessorRecords: 4 });
    await processEvent(invocation(), { records: {} });
    expect(metrics).toEqual({ ProcessorLag: [999_998, 999_999], ProcessorRecords: 4 });
  });

  test('a topic that was created anew stops its partition, and nothing passes for copied', async () => {
    const { log, invocation, event, written } = await world();
    await processEvent(invocation(), event([0, 3]));
    await processEvent(invocation(), event([3, 5]));
    log.create('in', 2);
    await log.append('in', [{ partition: 0, key: null, value: avro('new'), timestamp: 77 }]);
    const failing = processEvent(invocation(), event([0, 1]));
    await expect(failing).rejects.toMatchObject({ code: 'TOPIC_RECREATED', retryable: false });
    await expect(failing).rejects.toThrow('remove state object processor/copy/in/0');
    for (let number = 1; number < 8; number += 1) {
      await log.append('in', [{ partition: 0, key: null, value: avro('new'), timestamp: 77 + number }]);
    }
    await expect(processEvent(invocation(), event([0, 8]))).rejects.toMatchObject({ code: 'TOPIC_RECREATED' });
    expect(written()[0]).toEqual(numbers(0, 0, 1, 2, 3, 4));
  });

  test('a partition count that grows between two attempts does not move what has landed', async () => {
    const { log, invocation, event } = await world();
    log.create('grown', 1);
    const append: TopicLog['append'] = async (topic, messages) => {
      await log.append(topic, messages);
      await down();
    };
    const at = (more: Partial<TopicLog>) => ({ ...invocation(more), outputTopic: 'grown' });
    await expect(processEvent(at({ append }), event([0, 0], [0, 3]))).rejects.toThrow('down');
    const landed = log.records('grown')[0] ?? [];
    log.create('grown', 2);
    await log.append('grown', landed);
    await processEvent(at({}), event([0, 0], [0, 3]));
    expect(log.records('grown').map((records) => records.length)).toEqual([3, 0]);
  });
});
