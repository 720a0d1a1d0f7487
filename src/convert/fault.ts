// What is wrong with a record's key or value, said so that the record's place can stand before it.
import { ConnectlessError } from '../errors';

/** Which of the two a converter reads: `key.converter` or `value.converter`. */
export type Side = 'key' | 'value';

/** The record's own fault: another attempt ends the same way. */
export function fault(code: string, message: string, cause?: unknown): ConnectlessError {
  return new ConnectlessError(code, message, { cause });
}
