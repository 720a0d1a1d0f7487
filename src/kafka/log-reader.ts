// Reads a topic's ends and ranges of records by offset, committing nothing.
import type { Cluster, Kafka } from 'kafkajs';
import pRetry from 'p-retry';
import { type FetchedPartition, type FetchedRecord, fetchFrom, readingCluster } from './cluster';
import type { KafkaWork } from './errors';
import { kafkaError, topicNotFound } from './errors';
import type { LogRecord } from './topic-log';

/** First offset and log-end offset of each partition, in the order of the partitions. */
export interface Bounds {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface LogReader {
  bounds(topic: string): Promise<Bounds>;
  /** As `TopicLog.read`. */
  read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord>;
  close(): Promise<void>;
}

const RETRY = { retries: 4, minTimeout: 200, factor: 2 };

export function logReader(kafka: Kafka, brokers: readonly string[]): LogReader {
  let cluster: Cluster | undefined;

  const close = async () => {
    const old = cluster;
    cluster = undefined;
    await old?.disconnect().catch(() => undefined);
  };
  /** After a failure the connections are of no use: the next attempt makes new ones. */
  const attempt = async <T>(topic: string, work: (cluster: Cluster) => Promise<T>): Promise<T> => {
    const about: KafkaWork = { brokers, topic };
    try {
      cluster ??= readingCluster(kafka);
      if (!cluster.isConnected()) await cluster.connect();
      await cluster.addMultipleTargetTopics([topic]);
      return await work(cluster);
    } catch (error) {
      await close();
      throw kafkaError(error, about);
    }
  };
  const insist = <T>(topic: string, work: (cluster: Cluster) => Promise<T>): Promise<T> =>
    pRetry(() => attempt(topic, work), {
      ...RETRY,
      shouldRetry: ({ error }) => kafkaError(error, { brokers }).code === 'KAFKA_FAILED',
    });

  const bounds = (topic: string) => insist(topic, (connected) => boundsOf(connected, topic));

  async function* read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord> {
    if (until.every((end, partition) => (from[partition] ?? 0) >= end)) return;
    const { starts, ends } = await bounds(topic);
    let open = ends.flatMap((end, partition): Range[] => {
      const offset = Math.max(from[partition] ?? 0, starts[partition] ?? 0);
      const stop = Math.min(until[partition] ?? 0, end);
      return offset < stop ? [{ partition, offset, until: stop }] : [];
    });
    while (open.length > 0) {
      const now = open;
      const answers = await insist(topic, (connected) => fetchAll(connected, topic, now));
      const next: Range[] = [];
      for (const { ranges, partitions } of answers) {
        const taken = ranges.map((range) => take(range, partitions));
        yield* taken.flatMap(({ records }) => records);
        const silent = taken.every(({ rest }, index) => rest.offset === ranges[index]?.offset);
        next.push(
          ...taken
            .filter(({ rest, watermark }) => rest.offset < rest.until && !(silent && watermark >= rest.until))
            .map(({ rest }) => rest),
        );
      }
      open = next;
    }
  }

  return { bounds, read, close };
}

interface Range {
  readonly partition: number;
  readonly offset: number;
  readonly until: number;
}

async function boundsOf(cluster: Cluster, topic: string): Promise<Bounds> {
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
  if (partitions.length === 0) throw topicNotFound(topic);
  const offsets = async (fromBeginning: boolean) => {
    const [answer] = await cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning }]);
    return [...(answer?.partitions ?? [])]
      .sort((a, b) => a.partition - b.partition)
      .map(({ offset }) => Number(offset));
  };
  return { ends: await offsets(false), starts: await offsets(true) };
}

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

/** The records of an answer that lie in the range, and what of the range is left. */
function take(range: Range, partitions: readonly FetchedPartition[]) {
  const found = partitions.find(({ partition }) => partition === range.partition);
  const messages = found?.messages ?? [];
  const last = messages.at(-1);
  const offset = last === undefined ? range.offset : Math.max(range.offset, Number(last.offset) + 1);
  const records = messages
    .filter((message) => !message.isControlRecord)
    .map((message) => logRecord(range.partition, message))
    .filter((record) => record.offset >= range.offset && record.offset < range.until);
  return { records, rest: { ...range, offset }, watermark: Number(found?.highWatermark ?? -1) };
}

const LOG_APPEND_TIME = 1;

function logRecord(partition: number, message: FetchedRecord): LogRecord {
  return {
    partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    timestampType: message.batchContext?.timestampType === LOG_APPEND_TIME ? 'LogAppendTime' : 'CreateTime',
    key: message.key,
    value: message.value,
    headers: Object.entries(message.headers ?? {}).flatMap(([name, values]) =>
      (Array.isArray(values) ? values : [values]).map((value) => [name, value] as const),
    ),
  };
}
