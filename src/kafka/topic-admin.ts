// Creates, lists and describes topics.
import type { Admin, ITopicMetadata } from 'kafkajs';
import type { KafkaConfig } from '../config/model';
import { ConnectlessError } from '../errors';
import { kafkaClient } from './client';
import { kafkaError, topicNotFound } from './errors';

interface NewTopic {
  readonly topic: string;
  /** Absent: the broker's default. */
  readonly partitions?: number;
  /** Absent: the broker's default. */
  readonly replicationFactor?: number;
}

export interface TopicDescription {
  readonly topic: string;
  /** In the order of their numbers. */
  readonly partitions: ReadonlyArray<{
    readonly partition: number;
    readonly leader: number;
    readonly replicas: readonly number[];
    readonly isr: readonly number[];
  }>;
}

export interface TopicAdmin {
  /** False when it exists already. Throws TOPIC_REFUSED with the broker's reason. */
  create(topic: NewTopic): Promise<boolean>;
  /** In alphabetical order, Kafka's own included. */
  list(): Promise<string[]>;
  /** Throws TOPIC_NOT_FOUND. */
  describe(topics: readonly string[]): Promise<TopicDescription[]>;
}

/** Connects, does the work and disconnects. Throws the errors of `kafkaError`. */
export async function withTopicAdmin<T>(config: KafkaConfig, work: (admin: TopicAdmin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(config).admin();
  try {
    await admin.connect();
    return await work(topicAdmin(admin));
  } catch (error) {
    throw kafkaError(error, { brokers: config.brokers });
  } finally {
    await admin.disconnect();
  }
}

function topicAdmin(admin: Admin): TopicAdmin {
  const list = async () => (await admin.listTopics()).sort();
  return {
    list,
    create: async ({ topic, partitions = -1, replicationFactor = -1 }) => {
      try {
        return await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor }] });
      } catch (error) {
        throw refused(topic, error);
      }
    },
    describe: async (topics) => {
      const known = await list();
      const unknown = topics.find((topic) => !known.includes(topic));
      if (unknown !== undefined) throw topicNotFound(unknown);
      if (topics.length === 0) return [];
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      return found.map(description);
    },
  };
}

function description({ name, partitions }: ITopicMetadata): TopicDescription {
  const sorted = [...partitions].sort((a, b) => a.partitionId - b.partitionId);
  return {
    topic: name,
    partitions: sorted.map(({ partitionId, leader, replicas, isr }) => ({
      partition: partitionId,
      leader,
      replicas,
      isr,
    })),
  };
}

const CURES: Readonly<Record<string, string>> = {
  INVALID_TOPIC_EXCEPTION: 'a name is of letters, digits, ".", "_" and "-", 249 at most',
  INVALID_REPLICATION_FACTOR: 'it has fewer brokers than the replication factor',
  INVALID_PARTITIONS: 'the number of partitions must be above 0',
};

/** kafkajs wraps the broker's refusals in an error that lists them. */
function refused(topic: string, error: unknown): unknown {
  const [reason] = errorsIn(error);
  if (reason === undefined) return error;
  const cure = CURES[String(Reflect.get(reason, 'type'))] ?? reason.message;
  return new ConnectlessError('TOPIC_REFUSED', `Kafka does not create topic ${topic}: ${cure}.`, { cause: error });
}

function errorsIn(error: unknown): Error[] {
  const nested: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errors') : undefined;
  const cause = error instanceof Error ? error.cause : undefined;
  if (Array.isArray(nested)) return nested.filter((one) => one instanceof Error);
  return cause === undefined ? [] : errorsIn(cause);
}
