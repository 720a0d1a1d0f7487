// Kafka's RangeAssignor for kafkajs: each topic is shared among those members of the group that read it.
import { AssignerProtocol, type BrokerMetadata, type Cluster, type GroupMember, type PartitionAssigner } from 'kafkajs';

/** By member, then by topic: partitions. */
export type Assignment = ReadonlyMap<string, Readonly<Record<string, number[]>>>;

const name = 'range';
const version = 0;

/** kafkajs's own assigner gives the leader's topics to everybody, and the topics that the leader does not read to nobody. */
export const rangeAssigner: PartitionAssigner = ({ cluster }) => ({
  name,
  version,
  async assign({ members, topics }) {
    const topicsOf = new Map(members.map((member) => [member.memberId, topicsRead(member)]));
    const partitions = await partitionsOf(cluster, topics, new Set([...topicsOf.values()].flat()));
    return [...rangeAssignment(topicsOf, partitions)].map(([memberId, assignment]) => ({
      memberId,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({
        version,
        assignment,
        userData: Buffer.alloc(0),
      }),
    }));
  },
  protocol({ topics }) {
    return {
      name,
      metadata: AssignerProtocol.MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) }),
    };
  },
});

/** Of each topic's partitions every reader gets as many as another one or one more, side by side, in the order of the members' ids. */
export function rangeAssignment(
  topicsOf: ReadonlyMap<string, readonly string[]>,
  partitionsOf: ReadonlyMap<string, readonly number[]>,
): Assignment {
  const assignment = new Map([...topicsOf.keys()].sort().map((member) => [member, {} as Record<string, number[]>]));
  for (const [topic, unsorted] of partitionsOf) {
    const partitions = [...unsorted].sort((a, b) => a - b);
    const readers = [...assignment].filter(([member]) => topicsOf.get(member)?.includes(topic));
    let given = 0;
    for (const [index, [, mine]] of readers.entries()) {
      const end = given + Math.ceil((partitions.length - given) / (readers.length - index));
      if (end > given) mine[topic] = partitions.slice(given, end);
      given = end;
    }
  }
  return assignment;
}

function topicsRead({ memberMetadata }: GroupMember): readonly string[] {
  return AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? [];
}

/** The cluster has just looked up the leader's own topics; those that only others read are looked for among all. */
async function partitionsOf(cluster: Cluster, own: readonly string[], all: ReadonlySet<string>) {
  const found = new Map(own.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map(idOf)]));
  if ([...all].every((topic) => found.has(topic))) return found;
  for (const { topic, partitionMetadata } of (await cluster.metadata()).topicMetadata) {
    if (all.has(topic)) found.set(topic, partitionMetadata.map(idOf));
  }
  return found;
}

const idOf = ({ partitionId }: BrokerMetadata['topicMetadata'][number]['partitionMetadata'][number]) => partitionId;
