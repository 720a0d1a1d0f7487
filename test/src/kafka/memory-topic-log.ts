// Kafka's topics in memory, with appends that can be cut short and land the rest later.
import { ConnectlessError } from '../../../src/errors';
import type { LogRecord, Message, TopicLog } from '../../../src/kafka/topic-log';

export interface MemoryTopicLog extends TopicLog {
  create(topic: string, partitions: number): void;
  /** By partition. */
  records(topic: string): readonly (readonly LogRecord[])[];
}

/** `now`: epoch milliseconds, for messages without a timestamp. */
export function memoryTopicLog(now: () => number = Date.now): MemoryTopicLog {
  const topics = new Map<string, LogRecord[][]>();

  const partitions = (topic: string): LogRecord[][] => {
    const found = topics.get(topic);
    if (found === undefined) throw new ConnectlessError('TOPIC_NOT_FOUND', `no topic ${topic}`, { retryable: true });
    return found;
  };
  const append = (topic: string, { timestamp, headers, ...message }: Message) => {
    const log = partitions(topic)[message.partition];
    if (log === undefined) throw new ConnectlessError('KAFKA_FAILED', `${topic} has no partition ${message.partition}`);
    log.push({ ...message, offset: log.length, timestamp: timestamp ?? now(), headers: headers ?? [] });
  };

  return {
    create: (topic, count) => {
      topics.set(
        topic,
        Array.from({ length: count }, () => []),
      );
    },
    records: partitions,
    ends: async (topic) => partitions(topic).map((log) => log.length),
    starts: async (topic) => partitions(topic).map((log) => log[0]?.offset ?? 0),
    append: async (topic, messages) => {
      for (const message of messages) append(topic, message);
    },
    read: async function* (topic, from, until) {
      for (const [partition, log] of partitions(topic).entries()) {
        yield* log.slice(from[partition] ?? 0, until[partition] ?? 0);
      }
    },
    close: async () => {},
  };
}
