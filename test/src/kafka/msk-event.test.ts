// The partitions of an event.
import { expect, test } from '@jest/globals';
import type { MSKEvent, MSKRecord } from 'aws-lambda';
import { oldestTimestamp, recordsByPartition, triggerEvent } from '../../../src/kafka/msk-event';

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

test.each([
  [undefined, 'one without any'],
  [null, 'one without any'],
  ['records', 'one without any'],
  [{}, 'one without any'],
  [{ records: null }, 'one with records'],
  [{ version: '0', source: 'aws.events', detail: { secret: 1 } }, 'one with version, source, detail'],
])('an event that no trigger sends is refused by its keys: %j', (unknown, what) => {
  expect(() => triggerEvent(unknown)).toThrow(`(objects with "records"), and was given ${what}:`);
});

test('the event of a trigger is taken as it is, also without records', () => {
  const empty = event({});
  expect(triggerEvent(empty)).toBe(empty);
});

test('the oldest timestamp is that of any record that has one', () => {
  const at = (offset: number, timestamp: number) => ({ ...record('a', 0, offset), timestamp });
  const parts = recordsByPartition(event({ 'a-0': [at(0, -1), at(1, 70)], 'b-0': [at(0, 50), at(1, 60)] }));
  expect(oldestTimestamp(parts)).toBe(50);
  expect(oldestTimestamp(recordsByPartition(event({ 'a-0': [at(0, -1)] })))).toBeUndefined();
  expect(oldestTimestamp([])).toBeUndefined();
});
