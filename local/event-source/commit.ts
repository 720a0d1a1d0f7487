// Commits the offsets of what was delivered, as a member of the consumer group.
import type { Consumer, TopicPartitionOffsetAndMetadata } from 'kafkajs';
import type { ConsumedRecord } from './batch';

/** The group has been joined anew since these records were read, or is being: whoever has their partitions now reads them again. */
const REBALANCED: readonly unknown[] = ['ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'UNKNOWN_MEMBER_ID'];

/** A rebalance that came first is no error. Throws what kafkajs throws otherwise. */
export async function commit(
  consumer: Pick<Consumer, 'commitOffsets'>,
  records: readonly ConsumedRecord[],
): Promise<void> {
  try {
    await consumer.commitOffsets(offsetsAfter(records));
  } catch (error) {
    if (!isRebalance(error)) throw error;
  }
}

/** Where each partition goes on after these records. */
function offsetsAfter(records: readonly ConsumedRecord[]): TopicPartitionOffsetAndMetadata[] {
  const last = new Map(records.map((record) => [`${record.topic}-${record.partition}`, record]));
  return [...last.values()].map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset + 1) }));
}

/** kafkajs wraps the broker's error, which has a `type`. */
function isRebalance(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return REBALANCED.includes(Reflect.get(error, 'type')) || isRebalance(error.cause);
}
