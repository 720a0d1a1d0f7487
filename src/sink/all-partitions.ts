// Work on several partitions, side by side; one that fails does not stop the others.
import pLimit from 'p-limit';
import { ConnectlessError, messageOf } from '../errors';
import { partitionsStopped } from './measures';
import type { Sink } from './sink';

// Bounds the memory that plans and states take beside the event.
const PARTITIONS_AT_ONCE = 8;

/** Answers when all are done. Otherwise throws one error that names every partition that failed, when the others are. */
export async function allPartitions<Partition>(
  { metrics }: Pick<Sink, 'metrics'>,
  partitions: readonly Partition[],
  work: (partition: Partition) => Promise<void>,
): Promise<void> {
  const limit = pLimit(PARTITIONS_AT_ONCE);
  const outcomes = await Promise.allSettled(partitions.map((partition) => limit(() => work(partition))));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  partitionsStopped(metrics, failures);
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw severalFailed(failures);
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
