import { expect, test } from '@jest/globals';
import { flushEveryMs } from '../../local/flush-schedule';

const rotation = { flushSize: 3, rotateOnPartitionChange: false, timeZone: 'UTC' };

test.each([
  ['each minute', {}, 60_000],
  ['as often as rotate.schedule.interval.ms says, when that is shorter', { rotateScheduleMs: 10_000 }, 10_000],
  ['as often as connectless.rotate.idle.ms says, when that is shorter', { rotateIdleMs: 2000 }, 2000],
  ['by the shorter of both', { rotateScheduleMs: 5000, rotateIdleMs: 7000 }, 5000],
  ['each minute when both are longer', { rotateScheduleMs: 3_600_000, rotateIdleMs: 3_600_000 }, 60_000],
  ['each second at most', { rotateIdleMs: 5 }, 1000],
])('a sink is flushed %s', (_, given, everyMs) => {
  expect(flushEveryMs({ ...rotation, ...given })).toBe(everyMs);
});
