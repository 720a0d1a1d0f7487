// Keeps kafkajs's connections for reading, and makes new ones after a failure.
import type { Cluster, Kafka } from 'kafkajs';
import pRetry, { AbortError } from 'p-retry';
import { readingCluster } from './cluster';
import { kafkaError } from './errors';

export interface Connections {
  /** Does the work with the topic's metadata at hand; tries again what may succeed. Throws the errors of `kafkaError`. */
  with<T>(topic: string, work: (cluster: Cluster) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const RETRY = { retries: 4, minTimeout: 200, factor: 2 };

/** Connects with the first call. kafkajs itself insists while connecting; what fails later is tried again on new connections. */
export function connections(kafka: Kafka, brokers: readonly string[]): Connections {
  let current: Promise<Cluster> | undefined;

  const discard = async (old = current) => {
    if (current === old) current = undefined;
    await old?.then((cluster) => cluster.disconnect()).catch(() => undefined);
  };
  /** One connecting for all who ask meanwhile: kafkajs tells the second one that it is connected before it is. */
  const connected = async (): Promise<Cluster> => {
    current ??= connect(kafka);
    const mine = current;
    const cluster = await mine;
    if (cluster.isConnected()) return cluster;
    await discard(mine);
    return connected();
  };
  const attempt = async <T>(topic: string, work: (cluster: Cluster) => Promise<T>): Promise<T> => {
    let isConnected = false;
    try {
      const cluster = await connected();
      await cluster.addMultipleTargetTopics([topic]);
      await cluster.refreshMetadataIfNecessary();
      isConnected = true;
      return await work(cluster);
    } catch (error) {
      await discard();
      const failure = kafkaError(error, { brokers, topic });
      throw isConnected && failure.retryable ? failure : new AbortError(failure);
    }
  };

  return { with: (topic, work) => pRetry(() => attempt(topic, work), RETRY), close: () => discard() };
}

async function connect(kafka: Kafka): Promise<Cluster> {
  const cluster = readingCluster(kafka);
  await cluster.connect();
  return cluster;
}
