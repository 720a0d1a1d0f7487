import { expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../src/errors';
import { invokeSink } from '../../../src/sink/invocation';
import { sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { record, sampleConfig, sampleRegistry } from './sample';

function newSink() {
  const metrics = recordedMetrics(() => 5000);
  const bucket = memoryBucket({ smallestPart: 1, etags: 'md5' });
  return { metrics, bucket, sink: sinkOn(sampleConfig, memoryState(), bucket, sampleRegistry, metrics) };
}
const event = (...offsets: number[]) => ({
  eventSource: 'aws:kafka',
  records: {
    'prices-0': offsets.map((offset) => ({
      topic: 'prices',
      partition: 0,
      timestampType: 'CREATE_TIME',
      ...record(offset),
    })),
  },
});

test('an event of the trigger is sunk, the one of the schedule flushes, each with its measures', async () => {
  const { sink, bucket, metrics } = newSink();
  await invokeSink(sink, event(0, 1, 2, 3));
  expect(bucket.objects.size).toBe(1);
  const [file = Buffer.alloc(0)] = bucket.objects.values();
  expect(metrics.values).toEqual({
    SinkLag: [4000],
    SinkRecords: 4,
    SinkFiles: 1,
    SinkBytes: file.length,
    SinkFreshness: [4000],
  });
  await invokeSink(sink, { connectless: 'flush' });
  expect(metrics.values).toMatchObject({ SinkOpenRecords: 1 });
  expect(metrics.flushes).toBe(2);
});

test('records that come again are not counted again', async () => {
  const { sink, metrics } = newSink();
  await invokeSink(sink, event(0, 1));
  await invokeSink(sink, event(0, 1, 2));
  expect(metrics.values).toMatchObject({ SinkRecords: 3, SinkFiles: 1 });
});

test('an event without records, or with lists of none, is answered', async () => {
  const { sink, metrics } = newSink();
  await invokeSink(sink, { eventSource: 'aws:kafka', records: {} });
  await invokeSink(sink, event());
  expect(metrics.values).toEqual({});
});

test('a tombstone stops its partition behind the records before it, and measures are said all the same', async () => {
  const { sink, metrics } = newSink();
  const { records } = event(0, 1);
  const tombstone = { ...event(2).records['prices-0'][0], value: null };
  const failing = invokeSink(sink, { records: { 'prices-0': [...records['prices-0'], tombstone] } });
  await expect(failing).rejects.toMatchObject({ code: 'NULL_VALUE' });
  await expect(failing).rejects.toThrow('offset 2');
  expect(metrics.values).toMatchObject({ SinkRecords: 2, SinkStopped: 1 });
  expect(metrics.flushes).toBe(1);
});

test('what another attempt may mend has stopped no partition', async () => {
  const { sink, metrics } = newSink();
  const retryable = new ConnectlessError('S3_FAILED', 'down', { retryable: true });
  const down = { ...sink, state: { ...sink.state, read: () => Promise.reject(retryable) } };
  await expect(invokeSink(down, event(0))).rejects.toThrow('down');
  expect(metrics.values).not.toHaveProperty('SinkStopped');
});

test.each([undefined, {}, { connectless: 'other' }, { source: 'aws.events' }])('%j is refused', async (unknown) => {
  const { sink } = newSink();
  const failing = invokeSink(sink, unknown);
  await expect(failing).rejects.toMatchObject({ code: 'EVENT_UNKNOWN', retryable: false });
  await expect(failing).rejects.toThrow('or {"connectless":"flush"} of its schedule');
});
