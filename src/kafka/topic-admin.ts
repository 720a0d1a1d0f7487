// Creates, lists, describes and changes topics.
import { type Admin, ConfigResourceTypes, ConfigSource, type ITopicMetadata } from 'kafkajs';
import pRetry from 'p-retry';
import type { KafkaConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';
import { kafkaClient } from './client';
import { kafkaError, topicNotFound } from './errors';

export interface NewTopic {
  readonly topic: string;
  /** Absent: the broker's default. */
  readonly partitions?: number;
  /** Absent: the broker's default. */
  readonly replicationFactor?: number;
  readonly config?: TopicConfiguration;
}

/** Kafka's names: `retention.ms`, `cleanup.policy`. */
type TopicConfiguration = Readonly<Record<string, string>>;

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
  /** To so many partitions. Throws TOPIC_REFUSED. */
  grow(topic: string, partitions: number): Promise<void>;
  /** What was set for the topic itself. */
  configuration(topic: string): Promise<TopicConfiguration>;
  /** Sets this, and nothing else, for the topic itself. Throws TOPIC_REFUSED. */
  configure(topic: string, config: TopicConfiguration): Promise<void>;
}

/** kafkajs, asked to wait for the leaders, gives up at a broker that has not yet heard of the new topic. */
const UNTIL_KNOWN = { retries: 8, minTimeout: 50, factor: 2 };

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
    create: async ({ topic, partitions = -1, replicationFactor = -1, config = {} }) => {
      const made = { topic, numPartitions: partitions, replicationFactor, configEntries: entriesOf(config) };
      const created = { topics: [made], waitForLeaders: false };
      const isNew = await admin.createTopics(created).catch((error) => refuse(topic, error));
      if (isNew) await pRetry(() => admin.fetchTopicMetadata({ topics: [topic] }), UNTIL_KNOWN);
      return isNew;
    },
    describe: async (topics) => {
      const known = await list();
      const unknown = topics.find((topic) => !known.includes(topic));
      if (unknown !== undefined) throw topicNotFound(unknown);
      if (topics.length === 0) return [];
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      return found.map(description);
    },
    grow: async (topic, count) => {
      await admin.createPartitions({ topicPartitions: [{ topic, count }] }).catch((error) => refuse(topic, error));
    },
    configuration: (topic) => configurationOf(admin, topic),
    configure: async (topic, config) => {
      const resource = { type: ConfigResourceTypes.TOPIC, name: topic, configEntries: entriesOf(config) };
      await admin.alterConfigs({ validateOnly: false, resources: [resource] }).catch((error) => refuse(topic, error));
    },
  };
}

async function configurationOf(admin: Admin, topic: string): Promise<TopicConfiguration> {
  const query = { type: ConfigResourceTypes.TOPIC, name: topic };
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [query] });
  const entries = resources.flatMap(({ configEntries }) => configEntries);
  const own = entries.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG);
  return Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue]));
}

function entriesOf(config: TopicConfiguration): { name: string; value: string }[] {
  return Object.entries(config).map(([name, value]) => ({ name, value }));
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
  INVALID_CONFIG: 'its configuration has a name or a value that this Kafka does not take',
  INVALID_PARTITIONS: 'the number of partitions must be above 0',
};

/** kafkajs wraps the broker's refusals in an error that lists them, where it asked about several topics. */
function refuse(topic: string, error: unknown): never {
  const [reason = error] = errorsIn(error);
  const type = String(typeof reason === 'object' && reason !== null ? Reflect.get(reason, 'type') : '');
  if (!/^(INVALID_|POLICY_VIOLATION$)/.test(type)) throw reason;
  const cure = CURES[type] ?? messageOf(reason);
  throw new ConnectlessError('TOPIC_REFUSED', `Kafka refuses topic ${topic}: ${cure}.`, { cause: error });
}

function errorsIn(error: unknown): Error[] {
  const nested: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errors') : undefined;
  const cause = error instanceof Error ? error.cause : undefined;
  if (Array.isArray(nested)) return nested.filter((one) => one instanceof Error);
  return cause === undefined ? [] : errorsIn(cause);
}
