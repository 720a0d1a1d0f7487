// What one invocation of the processor works with.
import type { TopicLog } from '../kafka/topic-log';
import type { Metrics } from '../metrics/metrics';
import type { StateStore } from '../state/store';
import type { ValueWriter } from './output-schema';
import type { Transform } from './transform';

export interface Invocation {
  /** The connector's name. */
  readonly connector: string;
  readonly inputTopics: readonly string[];
  readonly outputTopic: string;
  readonly transform: Transform;
  readonly write: ValueWriter;
  readonly log: TopicLog;
  readonly state: StateStore;
  /** `request.timeout.ms` */
  readonly requestTimeoutMs: number;
  /** Unlike any other invocation's: two equal intents would pass for one. */
  readonly owner: string;
  /** When the process is killed at the latest, epoch milliseconds. */
  readonly deadline: number;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}
