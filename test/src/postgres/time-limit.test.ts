// What of an invocation's time a statement gets.
import { describe, expect, test } from '@jest/globals';
import { timeLimit } from '../../../src/postgres/time-limit';

describe('timeLimit', () => {
  test.each([
    [58_000, 57_000],
    [1500.7, 500],
    [700, 500],
    [500, 500],
    [Number.POSITIVE_INFINITY, 2_000_000_000],
  ])('of %s ms that are left, a statement gets %s', (remaining, limit) => {
    expect(timeLimit(remaining)).toBe(limit);
  });

  test.each([499, 0, -1])('with %s ms left none is begun', (remaining) => {
    expect(() => timeLimit(remaining)).toThrow(expect.objectContaining({ code: 'OUT_OF_TIME', retryable: true }));
  });
});
