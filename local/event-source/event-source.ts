// The MSK trigger's role: invokes with what its consumer group reads, and commits what succeeded.
import type { Consumer } from 'kafkajs';
import type { KafkaConfig } from '../../src/config/model';
import { kafkaError } from '../../src/kafka/errors';
import { untilItSucceeds } from '../retry';
import { mskEvent, type Origin } from './batch';
import { commit } from './commit';
import { consume, groupConsumer } from './consumer';
import { type Batch, createInbox, type Inbox } from './inbox';
import { otherTopicsToRead, type Reads, topicsToRead } from './subscription';

export interface EventSource {
  /** Finishes the batch in hand, commits it if it succeeded, and leaves the group. */
  stop(): Promise<void>;
}

export interface EventSourceOptions extends Reads {
  readonly kafka: KafkaConfig;
  readonly groupId: string;
  /** Resolves when the batch is done with; a rejection brings the same batch again. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** A failure of an invocation or of the connection, tried again after `waitMs`. */
  readonly onFailure: (error: unknown, waitMs: number) => void;
  /** How long a batch may wait for more records. @default 200 */
  readonly batchingWindowMs?: number;
  /** Doubled from failure to failure, up to 30 s. @default 1000 */
  readonly firstWaitMs?: number;
  /** How often topics are looked for that match by now. @default 30_000 */
  readonly lookEveryMs?: number;
}

/** Begins at once and keeps trying until Kafka and the topics are there. A group without offsets starts at TRIM_HORIZON. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { kafka, onFailure, firstWaitMs = 1000 } = options;
  const origin = originOf(kafka);
  const inbox = createInbox(origin, options.batchingWindowMs ?? 200);
  const closing = new AbortController();
  const untilClosing = { signal: closing.signal, onFailure, firstWaitMs };
  let consumer: Consumer | undefined;

  const deliver = async ({ records, over, revoked }: Batch): Promise<void> => {
    const event = mskEvent(records, origin);
    const attempt = () => options.invoke(event).then(() => true);
    const delivered = await untilItSucceeds(attempt, { ...untilClosing, signal: over });
    if (!delivered || revoked() || consumer === undefined) return;
    // Uncommitted records come again, and their receiver knows them by their offsets.
    await commit(consumer, records).catch((error: unknown) => onFailure(kafkaError(error, kafka), 0));
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
  const join = (): Consumer => {
    consumer = groupConsumer(kafka, options.groupId);
    return consumer;
  };
  const consuming = untilItSucceeds(async () => {
    while (!closing.signal.aborted)
      await consumeUntilOthers(await topicsToRead(options), { options, inbox, stopped, join });
  }, untilClosing);

  return {
    async stop() {
      inbox.close();
      closing.abort();
      await Promise.all([delivering, consuming]);
    },
  };
}

interface Consuming {
  readonly options: EventSourceOptions;
  readonly inbox: Inbox;
  readonly stopped: Promise<void>;
  readonly join: () => Consumer;
}

/** Consumes these topics until stopped, or until others are to be read. */
async function consumeUntilOthers(
  topics: readonly string[],
  { options, inbox, stopped, join }: Consuming,
): Promise<void> {
  const { kafka, lookEveryMs = 30_000 } = options;
  const ended = new AbortController();
  const others = otherTopicsToRead(topics, { ...options, signal: ended.signal, lookEveryMs });
  const over = Promise.race([stopped, others]);
  try {
    await (topics.length === 0 ? over : consume(join(), { kafka, topics, inbox, over }));
  } finally {
    ended.abort();
    await others;
  }
}

function originOf(kafka: KafkaConfig): Origin {
  return {
    eventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/local/00000000-0000-0000-0000-000000000000-1',
    bootstrapServers: kafka.brokers.join(','),
  };
}
