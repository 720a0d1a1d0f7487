// Reads topics as one member of a consumer group into the inbox, until told to stop; commits nothing by itself.
import { type Consumer, logLevel } from 'kafkajs';
import type { KafkaConfig } from '../../src/config/model';
import { kafkaClient } from '../../src/kafka/client';
import { kafkaError } from '../../src/kafka/errors';
import { consumedRecord } from './consumed';
import type { Inbox } from './inbox';
import { rangeAssigner } from './range-assigner';

/** Kafka's default `heartbeat.interval.ms`: how often a member that waits for room says that it is alive. */
const heartbeatMs = 3000;
/** A member that was killed holds its partitions for so long; reading is all that this process does, so it is never that late. */
const sessionTimeoutMs = 10_000;
/** How long the broker may hold a fetch when there is nothing; stopping waits for it. */
const maxWaitMs = 500;

export function groupConsumer(kafka: KafkaConfig, groupId: string): Consumer {
  const client = kafkaClient(kafka);
  // All that it would write comes back as an error here, and is reported once.
  client.logger().setLogLevel(logLevel.NOTHING);
  return client.consumer({
    groupId,
    partitionAssigners: [rangeAssigner],
    allowAutoTopicCreation: false,
    heartbeatInterval: heartbeatMs,
    sessionTimeout: sessionTimeoutMs,
    maxWaitTimeInMs: maxWaitMs,
    retry: { restartOnFailure: async () => false },
  });
}

/** Resolves when `over` does. Throws what makes kafkajs's consumer fail, as `kafkaError`; it has left the group then. */
export async function consume(
  consumer: Consumer,
  { kafka, topics, inbox, over }: { kafka: KafkaConfig; topics: readonly string[]; inbox: Inbox; over: Promise<void> },
): Promise<void> {
  const crashed = new Promise<never>((_, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) =>
      reject(kafkaError(payload.error, { ...kafka, topic: topics.join(', ') })),
    );
  });
  // Offsets are asked for anew after each join, so what was read before it comes again.
  consumer.on(consumer.events.GROUP_JOIN, () => inbox.revoke());
  try {
    await Promise.race([Promise.all([run(consumer, kafka, topics, inbox), crashed]), over]);
  } finally {
    inbox.revoke();
    await consumer.disconnect().catch(() => {});
  }
}

async function run(consumer: Consumer, kafka: KafkaConfig, topics: readonly string[], inbox: Inbox): Promise<void> {
  await consumer.connect().catch((error: unknown) => {
    throw kafkaError(error, kafka);
  });
  for (const topic of topics) {
    await consumer.subscribe({ topic, fromBeginning: true }).catch((error: unknown) => {
      throw kafkaError(error, { ...kafka, topic });
    });
  }
  await consumer.run({
    autoCommit: false,
    async eachBatch({ batch: { topic, partition, messages }, heartbeat }) {
      inbox.add(messages.map((message) => consumedRecord(topic, partition, message)));
      while (inbox.full()) {
        await inbox.changed(heartbeatMs);
        await heartbeat();
      }
    },
  });
}
