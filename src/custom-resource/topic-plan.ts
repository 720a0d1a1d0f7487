// What to do about a topic: decided from what is asked, what was asked before, and what is there.
import { ConnectlessError } from '../errors';
import type { TopicProperties, TopicRequest } from './topic-request';

/** A topic as the cluster has it. */
export interface FoundTopic {
  readonly partitions: number;
  readonly replicationFactor: number;
  /** What was set for this topic, not what the cluster's defaults are. */
  readonly config: Readonly<Record<string, string>>;
}

export interface TopicPlan {
  /** Make it as it is wanted. */
  readonly create: boolean;
  /** How many partitions it is to have. */
  readonly growTo?: number;
  /** All that is to be set for it. */
  readonly config?: Readonly<Record<string, string>>;
  /** What differs from what is asked, and stays. */
  readonly left: readonly string[];
}

/** Throws TOPIC_SHRINKS. */
export function topicPlan({ wanted, before }: TopicRequest, found: FoundTopic | undefined): TopicPlan {
  if (found === undefined) return { create: true, left: [] };
  const grows = growTo(wanted, before, found);
  const config = nextConfig(wanted, before, found);
  return {
    create: false,
    ...(grows === undefined ? {} : { growTo: grows }),
    ...(config === undefined ? {} : { config }),
    left: differences(wanted, found, grows ?? found.partitions, config ?? found.config),
  };
}

/** Somebody else's topic is taken as it is; more partitions change where keys go, so only a change of the number asks for them. */
function growTo(wanted: TopicProperties, before: TopicProperties | undefined, found: FoundTopic): number | undefined {
  const { partitions } = wanted;
  if (before === undefined || partitions === undefined || partitions === before.partitions) return undefined;
  if (partitions > (before.partitions ?? found.partitions)) {
    return partitions > found.partitions ? partitions : undefined;
  }
  if (partitions < found.partitions) throw shrinks(wanted, found);
  return undefined;
}

/** What was set by hand beside it stays. Undefined: as it is. */
function nextConfig(
  wanted: TopicProperties,
  before: TopicProperties | undefined,
  found: FoundTopic,
): FoundTopic['config'] | undefined {
  if (before === undefined || isEqual(wanted.config, before.config)) return undefined;
  const kept = Object.entries(found.config).filter(([name]) => !(name in before.config));
  return { ...Object.fromEntries(kept), ...wanted.config };
}

function isEqual(a: FoundTopic['config'], b: FoundTopic['config']): boolean {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.every((name) => a[name] === b[name]);
}

function differences(
  wanted: TopicProperties,
  found: FoundTopic,
  partitions: number,
  config: FoundTopic['config'],
): string[] {
  const differs = (what: string, asked: unknown, is: unknown) =>
    asked === undefined || asked === is ? [] : [`${what} is ${is ?? 'not set'}, not ${asked}`];
  return [
    ...differs('the number of partitions', wanted.partitions, partitions),
    ...differs('the replication factor', wanted.replicationFactor, found.replicationFactor),
    ...Object.entries(wanted.config).flatMap(([name, value]) => differs(name, value, config[name])),
  ];
}

function shrinks({ topic, partitions }: TopicProperties, found: FoundTopic): ConnectlessError {
  return new ConnectlessError(
    'TOPIC_SHRINKS',
    `Topic ${topic} has ${found.partitions} partitions, and Kafka cannot take any away: ask for ${found.partitions} again, or for ` +
      `a topic of another name with ${partitions}. If this is the roll-back of a deployment that added partitions, go on with ` +
      '"aws cloudformation continue-update-rollback --resources-to-skip" and the name of this resource.',
  );
}
