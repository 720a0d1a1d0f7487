// What kind of schedule a seed gets: its mode, its tables and their rows, the topic's other users, and how much goes wrong.
import type { SourceMode } from '../../../src/config/source-model';
import type { Random } from '../random';

export interface SourceProfile {
  readonly mode: SourceMode;
  readonly tables: number;
  /** Of each topic at first. */
  readonly partitions: number;
  readonly pageRows: number;
  /** Of each table. */
  readonly transactions: number;
  /** A writer rests so long at most, ms: the longer, the more invocations take part. */
  readonly restMs: number;
  readonly key: 'struct' | 'field' | undefined;
  /** Rows that are equal to the byte. */
  readonly hasTwins: boolean;
  /** Several rows may have one id. */
  readonly hasSharedIds: boolean;
  /** Rows come with ids of their own, above the sequence's. */
  readonly hasIdsAhead: boolean;
  /** Somebody sets the sequence back. */
  readonly isSetBack: boolean;
  /** Rows are updated and deleted. */
  readonly changes: boolean;
  /** A column is added meanwhile. */
  readonly isAltered: boolean;
  /** Machines' clocks are wrong by so much at most, ms. */
  readonly skewMs: number;
  /** How probable a record of somebody else's is before each of ours. */
  readonly strangers: number;
  /** Partitions are added to the topics. */
  readonly grows: boolean;
  /** What a human, or the broker, does to a topic between two invocations. */
  readonly topicEvents: readonly TopicEvent[];
  readonly faults: number;
  /** How probable it is that a request to the broker is not answered. */
  readonly unanswered: number;
  /** How probable it is that a process is frozen when it is about to send. */
  readonly sleepiness: number;
}

type TopicEvent = 'retention' | 'compaction' | 'recreation';

/** Limits by which a failing schedule is made smaller. */
export type Most = Partial<Pick<SourceProfile, 'transactions' | 'faults' | 'tables' | 'strangers' | 'skewMs'>>;

const MODES: readonly [SourceMode, ...SourceMode[]] = [
  'incrementing',
  'incrementing',
  'incrementing',
  'timestamp',
  'timestamp+incrementing',
  'xid8',
  'bulk',
];

export function sourceProfile(random: Random, only?: SourceMode): SourceProfile {
  const mode = only ?? random.pick(MODES);
  const canHaveTwins = mode === 'timestamp' || mode === 'bulk';
  const hasTwins = canHaveTwins && random.chance(0.4);
  const key = hasTwins || random.chance(0.6) ? undefined : random.pick(['struct', 'field'] as const);
  const hasSharedIds = mode !== 'timestamp+incrementing' && random.chance(0.15);
  const goesBySequence = mode === 'incrementing' && !hasSharedIds;
  return {
    mode,
    tables: random.pick([1, 1, 1, 2]),
    partitions: random.integer(1, 4),
    pageRows: random.pick([1, 2, 3, 7, 50]),
    transactions: random.pick([12, 24]),
    restMs: random.pick([400, 400, 400, 400, 3000]),
    key,
    hasTwins,
    hasSharedIds,
    hasIdsAhead: goesBySequence && random.chance(0.15),
    isSetBack: goesBySequence && random.chance(0.1),
    changes: !hasTwins && random.chance(0.6),
    isAltered: random.chance(0.2),
    skewMs: random.pick([0, 0, 50, 500]),
    strangers: random.pick([0, 0.05, 0.3]),
    grows: random.chance(0.2),
    topicEvents: topicEvents(random, key),
    faults: random.pick([0, 1, 3, 12]),
    unanswered: random.pick([0.25, 0.25, 0.7]),
    sleepiness: random.pick([0.02, 0.02, 0.3]),
  };
}

/** Brokers refuse records without a key in a topic that is compacted. */
function topicEvents(random: Random, key: SourceProfile['key']): readonly TopicEvent[] {
  if (!random.chance(0.35)) return [];
  return [
    random.pick(
      key === undefined ? ['retention', 'recreation'] : ['retention', 'recreation', 'compaction', 'compaction'],
    ),
  ];
}
