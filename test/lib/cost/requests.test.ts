// The model of requests to S3 against the processor and the sink themselves.
import { describe, expect, test } from '@jest/globals';
import { connectFileRequests, ourFileRequests } from '../../../lib/cost/file-requests';
import { processorRequests, sinkRequests } from '../../../lib/cost/state-requests';
import { wireHeader } from '../../../src/avro/wire';
import type { EventRecord } from '../../../src/kafka/msk-event';
import type { Invocation } from '../../../src/processor/invocation';
import { processEvent } from '../../../src/processor/process-event';
import { chain } from '../../../src/processor/transform';
import { sinkFlush } from '../../../src/sink/flush';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { countedState } from '../../../src/state/counted';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { memoryTopicLog } from '../../src/kafka/memory-topic-log';
import { recordedMetrics } from '../../src/metrics/recorded';
import { message, record, records, sampleConfig, sampleRegistry } from '../../src/sink/sample';

const PART = 100_000;

/** A sink that remembers, and the requests that it made. */
function countingSink(flushSize: number) {
  const metrics = recordedMetrics();
  const puts: string[] = [];
  const bucket = memoryBucket({ smallestPart: PART, etags: 'md5' });
  const counted = new Proxy(bucket, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        puts.push(String(name));
        return Reflect.apply(method, target, args);
      };
    },
  });
  const config = { ...sampleConfig, partSize: PART, flushSize };
  const sink = sinkOn(config, countedState(memoryState(), metrics), counted, sampleRegistry, metrics);
  return { sink, metrics, puts, bucket };
}

describe('the requests of a sink', () => {
  test('to the state are one a partition of an event, and one more when a file was closed', async () => {
    const { sink, metrics } = countingSink(4);
    // Two partitions, four events of three records: a file is closed in three of each.
    for (const partition of [0, 1]) {
      for (let event = 0; event < 4; event += 1) {
        await sinkPartition(sink, { topic: 'prices', partition }, records(3 * event, 3 * event + 3));
      }
    }
    const { writes } = sinkRequests({ partitionEvents: 8, files: 6, flushes: 0, partitions: 2 });
    expect(metrics.values).toMatchObject({ SinkFiles: 6, StateWrites: writes });
  });

  test('to the state of events that close several files each are two a partition', async () => {
    const { sink, metrics } = countingSink(2);
    await sinkPartition(sink, { topic: 'prices', partition: 0 }, records(0, 8));
    expect(metrics.values).toMatchObject({
      SinkFiles: 4,
      StateWrites: sinkRequests({ partitionEvents: 1, files: 4, flushes: 0, partitions: 1 }).writes,
    });
  });

  test('of a flush are a list and a read of each partition', async () => {
    const { sink, metrics } = countingSink(100);
    for (const partition of [0, 1, 2]) await sinkPartition(sink, { topic: 'prices', partition }, records(0, 3));
    const before = Number(metrics.values.StateReads);
    await sinkFlush(sink);
    const { reads, lists } = sinkRequests({ partitionEvents: 0, files: 0, flushes: 1, partitions: 3 });
    expect([Number(metrics.values.StateReads) - before, metrics.values.StateLists]).toEqual([reads, lists]);
  });

  test.each([1, 2, 5])('for a file of %i blocks are those of its parts', async (blocks) => {
    const { sink, puts, bucket } = countingSink(blocks);
    // Each fills a block.
    const large = Array.from({ length: blocks }, (_, offset) =>
      record(offset, { value: message(1, Buffer.alloc(66_000, offset)) }),
    );
    await sinkPartition(sink, { topic: 'prices', partition: 0 }, large);
    const bytes = [...bucket.objects.values()].reduce((sum, body) => sum + body.length, 0);
    expect(puts).toHaveLength(ourFileRequests(bytes, PART));
  });

  test('for a small file are a third of what Kafka Connect’s sink needs', () => {
    expect([ourFileRequests(900, 5_242_880), connectFileRequests(900, 5_242_880)]).toEqual([1, 3]);
  });
});

describe('the requests of a processor', () => {
  test('are a read and a write of each partition of an event', async () => {
    const log = memoryTopicLog();
    const metrics = recordedMetrics();
    log.create('in', 2);
    log.create('out', 1);
    const invocation = (number: number): Invocation => ({
      connector: 'copy',
      inputTopics: ['in'],
      outputTopic: 'out',
      transform: chain([]),
      write: async (value) => value,
      log,
      state,
      requestTimeoutMs: 30_000,
      owner: `invocation ${number}`,
      deadline: 60_000,
      metrics,
      clock: { now: () => 0, sleep: async () => {} },
    });
    const state = countedState(memoryState(), metrics);
    const value = Buffer.concat([wireHeader(1), Buffer.from('x')]).toString('base64');
    const at = (partition: number, offset: number): EventRecord => ({
      topic: 'in',
      partition,
      offset,
      timestamp: 1,
      timestampType: 'CREATE_TIME',
      value,
    });
    for (const offset of [0, 1, 2]) {
      await processEvent(invocation(offset), { records: { 'in-0': [at(0, offset)], 'in-1': [at(1, offset)] } });
    }
    const { reads, writes } = processorRequests(6);
    expect(metrics.values).toMatchObject({ ProcessorRecords: 6, StateReads: reads, StateWrites: writes });
  });
});
