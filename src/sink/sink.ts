// What every invocation of a sink stands on.
import pLimit, { type LimitFunction } from 'p-limit';
import type { RegistryConfig } from '../config/model';
import type { SinkConfig } from '../config/sink-model';
import type { Metrics } from '../metrics/metrics';
import type { VersionedRegistry } from '../registry/registry';
import type { ObjectStore } from '../s3/object-store';
import type { StateStore } from '../state/store';
import type { DeadLetterQueue } from './dead-letters/queue';
import { type HeldStates, heldStates } from './held-states';
import { type OpenRules, openRules } from './open-rules';
import { hourly } from './orphans';

// A small put takes some 10 ms, most of it waiting; more at once would only take memory.
const REQUESTS_AT_ONCE = 16;

/** What a sink stands on; one for the life of the process. */
export interface Sink extends OpenRules {
  readonly config: SinkConfig;
  readonly state: StateStore;
  readonly objects: ObjectStore;
  readonly held: HeldStates;
  /** Requests to the bucket that are under way at once. */
  readonly limit: LimitFunction;
  readonly metrics: Metrics;
  /** The wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly isOrphanTime: (now: number) => boolean;
  /** Absent without `errors.deadletterqueue.topic.name`. */
  readonly deadLetters: DeadLetterQueue | undefined;
}

interface Options {
  readonly now?: () => number;
  readonly deadLetters?: DeadLetterQueue | undefined;
}

/**
 * A sink with nothing in its memory yet.
 * @param registry opens the one that a converter names
 */
export function sinkOn(
  config: SinkConfig,
  state: StateStore,
  objects: ObjectStore,
  registry: (registry: RegistryConfig) => VersionedRegistry,
  metrics: Metrics,
  { now = Date.now, deadLetters }: Options = {},
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
    deadLetters,
  };
}
