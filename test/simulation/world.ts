// What a schedule leaves behind for the verdict.
import type { SinkConfig } from '../../src/config/sink-model';
import type { StateStore } from '../../src/state/store';
import type { MemoryBucket } from './memory-bucket';
import type { ScriptedLog } from './scripted-log';
import type { Transition } from './transitions';

export interface World {
  readonly log: ScriptedLog;
  /** In their order: what new workers had. */
  readonly configs: [SinkConfig, ...SinkConfig[]];
  readonly bucket: MemoryBucket;
  readonly state: StateStore;
  /** Of the state, by whoever won. */
  readonly transitions: Transition[];
  /** Those that were sent, perhaps more than once: `partition/offset`. */
  readonly deadLetters: string[];
  /** Files that a consumer has moved away since they were closed. */
  readonly movedAway: Map<string, Buffer>;
  /** What happened, a line each. */
  readonly story: string[];
  /** Errors that no injected failure explains. */
  readonly unexpected: string[];
  /** A writer with another configuration has replaced a part, and somebody has seen it: nothing more is written there. */
  isStopped: boolean;
}

/** All that was made and not overwritten. */
export function filesOf({ bucket, movedAway }: World): ReadonlyMap<string, Buffer> {
  return new Map([...movedAway, ...bucket.objects]);
}
