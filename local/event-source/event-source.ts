// The MSK trigger's role: invokes with what its consumer group reads, and commits what succeeded.
import type { Consumer, TopicPartitionOffsetAndMetadata } from 'kafkajs';
import type { KafkaConfig } from '../../src/config/model';
import { kafkaError } from '../../src/kafka/errors';
import { untilItSucceeds } from '../retry';
import { type ConsumedRecord, mskEvent, type Origin } from './batch';
import { consume, groupConsumer } from './consumer';
import { type Batch, createInbox } from './inbox';

export interface EventSource {
  /** Finishes the batch in hand, commits it if it succeeded, and leaves the group. */
  stop(): Promise<void>;
}

export interface EventSourceOptions {
  readonly kafka: KafkaConfig;
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Resolves when the batch is done with; a rejection brings the same batch again. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** A failure of an invocation or of the connection, tried again after `waitMs`. */
  readonly onFailure: (error: unknown, waitMs: number) => void;
  /** How long a batch may wait for more records. @default 200 */
  readonly batchingWindowMs?: number;
  /** Doubled from failure to failure, up to 30 s. @default 1000 */
  readonly firstWaitMs?: number;
}

/** Begins at once and keeps trying until Kafka and the topics are there. A group without offsets starts at TRIM_HORIZON. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { kafka, topics, groupId, onFailure, firstWaitMs = 1000 } = options;
  const origin = originOf(kafka);
  const inbox = createInbox(origin, options.batchingWindowMs ?? 200);
  const closing = new AbortController();
  const untilClosing = { signal: closing.signal, onFailure, firstWaitMs };
  let consumer: Consumer | undefined;

  const commit = async (records: readonly ConsumedRecord[]): Promise<void> => {
    // Uncommitted records come again, and their receiver knows them by their offsets.
    await consumer
      ?.commitOffsets(offsetsAfter(records))
      .catch((error: unknown) => onFailure(kafkaError(error, kafka), 0));
  };
  const deliver = async ({ records, over, revoked }: Batch): Promise<void> => {
    const event = mskEvent(records, origin);
    const attempt = () => options.invoke(event).then(() => true);
    const delivered = await untilItSucceeds(attempt, { ...untilClosing, signal: over });
    if (delivered && !revoked()) await commit(records);
  };
  const deliverAll = async (): Promise<void> => {
    for (;;) {
      const batch = await untilItSucceeds(inbox.take, untilClosing);
      if (batch === undefined) return;
      await deliver(batch);
    }
  };
  const delivering = deliverAll();
  // The last batch is committed while the consumer is still a member of the group.
  const stopped = new Promise<void>((resolve) => {
    closing.signal.addEventListener('abort', () => resolve(delivering));
  });
  const consuming = untilItSucceeds(() => {
    consumer = groupConsumer(kafka, groupId);
    return consume(consumer, { kafka, topics, inbox, stopped });
  }, untilClosing);

  return {
    async stop() {
      inbox.close();
      closing.abort();
      await Promise.all([delivering, consuming]);
    },
  };
}

function originOf(kafka: KafkaConfig): Origin {
  return {
    eventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/local/00000000-0000-0000-0000-000000000000-1',
    bootstrapServers: kafka.brokers.join(','),
  };
}

/** Where each partition goes on after these records. */
function offsetsAfter(records: readonly ConsumedRecord[]): TopicPartitionOffsetAndMetadata[] {
  const last = new Map(records.map((record) => [`${record.topic}-${record.partition}`, record]));
  return [...last.values()].map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset + 1) }));
}
