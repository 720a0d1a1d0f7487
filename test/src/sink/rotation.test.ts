import { describe, expect, test } from '@jest/globals';
import { closesAfter, closesByClock, closesByRecordTime, isOverfull } from '../../../src/sink/rotation';
import { sampleConfig } from './sample';

const at = (time: string) => Date.parse(`2026-11-25T${time}Z`);
const since = {
  openedAt: at('10:03:00'),
  takenAt: at('10:08:00'),
  baseTimestamp: at('09:00:00'),
  directory: 'hour=09',
};

describe("the records' time", () => {
  const config = { rotateIntervalMs: 600_000, rotateOnPartitionChange: true };
  test.each([
    ['closes when a record is the interval behind the first one', config, at('09:10:00'), 'hour=09', true],
    ['closes nothing before', config, at('09:09:59'), 'hour=09', false],
    ['closes nothing for a record that comes late', config, at('08:00:00'), 'hour=09', false],
    ['closes when the directory changes', config, at('09:01:00'), 'hour=10', true],
    [
      'does not with rotate.file.on.partition.change=false',
      { ...config, rotateOnPartitionChange: false },
      at('09:01:00'),
      'hour=10',
      false,
    ],
    ['closes nothing without rotate.interval.ms', { rotateOnPartitionChange: true }, at('23:00:00'), 'hour=10', false],
    ['closes nothing for a partitioner that has no time', config, undefined, 'hour=10', false],
  ])('%s', (_, given, timestamp, directory, closes) => {
    const place = timestamp === undefined ? { directory } : { directory, timestamp };
    expect(closesByRecordTime(given, since, place)).toBe(closes);
  });
});

describe('the wall clock', () => {
  test.each([
    ['closes at a multiple of the interval behind midnight', { rotateScheduleMs: 300_000 }, '10:05:00', true],
    ['closes nothing before it', { rotateScheduleMs: 300_000 }, '10:04:59', false],
    ['closes what no record has come to for long enough', { rotateIdleMs: 60_000 }, '10:09:00', true],
    ['closes nothing while records come', { rotateIdleMs: 60_000 }, '10:08:59', false],
    ['closes nothing unless it is told to', {}, '23:59:59', false],
  ])('%s', (_, config, now, closes) => {
    expect(closesByClock({ ...sampleConfig, ...config }, since, at(now))).toBe(closes);
  });
});

test('a flush.size that was made smaller closes before the next record', () => {
  expect([isOverfull({ flushSize: 3 }, 2), isOverfull({ flushSize: 3 }, 3)]).toEqual([false, true]);
});

const MIB = 1024 * 1024;

test.each([
  ['flush.size', { records: 3, waiting: 1, bytes: 1, fullParts: 0 }, true],
  ['connectless.rotate.bytes', { records: 1, waiting: 1, bytes: 1000, fullParts: 0 }, true],
  ['the most parts of an upload', { records: 1, waiting: 1, bytes: 1, fullParts: 9_999 }, true],
  ['32 MiB and a part of it in no part', { records: 1, waiting: 37 * MIB, bytes: 1, fullParts: 0 }, true],
  ['none of them', { records: 2, waiting: 37 * MIB - 1, bytes: 999, fullParts: 9_998 }, false],
])('with its last record a file reaches %s', (_, fill, closes) => {
  expect(closesAfter({ ...sampleConfig, rotateBytes: 1000 }, fill)).toBe(closes);
});
