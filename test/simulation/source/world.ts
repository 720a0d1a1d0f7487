// What a schedule of the source is made of.
import type { Looks } from '../../../src/source/looks';
import type { SourceRun } from '../../../src/source/run';
import type { StateStore } from '../../../src/state/store';
import type { Random } from '../random';
import type { VirtualClock } from '../virtual-clock';
import type { Database } from './database';
import type { SourceMetrics } from './metrics';
import type { Mutation } from './mutation';
import type { SourceProfile } from './profile';
import type { Version } from './rows';
import type { SourceTopic } from './topic';

/** A table and its topic. */
export interface TableWorld {
  readonly name: string;
  readonly db: Database;
  readonly topic: SourceTopic;
  /** Of mode=bulk: the rows of each copy that was begun. */
  readonly copies: (readonly Version[])[];
  /** Of mode=bulk: whole copies, as the cursor has them. */
  readonly copied: Set<number | undefined>;
  /** How long the topic's history was when the cursor was written last, and when its position was moved last. */
  announcedAt: number;
  movedAt: number;
  /** What landed of pages that were given up before it, by a human: it may come again. */
  readonly mayComeAgain: Map<string, number>;
  /** What happened to the topic, for which the source may stop. */
  readonly events: Set<string>;
}

export interface SourceWorld {
  readonly profile: SourceProfile;
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly tables: readonly TableWorld[];
  readonly state: StateStore;
  readonly registry: SourceRun['registry'];
  readonly metrics: SourceMetrics;
  readonly looks: Looks;
  readonly mutation: Mutation;
  readonly story: string[];
  /** What an invocation threw without a reason. */
  readonly unexpected: string[];
  /** How often the source stopped for a human, by the error's code. */
  readonly stops: Map<string, number>;
  faultsLeft: number;
  invocations: number;
  /** Invocations that have not ended. */
  alive: number;
}
