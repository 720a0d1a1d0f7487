// The records of a batch as they will stand in the output topic.
import { ConnectlessError, messageOf } from '../errors';
import { decodeRecord, type PartitionRecords } from '../kafka/msk-event';
import { partitionOf } from '../kafka/partition';
import type { LogRecord, Message } from '../kafka/topic-log';
import type { ValueWriter } from './output-schema';
import type { Position } from './progress';
import type { Transform } from './transform';

/** An input record and what becomes of it. */
export interface Copy extends Position {
  readonly output: readonly LogRecord[];
}

export interface Copies {
  readonly copies: readonly Copy[];
  /** Why the first record that is not among them cannot be copied. */
  readonly failure?: ConnectlessError;
}

/** Stops at the first record that cannot be copied: what stands before it is not held up by it. */
export async function copiesOf(
  { topic, partition, records }: PartitionRecords,
  transform: Transform,
  write: ValueWriter,
): Promise<Copies> {
  const copies: Copy[] = [];
  for (const record of records) {
    try {
      const output: LogRecord[] = [];
      for (const made of transform(decodeRecord(record))) {
        output.push(made.value === null ? made : { ...made, value: await write(made.value) });
      }
      copies.push({ offset: record.offset, timestamp: record.timestamp, output });
    } catch (error) {
      return { copies, failure: atRecord(error, `Topic ${topic}, partition ${partition}, offset ${record.offset}`) };
    }
  }
  return { copies };
}

function atRecord(error: unknown, where: string): ConnectlessError {
  const known = error instanceof ConnectlessError ? error : undefined;
  return new ConnectlessError(known?.code ?? 'RECORD_FAILED', `${where}: ${messageOf(error)}`, {
    retryable: known?.retryable ?? false,
    cause: error,
  });
}

/**
 * The output partition is chosen from the record alone, so that a repetition chooses the same: by the key as Java's
 * producer does; without a key by the input's partition, which keeps its order.
 */
export function messagesOf(copies: readonly Copy[], partitions: number): Message[] {
  return copies.flatMap(({ output }) =>
    output.map(({ key, value, timestamp, headers, partition }) => ({
      partition: key === null ? partition % partitions : partitionOf(key, partitions),
      key,
      value,
      timestamp,
      headers,
    })),
  );
}

/** Whether the record of the output topic is this message. A topic with LogAppendTime has replaced the timestamp. */
export function isCopy({ key, value, timestamp }: Message, record: LogRecord): boolean {
  return (
    equal(key, record.key) &&
    equal(value, record.value) &&
    (timestamp === record.timestamp || record.timestampType === 'LogAppendTime')
  );
}

function equal(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}
