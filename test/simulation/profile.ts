// What kind of schedule a seed gets: most are made of everything, some of what two writers rarely meet otherwise.
import type { Fate } from './calls';
import type { Random } from './random';

type Kind = 'small' | 'large' | 'shared' | 'changing' | 'strangers';

export interface Profile {
  /**
   * `shared`: writers whose clocks differ fill parts of one upload. `changing`: the configuration changes while they are at work.
   * `strangers`: others touch the bucket, and the registry fails.
   */
  readonly kind: Kind;
  /** Of the log. */
  readonly partitions: number;
  readonly mostRecords: number;
  /** Bytes of a record's text. Large ones fill blocks and parts before their file is complete, so that writers share an upload. */
  readonly text: { readonly least: number; readonly most: number };
  readonly mostInBatch: number;
  /** What the wall clock does before an invocation, ms. */
  readonly steps: readonly [number, ...number[]];
  readonly etags: 'md5' | 'unique';
  readonly faults: number;
  readonly fates: readonly [Fate, ...Fate[]];
  /** How probable it is that a writer freezes at a call, and at one that uploads a part or is sent again. */
  readonly sleepiness: number;
  readonly sleepinessAtRisk: number;
  /** How probable it is at a call that a frozen one goes on. */
  readonly thaws: number;
  /** How probable it is that a flush starts at a call. */
  readonly flushes: number;
  /** How probable it is that a process that has served before serves again. */
  readonly warmth: number;
}

const FATES = ['crash-before', 'crash-after', 'fail-before', 'fail-after', 'twice'] as const;

export function isLarge({ text }: Profile): boolean {
  return text.most > 60;
}

export function profileOf(random: Random): Profile {
  const which = random.next();
  const small = smallOne(random);
  if (which < 0.52) return small;
  if (which < 0.62) return { ...small, ...large };
  if (which < 0.8) return shared(random, small);
  if (which < 0.94) return changing(random, small);
  return { ...small, ...(random.chance(0.4) ? large : {}), kind: 'strangers', faults: random.pick([0, 1, 3]) };
}

function smallOne(random: Random): Profile {
  return {
    kind: 'small',
    partitions: 3,
    mostRecords: 40,
    text: { least: 0, most: 60 },
    mostInBatch: Number.POSITIVE_INFINITY,
    steps: [0, 1, 40, 700, 90_000, 7_200_000, -50, -100_000],
    etags: random.pick(['md5', 'unique']),
    faults: random.pick([0, 1, 3, 12]),
    fates: FATES,
    sleepiness: 0.05,
    sleepinessAtRisk: 0.05,
    thaws: 0.025,
    flushes: random.pick([0, 0.02, 0.1]),
    warmth: 0.7,
  };
}

const large = {
  kind: 'large',
  partitions: 2,
  mostRecords: 16,
  text: { least: 0, most: 60_000 },
  sleepiness: 0.2,
  sleepinessAtRisk: 0.2,
  thaws: 0.1,
} as const;

function shared(random: Random, small: Profile): Profile {
  return {
    ...small,
    kind: 'shared',
    partitions: 1,
    mostRecords: 30,
    text: { least: 15_000, most: 75_000 },
    mostInBatch: 5,
    steps: [0, 0, 70_000, -70_000],
    etags: 'unique',
    faults: random.integer(3, 12),
    fates: [...FATES, 'twice', 'twice', 'twice'],
    sleepinessAtRisk: 0.3,
    thaws: 0.03,
    flushes: random.pick([0, 0.02]),
    warmth: 0.6,
  };
}

function changing(random: Random, small: Profile): Profile {
  const sizes = random.chance(0.4) ? { ...large, sleepinessAtRisk: 0.3, thaws: 0.03 } : {};
  // Another's part can be told from one's own by MD5s alone.
  return { ...small, ...sizes, kind: 'changing', mostInBatch: 8, etags: 'md5', faults: random.pick([1, 3, 12]) };
}
