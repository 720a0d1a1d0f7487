import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { offsetsOf } from '../../src/time-zone';

const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca', 'Africa/Freetown', 'Pacific/Apia'];

/** What Intl says of the instant alone. */
function offsetBySwedish(timeZone: string, instant: number): number {
  // 2024-02-29 01:02:03
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000;
}

describe('the offset of a zone', () => {
  test.each(ZONES)('of %s is the one of the instant, whatever was asked before', (timeZone) => {
    const offsetAt = offsetsOf(timeZone);
    // Since 1900, so that the year has four digits.
    const instants = fc.integer({ min: -2_208_988_800, max: 2_000_000_000 }).map((seconds) => seconds * 1000 + 7);
    fc.assert(
      fc.property(instants, (instant) => {
        expect(offsetAt(instant)).toBe(offsetBySwedish(timeZone, instant));
      }),
    );
  });
});
