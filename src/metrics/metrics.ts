// What a function measures in an invocation, beside its work: nothing here changes an outcome or throws.
import type { MetricName } from '../names';

export interface Metrics {
  /** Counts and bytes of a name are added up over an invocation, times are kept one by one. A value that is no number is left out. */
  add(name: MetricName, value: number): void;
  /** The time that has passed since then, epoch milliseconds; a record without a timestamp (below 0) has none. */
  since(name: MetricName, then: number): void;
  /** At the end of an invocation, whatever its outcome: says what was added since the last flush, and begins anew. */
  flush(): void;
}

/** The work, and then a flush, also when it throws. */
export async function flushing<Answer>(metrics: Metrics, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } finally {
    metrics.flush();
  }
}
