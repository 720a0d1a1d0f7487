import { expect, test } from '@jest/globals';
import { dueIn } from '../../../src/sink/due';
import type { CompleteFile, OpenFile, PartitionState } from '../../../src/sink/partition-state';
import { sampleConfig } from './sample';

const file: CompleteFile = { key: 'a', startOffset: 0, partSize: 5, tail: [] };
const open = (records: number): OpenFile => ({
  directory: `partition=${records}`,
  startOffset: 0,
  endOffset: 9,
  records,
  streams: [],
});
const seen = { offset: 1, timestamp: 1 };
const since = {
  openedAt: Date.parse('2026-11-25T10:04:00Z'),
  takenAt: Date.parse('2026-11-25T10:06:00Z'),
  directory: '',
};
const state: PartitionState = { first: seen, last: seen, open: [open(2), open(5)], since, closing: [] };
const at = (time: string) => Date.parse(`2026-11-25T${time}Z`);

test.each([
  ['complete files that are not in the bucket', { ...state, closing: [file] }, {}, '10:07:00', true, 7],
  ['nothing while files are open and no clock is asked', state, {}, '20:00:00', false, 7],
  [
    'nothing before the boundary of rotate.schedule.interval.ms',
    state,
    { rotateScheduleMs: 600_000 },
    '10:09:59',
    false,
    7,
  ],
  ['open files at that boundary', state, { rotateScheduleMs: 600_000 }, '10:10:00', true, 0],
  ['nothing before connectless.rotate.idle.ms has passed', state, { rotateIdleMs: 60_000 }, '10:06:59', false, 7],
  ['open files when it has passed since the last record', state, { rotateIdleMs: 60_000 }, '10:07:00', true, 0],
  ['nothing of closed files', { ...state, open: [], closing: [] }, { rotateScheduleMs: 1 }, '20:00:00', false, 0],
  ['nothing of a partition without a state', undefined, { rotateScheduleMs: 1 }, '20:00:00', false, 0],
])('due is or are %s', (_, given, config, time, isDue, openRecords) => {
  expect(dueIn(given, { ...sampleConfig, ...config }, at(time), false)).toEqual({ isDue, openRecords });
});

test('everything open is due when all is to be closed', () => {
  expect(dueIn(state, sampleConfig, at('10:07:00'), true)).toEqual({ isDue: true, openRecords: 0 });
});
