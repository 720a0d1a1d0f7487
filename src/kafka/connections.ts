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
  let current: Cluster | undefined;

  const close = async () => {
    const old = current;
    current = undefined;
    await old?.disconnect().catch(() => undefined);
  };
  const connected = async (topic: string): Promise<Cluster> => {
    current ??= readingCluster(kafka);
    const cluster = current;
    if (!cluster.isConnected()) await cluster.connect();
    await cluster.addMultipleTargetTopics([topic]);
    await cluster.refreshMetadataIfNecessary();
    return cluster;
  };
  const attempt = async <T>(topic: string, work: (cluster: Cluster) => Promise<T>): Promise<T> => {
    let isConnected = false;
    try {
      const cluster = await connected(topic);
      isConnected = true;
      return await work(cluster);
    } catch (error) {
      await close();
      const failure = kafkaError(error, { brokers, topic });
      throw isConnected && failure.retryable ? failure : new AbortError(failure);
    }
  };

  return { with: (topic, work) => pRetry(() => attempt(topic, work), RETRY), close };
}
