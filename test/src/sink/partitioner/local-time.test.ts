import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, localStart } from '../../../../src/sink/partitioner/local-time';
import { offsetsOf } from '../../../../src/time-zone';

const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca', 'Africa/Freetown', 'Pacific/Apia'];

describe('the start of a partition', () => {
  test.each(ZONES)('in %s is within its duration and a change of the clocks', (timeZone) => {
    const offsetAt = offsetsOf(timeZone);
    const [HOUR, DAY] = [3_600_000, 86_400_000];
    fc.assert(
      fc.property(
        fc.integer({ min: DAY, max: 2 ** 41 }),
        fc.constantFrom(1, 60_000, HOUR, DAY),
        (instant, duration) => {
          const start = instantOf(localStart(instant, duration, offsetAt), offsetAt);
          expect(start - instant).toBeLessThanOrEqual(DAY);
          expect(instant - start).toBeLessThanOrEqual(duration + DAY);
        },
      ),
    );
  });

  test('is 1970 for the durations before and after it, as in Connect', () => {
    const offsetAt = offsetsOf('UTC');
    expect([-3_599_999, -1, 0, 1, 3_599_999].map((instant) => localStart(instant, 3_600_000, offsetAt))).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });
});
