// What every invocation of a sink stands on.
import pLimit, { type LimitFunction } from 'p-limit';
import type { SinkConfig } from '../config/model';
import type { Metrics } from '../metrics/metrics';
import type { SchemaRegistry } from '../registry/registry';
import type { ObjectStore } from '../s3/object-store';
import type { StateStore } from '../state/store';
import { type HeldStates, heldStates } from './held-states';
import type { Need } from './need';
import { openRules } from './open-rules';
import { hourly } from './orphans';
import type { Rules } from './rules';

// A small put takes some 10 ms, most of it waiting; more at once would only take memory.
const REQUESTS_AT_ONCE = 16;

/** What a sink stands on; one for the life of the process. */
export interface Sink {
  readonly config: SinkConfig;
  readonly state: StateStore;
  readonly objects: ObjectStore;
  readonly held: HeldStates;
  /** Loaded with the first record. */
  readonly rules: () => Promise<Rules>;
  /** Gets what a plan lacks, so that `rules` know it, or know why it cannot be had. */
  readonly get: (need: Need) => Promise<void>;
  /** Requests to the bucket that are under way at once. */
  readonly limit: LimitFunction;
  readonly metrics: Metrics;
  /** The wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly isOrphanTime: (now: number) => boolean;
}

interface Options {
  readonly now?: () => number;
}

/** A sink with nothing in its memory yet. */
export function sinkOn(
  config: SinkConfig,
  state: StateStore,
  objects: ObjectStore,
  registry: SchemaRegistry,
  metrics: Metrics,
  { now = Date.now }: Options = {},
): Sink {
  return {
    config,
    state,
    objects,
    held: heldStates(),
    ...openRules(config, registry),
    limit: pLimit(REQUESTS_AT_ONCE),
    metrics,
    now,
    isOrphanTime: hourly(),
  };
}
