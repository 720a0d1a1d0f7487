import { describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../src/errors';
import { retryOptions, withRetries } from '../../../src/sink/retries';

const errors = (retryTimeoutMs: number, retryDelayMaxMs = 60_000) => ({ retryTimeoutMs, retryDelayMaxMs });

describe('the retries of an operation', () => {
  test('are none by default', () => {
    expect(retryOptions(errors(0), 300_000)).toMatchObject({ retries: 0, maxRetryTime: 0 });
  });

  test.each([
    ['errors.retry.timeout', 10_000, 300_000, 10_000],
    ['the time that the invocation has', 600_000, 300_000, 300_000],
    ['the time that the invocation has, without a time-out', -1, 300_000, 300_000],
  ])('end with %s', (_, timeout, left, maxRetryTime) => {
    expect(retryOptions(errors(timeout), left)).toMatchObject({ retries: Number.POSITIVE_INFINITY, maxRetryTime });
  });

  test('are none when the invocation has no time left', () => {
    expect(retryOptions(errors(-1), -5)).toMatchObject({ retries: 0, maxRetryTime: 0 });
  });

  test('wait 300 ms, and twice as long each time, up to errors.retry.delay.max.ms', () => {
    expect(retryOptions(errors(60_000, 5000), 300_000)).toMatchObject({ minTimeout: 300, factor: 2, maxTimeout: 5000 });
  });
});

/** Fails so often, then answers the number of attempts. */
function failing(times: number, retryable: boolean) {
  let attempts = 0;
  const work = async () => {
    attempts += 1;
    if (attempts <= times) throw new ConnectlessError('REGISTRY_UNAVAILABLE', `attempt ${attempts}`, { retryable });
    return attempts;
  };
  return { work, attempts: () => attempts };
}

describe('an operation with retries', () => {
  test('is tried again until it answers', async () => {
    await expect(withRetries(errors(60_000, 0), Date.now() + 60_000, failing(3, true).work)).resolves.toBe(4);
  });

  test.each([
    ['no retries are configured', errors(0), true, 60_000],
    ['the invocation has no time left', errors(60_000, 0), true, 0],
    ['another attempt would end the same way', errors(60_000, 0), false, 60_000],
  ])('is tried once when %s', async (_, configured, retryable, left) => {
    const { work, attempts } = failing(1, retryable);
    await expect(withRetries(configured, 1000 + left, work, () => 1000)).rejects.toThrow('attempt 1');
    expect(attempts()).toBe(1);
  });
});
