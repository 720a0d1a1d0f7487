import { describe, expect, test } from '@jest/globals';
import { finalBefore } from '../../../../src/source/modes/timestamp';

const SECOND = 1_000_000n;
const now = 1_000n * SECOND;

describe('a timestamp is final', () => {
  test.each<[string, bigint | undefined, number, bigint]>([
    ['half a second before now, when no transaction is open', undefined, 0, now - SECOND / 2n],
    ['before the oldest open transaction began', now - 60n * SECOND, 0, now - 60n * SECOND],
    ['half a second before now, when that one is younger', now - 1n, 0, now - SECOND / 2n],
    ['timestamp.delay.interval.ms before now, when that is longer', undefined, 5000, now - 5n * SECOND],
    ['before an open transaction that is older than the delay', now - 9n * SECOND, 5000, now - 9n * SECOND],
  ])('%s', (_, oldest, delayMs, end) => {
    expect(finalBefore({ now, oldest }, delayMs)).toBe(end);
  });
});
