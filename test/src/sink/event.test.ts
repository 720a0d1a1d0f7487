import { expect, test } from '@jest/globals';
import type { MSKEvent, MSKRecord } from 'aws-lambda';
import { sinkEvent } from '../../../src/sink/event';
import { sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { record, sampleConfig, sampleRegistry } from './sample';

function event(
  lists: Readonly<Record<string, readonly [topic: string, partition: number, offset: number, schemaId?: number][]>>,
): MSKEvent {
  const records = Object.entries(lists).map(([key, list]): [string, MSKRecord[]] => [
    key,
    list.map(([topic, partition, offset, schemaId = 1]) => {
      const { timestamp, value } = record(offset, { schemaId });
      return {
        topic,
        partition,
        offset,
        timestamp,
        timestampType: 'CREATE_TIME',
        key: '',
        value: value ?? '',
        headers: [],
      };
    }),
  ]);
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn',
    bootstrapServers: 'b',
    records: Object.fromEntries(records),
  };
}

function newSink() {
  const bucket = memoryBucket({ smallestPart: 1, etags: 'md5' });
  const metrics = recordedMetrics(() => 2000);
  const sink = sinkOn({ ...sampleConfig, flushSize: 2 }, memoryState(), bucket, sampleRegistry, metrics);
  return { bucket, sink, metrics: metrics.values };
}

test('several topics and partitions of one event get their own files, whatever the order of their records', async () => {
  const { bucket, sink } = newSink();
  await sinkEvent(
    sink,
    event({
      'a-0': [
        ['a', 0, 1],
        ['a', 0, 0],
      ],
      'a-1': [
        ['a', 1, 5],
        ['a', 1, 6],
      ],
      'b-0-0': [
        ['b-0', 0, 0],
        ['b-0', 0, 1],
      ],
      'c-0': [],
    }),
  );
  expect([...bucket.objects.keys()].sort()).toEqual([
    'topics/a/partition=0/a+0+0000000000.avro',
    'topics/a/partition=1/a+1+0000000005.avro',
    'topics/b-0/partition=0/b-0+0+0000000000.avro',
  ]);
});

test('a partition that fails does not stop the others, and one error names all that failed', async () => {
  const { bucket, sink } = newSink();
  const failing = sinkEvent(
    sink,
    event({
      'a-0': [['a', 0, 0, 9]],
      'a-1': [
        ['a', 1, 5],
        ['a', 1, 6],
      ],
      'b-0': [['b', 0, 3, 8]],
    }),
  );
  await expect(failing).rejects.toMatchObject({ code: 'SINK_FAILED', retryable: false });
  await expect(failing).rejects.toThrow('Topic a, partition 0, offset 0: Schema 9 is not in the registry');
  await expect(failing).rejects.toThrow('Topic b, partition 0, offset 3: Schema 8 is not in the registry');
  expect(bucket.objects.size).toBe(1);
});

test('the error of one partition is thrown as it is', async () => {
  const { sink } = newSink();
  await expect(sinkEvent(sink, event({ 'a-0': [['a', 0, 0, 9]] }))).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND' });
});
