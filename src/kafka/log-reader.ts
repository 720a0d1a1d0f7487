// Reads a topic's ends and ranges of its records by offset, committing nothing.
import type { Cluster, Kafka } from 'kafkajs';
import { ConnectlessError } from '../errors';
import { fetchFrom, type Isolation } from './cluster';
import { connections } from './connections';
import { topicNotFound } from './errors';
import { type Range, unread } from './range';
import type { LogRecord } from './topic-log';

export interface LogReader {
  /** As `TopicLog.ends`. */
  ends(topic: string): Promise<number[]>;
  /** As `TopicLog.starts`. */
  starts(topic: string): Promise<number[]>;
  /** As `TopicLog.read`. */
  read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord>;
  close(): Promise<void>;
}

/** Fetches of half a second in which no record came although there must be some: a new leader may be catching up. */
const MAX_SILENT_ROUNDS = 60;

/** @param isolation `readCommitted` passes over aborted transactions, and ends at an open one */
export function logReader(
  kafka: Kafka,
  brokers: readonly string[],
  isolation: Isolation = 'readUncommitted',
): LogReader {
  const connected = connections(kafka, brokers);
  const ends = (topic: string) => connected.with(topic, (cluster) => offsetsOf(cluster, topic, false));
  const starts = (topic: string) => connected.with(topic, (cluster) => offsetsOf(cluster, topic, true));

  async function* read(topic: string, from: readonly number[], until: readonly number[]): AsyncIterable<LogRecord> {
    if (until.every((end, partition) => (from[partition] ?? 0) >= end)) return;
    const first = await starts(topic);
    let open = (await ends(topic))
      .map((end, partition): Range => {
        const offset = Math.max(from[partition] ?? 0, first[partition] ?? 0);
        return { partition, offset, until: Math.min(until[partition] ?? 0, end) };
      })
      .filter(({ offset, until: end }) => offset < end);
    for (let silent = 0; open.length > 0; ) {
      const asked = open;
      const answers = await connected.with(topic, (cluster) => fetchAll(cluster, topic, asked, isolation));
      const taken = answers.map(({ ranges, partitions }) => unread(ranges, partitions));
      yield* taken.flatMap(({ records }) => records);
      open = taken.flatMap(({ rest }) => rest);
      silent = taken.some(({ records }) => records.length > 0) ? 0 : silent + 1;
      if (silent > MAX_SILENT_ROUNDS) throw silentLog(topic, open);
    }
  }

  return { ends, starts, read, close: connected.close };
}

/** The first offset of each partition, or the offset behind the last record, open transactions included. */
async function offsetsOf(cluster: Cluster, topic: string, fromBeginning: boolean): Promise<number[]> {
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
  if (partitions.length === 0) throw topicNotFound(topic);
  const [answer] = await cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning }]);
  const offsets = [...(answer?.partitions ?? [])].sort((a, b) => a.partition - b.partition);
  if (offsets.length < partitions.length) throw leaderless(topic);
  return offsets.map(({ offset }) => Number(offset));
}

/** One fetch from each leader. */
function fetchAll(cluster: Cluster, topic: string, open: readonly Range[], isolation: Isolation) {
  const byLeader = Object.entries(
    cluster.findLeaderForPartitions(
      topic,
      open.map(({ partition }) => partition),
    ),
  ).map(([nodeId, led]) => ({ nodeId, ranges: open.filter(({ partition }) => led.map(Number).includes(partition)) }));
  // kafkajs leaves out a partition that it does not know: its records would pass for absent.
  if (byLeader.flatMap(({ ranges }) => ranges).length < open.length) throw leaderless(topic);
  return Promise.all(
    byLeader.map(async ({ nodeId, ranges }) => ({
      ranges,
      partitions: await fetchFrom(cluster, nodeId, topic, ranges, isolation),
    })),
  );
}

function leaderless(topic: string): ConnectlessError {
  return new ConnectlessError('KAFKA_FAILED', `Topic ${topic}: a partition has no leader now.`, { retryable: true });
}

function silentLog(topic: string, open: readonly Range[]): ConnectlessError {
  const where = open.map(({ partition, offset }) => `${partition} at ${offset}`).join(', ');
  return new ConnectlessError('KAFKA_FAILED', `Topic ${topic} stays silent before its end, partition ${where}.`, {
    retryable: true,
  });
}
