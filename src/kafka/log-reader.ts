// Reads a topic's ends and ranges of its records by offset, committing nothing.
import type { Cluster, Kafka } from 'kafkajs';
import pRetry, { AbortError } from 'p-retry';
import { ConnectlessError } from '../errors';
import { fetchFrom, readingCluster } from './cluster';
import { kafkaError, topicNotFound } from './errors';
import { type Range, unread } from './range';
import type { LogRecord } from './topic-log';

export interface LogReader {
  /** As `TopicLog.ends`. */
  ends(topic: string): Promise<number[]>;
  /** As `TopicLog.read`. */
  read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord>;
  close(): Promise<void>;
}

const RETRY = { retries: 4, minTimeout: 200, factor: 2 };
/** Fetches of half a second in which no record came although there must be some: a new leader may be catching up. */
const MAX_SILENT_ROUNDS = 60;

export function logReader(kafka: Kafka, brokers: readonly string[]): LogReader {
  let cluster: Cluster | undefined;

  const close = async () => {
    const old = cluster;
    cluster = undefined;
    await old?.disconnect().catch(() => undefined);
  };
  const connected = async (topic: string): Promise<Cluster> => {
    const mine = cluster ?? readingCluster(kafka);
    cluster = mine;
    if (!mine.isConnected()) await mine.connect();
    await mine.addMultipleTargetTopics([topic]);
    await mine.refreshMetadataIfNecessary();
    return mine;
  };
  /** kafkajs itself insists while connecting; what fails later is tried again on new connections and with new metadata. */
  const insist = <T>(topic: string, work: (cluster: Cluster) => Promise<T>): Promise<T> =>
    pRetry(async () => {
      const fail = async (error: unknown) => {
        await close();
        return kafkaError(error, { brokers, topic });
      };
      const ready = await connected(topic).catch(async (error) => {
        throw new AbortError(await fail(error));
      });
      return work(ready).catch(async (error) => {
        const failure = await fail(error);
        throw failure.retryable ? failure : new AbortError(failure);
      });
    }, RETRY);

  const ends = (topic: string) => insist(topic, (ready) => offsetsOf(ready, topic, false));

  async function* read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord> {
    if (until.every((end, partition) => (from[partition] ?? 0) >= end)) return;
    const starts = await insist(topic, (ready) => offsetsOf(ready, topic, true));
    let open = (await ends(topic))
      .map((end, partition): Range => {
        const offset = Math.max(from[partition] ?? 0, starts[partition] ?? 0);
        return { partition, offset, until: Math.min(until[partition] ?? 0, end) };
      })
      .filter(({ offset, until: end }) => offset < end);
    for (let silent = 0; open.length > 0; ) {
      const asked = open;
      const answers = await insist(topic, (ready) => fetchAll(ready, topic, asked));
      const taken = answers.map(({ ranges, partitions }) => unread(ranges, partitions));
      yield* taken.flatMap(({ records }) => records);
      open = taken.flatMap(({ rest }) => rest);
      silent = taken.some(({ records }) => records.length > 0) ? 0 : silent + 1;
      if (silent > MAX_SILENT_ROUNDS) throw silentLog(topic, open);
    }
  }

  return { ends, read, close };
}

/** The first offset of each partition, or the offset behind the last record, open transactions included. */
async function offsetsOf(cluster: Cluster, topic: string, fromBeginning: boolean): Promise<number[]> {
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
  if (partitions.length === 0) throw topicNotFound(topic);
  const [answer] = await cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning }]);
  const offsets = [...(answer?.partitions ?? [])].sort((a, b) => a.partition - b.partition);
  return offsets.map(({ offset }) => Number(offset));
}

/** One fetch from each leader. */
function fetchAll(cluster: Cluster, topic: string, open: readonly Range[]) {
  const leaders = cluster.findLeaderForPartitions(
    topic,
    open.map(({ partition }) => partition),
  );
  return Promise.all(
    Object.entries(leaders).map(async ([nodeId, led]) => {
      const ranges = open.filter(({ partition }) => led.map(Number).includes(partition));
      return { ranges, partitions: await fetchFrom(cluster, nodeId, topic, ranges) };
    }),
  );
}

function silentLog(topic: string, open: readonly Range[]): ConnectlessError {
  const where = open.map(({ partition, offset }) => `${partition} at ${offset}`).join(', ');
  return new ConnectlessError('KAFKA_FAILED', `Topic ${topic} stays silent before its end, partition ${where}.`, {
    retryable: true,
  });
}
