import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextBoundary } from '../../../src/sink/schedule-boundary';

const HOUR = 3_600_000;

test.each([
  ['a multiple of the interval from midnight', 'UTC', HOUR / 6, '2026-11-25T15:07:00Z', '2026-11-25T15:10:00Z'],
  ['the one behind a boundary', 'UTC', HOUR / 6, '2026-11-25T15:10:00Z', '2026-11-25T15:20:00Z'],
  ['the next midnight before a multiple behind it', 'UTC', 7 * HOUR, '2026-11-25T22:00:00Z', '2026-11-26T00:00:00Z'],
  ['the next midnight for an interval of days', 'UTC', 72 * HOUR, '2026-11-25T22:00:00Z', '2026-11-26T00:00:00Z'],
  ['local, where zones have half hours', 'Asia/Kolkata', HOUR, '2026-01-01T18:20:00Z', '2026-01-01T18:30:00Z'],
  [
    'counted in hours that pass, on a day of 25',
    'Europe/Berlin',
    7 * HOUR,
    '2026-10-25T00:30:00Z',
    '2026-10-25T05:00:00Z',
  ],
  ['the end of a day of 25 hours', 'Europe/Berlin', 24 * HOUR, '2026-10-25T21:30:00Z', '2026-10-25T22:00:00Z'],
  ['the last hour of a day of 25 hours', 'Europe/Berlin', 24 * HOUR, '2026-10-25T22:30:00Z', '2026-10-25T23:00:00Z'],
  ['the end of a day of 23 hours', 'Europe/Berlin', 24 * HOUR, '2026-03-29T12:00:00Z', '2026-03-29T22:00:00Z'],
  [
    'the first instant of a day whose midnight is skipped',
    'America/Sao_Paulo',
    7 * HOUR,
    '2018-11-04T02:30:00Z',
    '2018-11-04T03:00:00Z',
  ],
  ['counted from that instant', 'America/Sao_Paulo', 7 * HOUR, '2018-11-04T03:30:00Z', '2018-11-04T10:00:00Z'],
])('the next boundary is %s', (_, timeZone, intervalMs, instant, expected) => {
  expect(new Date(nextBoundary(Date.parse(instant), intervalMs, timeZone))).toEqual(new Date(expected));
});

test('it is later than the instant, by no more than the interval and no more than the longest day', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Cairo'];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: Date.parse('2040-01-01T00:00:00Z') }),
      fc.integer({ min: 1000, max: 100 * HOUR }),
      fc.constantFrom(...zones),
      (instant, intervalMs, timeZone) => {
        const wait = nextBoundary(instant, intervalMs, timeZone) - instant;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(Math.min(intervalMs, 25 * HOUR));
      },
    ),
  );
});
