// What every invocation of a sink stands on.
import pLimit, { type LimitFunction } from 'p-limit';
import type { SinkConfig } from '../config/model';
import type { Metrics } from '../metrics/metrics';
import type { SchemaRegistry } from '../registry/registry';
import type { ObjectStore } from '../s3/object-store';
import type { StateStore } from '../state/store';
import { type HeldStates, heldStates } from './held-states';
import { type WriterSchemas, writerSchemas } from './writer-schemas';

// A small put takes some 10 ms, most of it waiting; more at once would only take memory.
const REQUESTS_AT_ONCE = 16;

/** What a sink stands on; one for the life of the process. */
export interface Sink {
  readonly config: SinkConfig;
  readonly state: StateStore;
  readonly objects: ObjectStore;
  readonly schemas: WriterSchemas;
  readonly held: HeldStates;
  /** Requests to the bucket that are under way at once. */
  readonly limit: LimitFunction;
  readonly metrics: Metrics;
}

/** A sink with nothing in its memory yet. */
export function sinkOn(
  config: SinkConfig,
  state: StateStore,
  objects: ObjectStore,
  registry: SchemaRegistry,
  metrics: Metrics,
): Sink {
  return {
    config,
    state,
    objects,
    schemas: writerSchemas(registry),
    held: heldStates(),
    limit: pLimit(REQUESTS_AT_ONCE),
    metrics,
  };
}
