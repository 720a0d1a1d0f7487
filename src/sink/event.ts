// One MSK event: all its partitions, side by side; one that fails does not stop the others.
import type { MSKEvent } from 'aws-lambda';
import pLimit from 'p-limit';
import { ConnectlessError, messageOf } from '../errors';
import { type PartitionRecords, recordsByPartition } from '../kafka/msk-event';
import { sinkPartition } from './partition';
import type { SinkRecord } from './plan';
import type { Sink } from './sink';

// Bounds the memory that plans take beside the event.
const PARTITIONS_AT_ONCE = 16;

/** Answers when every record is safe. Otherwise throws one error that names every partition that failed, so that the event comes again. */
export async function sinkEvent(sink: Sink, event: MSKEvent): Promise<void> {
  const limit = pLimit(PARTITIONS_AT_ONCE);
  const outcomes = await Promise.allSettled(
    recordsByPartition(event).map((partition) => limit(() => sinkRecords(sink, partition))),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw severalFailed(failures);
}

async function sinkRecords(sink: Sink, { topic, partition, records }: PartitionRecords): Promise<void> {
  await sinkPartition(sink, { topic, partition }, inOrder(records));
}

function inOrder(records: readonly SinkRecord[]): readonly SinkRecord[] {
  return isSorted(records) ? records : [...records].sort((one, other) => one.offset - other.offset);
}

function isSorted(records: readonly SinkRecord[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const { offset } of records) {
    if (offset < before) return false;
    before = offset;
  }
  return true;
}

function severalFailed(failures: readonly unknown[]): ConnectlessError {
  return new ConnectlessError(
    'SINK_FAILED',
    `${failures.length} partitions failed:\n${failures.map(messageOf).join('\n')}`,
    {
      retryable: failures.every((failure) => failure instanceof ConnectlessError && failure.retryable),
      cause: new AggregateError(failures),
    },
  );
}
