// `errors.retry.timeout` and `errors.retry.delay.max.ms`: how long an operation that another attempt may mend is tried again.
import pRetry, { type Options } from 'p-retry';
import type { ErrorsConfig } from '../config/sink-model';
import { ConnectlessError } from '../errors';

type Retries = Pick<ErrorsConfig, 'retryTimeoutMs' | 'retryDelayMaxMs'>;

/** Connect's RETRIES_DELAY_MIN_MS. */
const FIRST_DELAY_MS = 300;

/**
 * Connect's RetryWithToleranceOperator: 300 ms, doubled up to the longest delay, until the time-out has passed since the first
 * attempt; the last delay ends with the time-out. None of it goes beyond `left`, the milliseconds that the invocation has.
 */
export function retryOptions({ retryTimeoutMs, retryDelayMaxMs }: Retries, left: number): Options {
  const maxRetryTime = Math.max(0, retryTimeoutMs < 0 ? left : Math.min(retryTimeoutMs, left));
  return {
    retries: maxRetryTime === 0 ? 0 : Number.POSITIVE_INFINITY,
    minTimeout: FIRST_DELAY_MS,
    factor: 2,
    maxTimeout: retryDelayMaxMs,
    maxRetryTime,
    shouldRetry: ({ error }) => error instanceof ConnectlessError && error.retryable,
  };
}

/** Throws the error of the last attempt. @param deadline epoch milliseconds: nothing is tried again behind it */
export function withRetries<Answer>(
  errors: Retries,
  deadline: number,
  work: () => Promise<Answer>,
  now: () => number = Date.now,
): Promise<Answer> {
  return pRetry(work, retryOptions(errors, deadline - now()));
}
