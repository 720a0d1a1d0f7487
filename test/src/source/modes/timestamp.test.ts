import { describe, expect, test } from '@jest/globals';
import { finalBefore } from '../../../../src/source/modes/timestamp';

const SECOND = 1_000_000n;
const now = 1_000n * SECOND;

describe('a timestamp is final', () => {
  test.each<[string, bigint | undefined, number, bigint]>([
    ['half a second before now, when no transaction is open', undefined, 0, now - SECOND / 2n],
    ['before the oldest open transaction began', now - 60n * SECOND, 0, now - 60n * SECOND],
    ['half a second before now, when that one is younger', now - 1n, 0, now - SECOND / 2n],
    ['timestamp.delay.interval.ms before that', undefined, 5000, now - SECOND / 2n - 5n * SECOND],
    ['the delay before an open transaction', now - 9n * SECOND, 5000, now - 14n * SECOND],
  ])('%s', (_, oldest, delayMs, end) => {
    expect(finalBefore({ now, oldest }, delayMs)).toBe(end);
  });

  test('as the columns keep times', () => {
    const rounded = (time: bigint) => time - (time % (60n * SECOND));
    expect(finalBefore({ now, oldest: now - 7n * SECOND, rounded }, 0)).toBe(960n * SECOND);
    expect(finalBefore({ now, oldest: undefined, rounded }, 39_000)).toBe(960n * SECOND);
    expect(finalBefore({ now, oldest: undefined, rounded }, 40_000)).toBe(900n * SECOND);
  });
});
