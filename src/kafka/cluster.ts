// kafkajs's connections to the brokers, for reading by offset without a consumer group.
import { type Cluster, type Kafka, PartitionAssigners } from 'kafkajs';
import type { FetchedPartition } from './range';

interface FetchAnswer {
  readonly responses: ReadonlyArray<{ readonly partitions: readonly FetchedPartition[] }>;
}

/**
 * The cluster behind a consumer that never runs: a partition assigner is handed it. A running consumer would join a
 * group (seconds on a new cluster, permissions on the group's name), could not end at an offset, and would stop at an open
 * transaction of somebody else; this one sees everything up to the high watermark.
 */
export function readingCluster(kafka: Kafka): Cluster {
  const captured: Cluster[] = [];
  kafka.consumer({
    groupId: 'connectless-read',
    readUncommitted: true,
    allowAutoTopicCreation: false,
    partitionAssigners: [
      (handed) => {
        captured.push(handed.cluster);
        return PartitionAssigners.roundRobin(handed);
      },
    ],
  });
  const [cluster] = captured;
  if (cluster === undefined) throw new Error('kafkajs no longer hands its cluster to a partition assigner');
  return cluster;
}

/** Of the fetch request: everything up to the high watermark, or up to the first open transaction. */
const ISOLATION = { readUncommitted: 0, readCommitted: 1 } as const;
export type Isolation = keyof typeof ISOLATION;

const MAX_BYTES_PER_PARTITION = 1024 * 1024;
const MAX_WAIT_MS = 500;

/** One fetch from the leader of these partitions, at the given offsets; waits up to half a second for a first record. */
export async function fetchFrom(
  cluster: Cluster,
  nodeId: string,
  topic: string,
  offsets: ReadonlyArray<{ partition: number; offset: number }>,
  isolation: Isolation,
): Promise<readonly FetchedPartition[]> {
  const broker = await cluster.findBroker({ nodeId });
  const answer: FetchAnswer = await broker.fetch({
    isolationLevel: ISOLATION[isolation],
    maxWaitTime: MAX_WAIT_MS,
    topics: [
      {
        topic,
        partitions: offsets.map(({ partition, offset }) => ({
          partition,
          fetchOffset: String(offset),
          maxBytes: MAX_BYTES_PER_PARTITION,
        })),
      },
    ],
  });
  return answer.responses.flatMap((response) => response.partitions);
}
