// What fails in a check is found by it.
import { ConnectlessError } from '../errors';
import type { Finding } from './finding';

/** A ConnectlessError as a finding; anything else is thrown. */
export async function attempted<Answer>(
  work: () => Answer | Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly failed: Finding }> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof ConnectlessError)
      return { failed: { severity: 'error', code: error.code, what: error.message } };
    throw error;
  }
}
