import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type TimestampOptions, timestampColumns } from '../../../src/postgres/timestamp-columns';
import type { Column } from '../../../src/source/record/column';
import { column } from '../preflight/sample-facts';

const DATE = column('d', 'date');
const micros = (text: string) => BigInt(Date.parse(text)) * 1000n;

function rounding(columns: readonly Column[], options: Partial<TimestampOptions> = {}) {
  const names = columns.map(({ name }) => name);
  return timestampColumns('Table t', columns, names, { mustBeNotNull: false, timeZone: 'UTC', ...options }).rounded;
}
const stamp = (typmod: number, type = 'timestamptz') => column(`t${typmod}`, type, { typmod });

describe('a time that is written to a column', () => {
  test.each<[string, readonly Column[], bigint, bigint]>([
    ['without a precision stays', [stamp(-1)], 1_234_567n, 1_234_567n],
    ['of six digits stays', [stamp(6)], 1_234_567n, 1_234_567n],
    ['of three digits is rounded up', [stamp(3)], 1_234_500n, 1_235_000n],
    ['of three digits is rounded down', [stamp(3)], 1_234_499n, 1_234_000n],
    ['of no digit is rounded up', [stamp(0)], 1_500_000n, 2_000_000n],
    ['of no digit is rounded down', [stamp(0)], 1_499_999n, 1_000_000n],
    ['of days is cut off', [DATE], micros('2026-03-04T23:59:59Z'), micros('2026-03-04T00:00:00Z')],
    ['before 1970, too', [DATE], micros('1969-12-31T23:59:59Z'), micros('1969-12-31T00:00:00Z')],
    ['is the least of several', [stamp(-1), stamp(3), stamp(0)], 1_234_567n, 1_000_000n],
  ])('%s', (_, columns, time, kept) => {
    expect(rounding(columns)(time)).toBe(kept);
  });

  test('of a view or a query may be computed of whole seconds', () => {
    expect(rounding([stamp(-1)], { mayBeComputed: true })(1_999_999n)).toBe(1_000_000n);
    expect(rounding([stamp(3)], { mayBeComputed: true })(1_999_999n)).toBe(2_000_000n);
  });

  const sample = fc.array(fc.constantFrom(DATE, stamp(-1), stamp(0), stamp(2, 'timestamp'), stamp(3)), {
    minLength: 1,
  });
  const time = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n });

  test('is not made less by being later', () => {
    fc.assert(
      fc.property(sample, time, time, (columns, one, other) => {
        const rounded = rounding(columns);
        expect(rounded(one) <= rounded(other)).toBe(one <= other || rounded(one) === rounded(other));
      }),
    );
  });

  test('of a date beside a timestamptz is at least a day of any zone earlier', () => {
    fc.assert(
      fc.property(time, (one) => {
        const rounded = rounding([DATE, stamp(-1)], { timeZone: 'America/New_York' })(one);
        const date = new Intl.DateTimeFormat('sv', { timeZone: 'America/New_York' });
        const day = (instant: bigint) => date.format(Number(instant / 1000n));
        expect(day(rounded) < day(one)).toBe(true);
      }),
    );
  });
});
