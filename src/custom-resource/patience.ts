// Tries again as long as the function has time: what a deployment has just made may need minutes until it answers.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectlessError, messageOf } from '../errors';
import type { Log } from '../log';

export interface Patience {
  now(): number;
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
}

export function patience(remainingMs: () => number): Patience {
  return { now: Date.now, remainingMs, sleep: async (ms) => void (await sleep(ms)) };
}

/** For the last attempt to fail by itself, and for the answer: killed, the function would say nothing of the reason. */
const RESERVE_MS = 90_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000;
/** IAM takes seconds until it knows of a right that was given. */
const RIGHTS_SETTLE_MS = 60_000;
const MISSING_RIGHTS: readonly string[] = [
  'KAFKA_AUTHENTICATION',
  'KAFKA_AUTHORIZATION',
  'DATA_API_FORBIDDEN',
  'LAMBDA_FORBIDDEN',
  // Of the function's own, which another function asked for an answer.
  'SOURCE_FAILED',
];

/** Throws the last attempt's error when the time is over, or what another attempt does not mend at once. */
export async function patiently<Result>(patient: Patience, log: Log, attempt: () => Promise<Result>): Promise<Result> {
  const rightsUntil = patient.now() + RIGHTS_SETTLE_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const mayPass = canPass(error, patient.now() < rightsUntil);
      if (!mayPass || patient.remainingMs() - wait < RESERVE_MS) throw error;
      log.warn(`Tries again: ${messageOf(error)}`, { againInMs: wait });
    }
    await patient.sleep(wait);
  }
}

function canPass(error: unknown, rightsMaySettle: boolean): boolean {
  if (!(error instanceof ConnectlessError)) return false;
  return error.retryable || (rightsMaySettle && MISSING_RIGHTS.includes(error.code));
}
