// Copies all partitions of an event at once; one that fails does not hold up the others.
import { ConnectlessError, messageOf } from '../errors';
import { oldestTimestamp, type PartitionRecords, recordsByPartition, type TriggerEvent } from '../kafka/msk-event';
import { METRICS } from '../names';
import { copyPartition, settle } from './copy-partition';
import type { Invocation } from './invocation';

/** Throws the one partition's error, or `PARTITIONS_FAILED` with all of their messages: the trigger then delivers the event again. */
export async function processEvent(invocation: Invocation, event: TriggerEvent): Promise<void> {
  const { metrics, clock } = invocation;
  const partitions = recordsByPartition(event);
  const oldest = oldestTimestamp(partitions);
  if (oldest !== undefined) metrics.add(METRICS.processorLag, Math.max(0, clock.now() - oldest));
  const results = await Promise.allSettled(
    partitions.map(async (part) => {
      if (!invocation.inputTopics.includes(part.topic)) throw foreign(invocation, part);
      return copyPartition(invocation, part);
    }),
  );
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (errors.length === 0) return;
  const copied = results.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
  await Promise.allSettled(copied.map((stored) => settle(invocation, stored)));
  if (errors.length === 1) throw errors[0];
  throw new ConnectlessError('PARTITIONS_FAILED', [...new Set(errors.map(messageOf))].join('\n'), {
    retryable: errors.some((error) => error instanceof ConnectlessError && error.retryable),
    cause: new AggregateError(errors),
  });
}

function foreign({ connector }: Invocation, { topic, partition }: PartitionRecords): ConnectlessError {
  return new ConnectlessError(
    'TOPIC_UNKNOWN',
    `Topic ${topic}, partition ${partition}: connector ${connector} does not read this topic. Add it to "topics", or remove the trigger.`,
  );
}
