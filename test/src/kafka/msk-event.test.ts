// The partitions of an event.
import { expect, test } from '@jest/globals';
import type { MSKEvent, MSKRecord } from 'aws-lambda';
import { recordsByPartition } from '../../../src/kafka/msk-event';

const record = (topic: string, partition: number, offset: number): MSKRecord => ({
  topic,
  partition,
  offset,
  timestamp: 1,
  timestampType: 'CREATE_TIME',
  key: '',
  value: '',
  headers: [],
});
const event = (records: MSKEvent['records']): MSKEvent => ({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn',
  bootstrapServers: 'b:9092',
  records,
});

test('an event has one list of records for each topic and partition, named by the records', () => {
  const parts = recordsByPartition(
    event({
      'a-1-0': [record('a-1', 0, 5), record('a-1', 0, 6)],
      'a-1': [record('a', 1, 0)],
      'empty-0': [],
    }),
  );
  expect(parts.map(({ topic, partition, records }) => [topic, partition, records.map(({ offset }) => offset)])).toEqual(
    [
      ['a-1', 0, [5, 6]],
      ['a', 1, [0]],
    ],
  );
});
