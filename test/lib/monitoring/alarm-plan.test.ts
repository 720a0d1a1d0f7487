import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lasting } from '../../../lib/monitoring/alarm-plan';

const MINUTE = 60_000;

describe('how long something must last', () => {
  test.each([
    { cycles: [], periodMinutes: 5, periods: 3 },
    { cycles: [MINUTE, 58_000], periodMinutes: 5, periods: 3 },
    { cycles: [5 * MINUTE], periodMinutes: 5, periods: 3 },
    { cycles: [5 * MINUTE + 1], periodMinutes: 10, periods: 3 },
    { cycles: [MINUTE, 14 * MINUTE], periodMinutes: 15, periods: 3 },
    { cycles: [8 * 60 * MINUTE], periodMinutes: 480, periods: 3 },
    { cycles: [10 * 60 * MINUTE], periodMinutes: 600, periods: 2 },
    { cycles: [48 * 60 * MINUTE], periodMinutes: 1440, periods: 1 },
  ])('is $periods periods of $periodMinutes minutes for what happens once in $cycles ms', (one) => {
    const { cycles, ...span } = one;
    expect(lasting(...cycles)).toEqual({ ...span, breaching: span.periods });
  });

  test('is never longer than CloudWatch looks back, and a period holds a cycle as long as there are several', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (cycleMs) => {
        const { periodMinutes, periods, breaching } = lasting(cycleMs);
        expect(periodMinutes * periods).toBeLessThanOrEqual(1440);
        expect(periodMinutes % 5).toBe(0);
        expect(breaching).toBe(periods);
        if (periods > 1) expect(periodMinutes * MINUTE).toBeGreaterThanOrEqual(cycleMs);
      }),
    );
  });
});
