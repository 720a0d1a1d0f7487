import { describe, expect, test } from '@jest/globals';
import { eventBytes, eventsOf, partitionsOf, type Reader } from '../../../lib/cost/events';
import { type Changes, deployment } from './pipeline';

const MONTH_DAYS = 730 / 24;

function events(rowsPerDay: number, changes: Changes = {}, rowBytes = 300) {
  const { pipeline } = deployment(changes);
  const sink = pipeline.connectors.find((connector): connector is Reader => connector.kind === 'sink');
  if (sink === undefined) throw new Error('there is no sink');
  return eventsOf(sink, pipeline, { rowsPerDay, rowBytes });
}

describe('the events of a trigger', () => {
  test('have one record each when records are rare', () => {
    const { count, recordsEach } = events(24);
    expect(count / MONTH_DAYS).toBeCloseTo(24, 0);
    expect(recordsEach).toBeCloseTo(1, 2);
  });

  test('have what a poll of the source brings', () => {
    const perPoll = (1_000_000 / 86_400) * 5;
    expect(events(1_000_000).recordsEach).toBeCloseTo(1 + perPoll);
    expect(events(1_000_000, { source: { 'poll.interval.ms': '10000' } }).recordsEach).toBeGreaterThan(1.9 * perPoll);
  });

  test('have what the batch window gathers, when it is longer', () => {
    const sink = { 'connectless.trigger.batch.window.ms': '60000' };
    expect(events(1_000_000, { sink }).recordsEach).toBeCloseTo(1 + (1_000_000 / 86_400) * 60);
  });

  test('have at most 10,000 records and 6 MB', () => {
    const sink = { 'connectless.trigger.batch.window.ms': '300000' };
    expect(events(100_000_000, { sink }, 30).recordsEach).toBe(10_000);
    const { recordsEach } = events(100_000_000, { sink }, 3000);
    expect(recordsEach * eventBytes({ rowsPerDay: 0, rowBytes: 3000 })).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(recordsEach).toBeGreaterThan(1400);
  });

  test('reach as many partitions as they have records, up to all of the topic', () => {
    const processor = { 'topic.creation.default.partitions': '6' };
    expect(partitionsOf('out-prices', deployment({ processor }).pipeline.connectors)).toBe(6);
    expect(events(1_000_000, { processor }).partitionsEach).toBe(6);
    expect(events(24, { processor }).partitionsEach).toBeCloseTo(1, 2);
  });

  test('are none of no rows', () => {
    expect(events(0)).toEqual({ count: 0, recordsEach: 0, partitionsEach: 0 });
  });
});

test('a record in an event is as large as JSON makes it', () => {
  const value = Buffer.alloc(300).toString('base64');
  const record = { topic: 'confluent-out-prices', partition: 0, offset: 123_456_789, timestamp: 1_700_000_000_000 };
  const json = JSON.stringify({ ...record, timestampType: 'CREATE_TIME', key: null, value, headers: [] });
  expect(Math.abs(eventBytes({ rowsPerDay: 0, rowBytes: 300 }) - json.length)).toBeLessThan(10);
});
