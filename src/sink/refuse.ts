// What happens to a record that cannot be written: `errors.tolerance`.
import { ConnectlessError } from '../errors';
import { type Draft, see } from './draft';
import type { SinkRecord, Stage } from './record';

/** Why a record cannot be written. */
export interface Failed {
  readonly stage: Stage;
  readonly error: ConnectlessError;
}

/**
 * With `errors.tolerance=all` the record is counted as seen, and is among the draft's faults; otherwise the answer is why the
 * partition stops before it. What another attempt may mend is nobody's fault: it always stops.
 */
export function refuse(draft: Draft, record: SinkRecord, { stage, error }: Failed): ConnectlessError | undefined {
  const located = locatedError(draft, record, error);
  if (error.retryable || draft.rules.config.errors.tolerance === 'none') return located;
  draft.faults.push({ record, stage, error: located });
  see(draft, record);
  return undefined;
}

/** The error with the record's topic, partition and offset before its message. */
export function locatedError({ source }: Draft, { offset }: SinkRecord, cause: ConnectlessError): ConnectlessError {
  const place = `Topic ${source.topic}, partition ${source.partition}, offset ${offset}`;
  return new ConnectlessError(cause.code, `${place}: ${cause.message}`, { retryable: cause.retryable, cause });
}
