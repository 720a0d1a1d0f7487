import { expect, test } from '@jest/globals';
import { flushMinutes } from '../../../lib/deployment/schedules';
import { sampleConfig } from '../../src/sink/sample';

test.each([
  ['every five minutes', {}, 5],
  ['each minute where rotate.schedule.interval.ms closes files', { rotateScheduleMs: 86_400_000 }, 1],
  ['each minute where connectless.rotate.idle.ms closes files', { rotateIdleMs: 600_000 }, 1],
  ['every five minutes where only the records’ time closes files', { rotateIntervalMs: 60_000 }, 5],
])('a sink is flushed %s', (_, rotation, minutes) => {
  expect(flushMinutes({ ...sampleConfig, ...rotation })).toBe(minutes);
});
