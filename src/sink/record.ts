// A record as the trigger delivers it, and what became of it when it could not be written.
import type { ConnectlessError } from '../errors';
import type { EventRecord } from '../kafka/msk-event';

/** One record of an MSK event, nothing decoded. */
export interface SinkRecord extends Pick<EventRecord, 'key' | 'value' | 'headers'> {
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/** Where in Connect's processing a record failed: `__connect.errors.stage`. */
export type Stage = 'VALUE_CONVERTER' | 'KEY_CONVERTER' | 'HEADER_CONVERTER' | 'TASK_PUT';

/** A record's own fault: another attempt would end the same way. */
export interface Fault {
  readonly record: SinkRecord;
  readonly stage: Stage;
  /** Names topic, partition and offset. */
  readonly error: ConnectlessError;
}
