import { describe, expect, test } from '@jest/globals';
import { type Patience, patiently } from '../../../src/custom-resource/patience';
import { ConnectlessError } from '../../../src/errors';
import type { Log } from '../../../src/log';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Time passes by sleeping, and by 100 ms an attempt. */
function world(lastsMs: number, fails: (attempt: number) => unknown) {
  let now = 0;
  let attempts = 0;
  const patient: Patience = {
    now: () => now,
    remainingMs: () => lastsMs - now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const outcome = patiently(patient, silent, async () => {
    attempts += 1;
    now += 100;
    const error = fails(attempts);
    if (error !== undefined) throw error;
    return 'done';
  });
  return { outcome, attempts: () => attempts, now: () => now };
}
const failure = (code: string, retryable: boolean) => new ConnectlessError(code, code, { retryable });

describe('patience', () => {
  test('lasts until the attempt succeeds', async () => {
    const { outcome, attempts } = world(600_000, (n) => (n < 20 ? failure('KAFKA_UNAVAILABLE', true) : undefined));
    expect(await outcome).toBe('done');
    expect(attempts()).toBe(20);
  });

  test('ends with the last error while there is time left to answer with it', async () => {
    const { outcome, attempts, now } = world(600_000, (n) => failure(`failure ${n}`, true));
    await expect(outcome).rejects.toThrow(/failure \d+/);
    await expect(outcome).rejects.toThrow(`failure ${attempts()}`);
    expect(now()).toBeGreaterThan(490_000);
    expect(now()).toBeLessThanOrEqual(510_100);
  });

  test('is none with what another attempt does not mend', async () => {
    const refused = world(600_000, () => failure('TOPIC_SHRINKS', false));
    await expect(refused.outcome).rejects.toThrow('TOPIC_SHRINKS');
    expect(refused.attempts()).toBe(1);
    const fault = world(600_000, () => new TypeError('a fault'));
    await expect(fault.outcome).rejects.toThrow('a fault');
    expect(fault.attempts()).toBe(1);
  });

  test.each(['KAFKA_AUTHENTICATION', 'KAFKA_AUTHORIZATION', 'DATA_API_FORBIDDEN'])(
    'waits a minute for rights that IAM does not know of yet, not longer: %s',
    async (code) => {
      const late = world(600_000, (n) => (n < 5 ? failure(code, false) : undefined));
      expect(await late.outcome).toBe('done');
      const never = world(600_000, () => failure(code, false));
      await expect(never.outcome).rejects.toThrow(code);
      expect(never.now()).toBeGreaterThan(55_000);
      expect(never.now()).toBeLessThan(75_000);
    },
  );
});
