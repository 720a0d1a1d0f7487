// Metrics for tests: what was added, by name.
import type { Metrics } from '../../../src/metrics/metrics';
import { METRIC_UNITS } from '../../../src/names';

export interface RecordedMetrics extends Metrics {
  /** Sums of counts and bytes, lists of times, since the beginning. */
  readonly values: Readonly<Record<string, number | readonly number[]>>;
  readonly flushes: number;
}

export function recordedMetrics(now: () => number = Date.now): RecordedMetrics {
  const values: Record<string, number | readonly number[]> = {};
  let flushes = 0;
  const add: Metrics['add'] = (name, value) => {
    const before = values[name];
    if (METRIC_UNITS[name] === 'Milliseconds') values[name] = [...(Array.isArray(before) ? before : []), value];
    else values[name] = (typeof before === 'number' ? before : 0) + value;
  };
  return {
    values,
    get flushes() {
      return flushes;
    },
    add,
    since: (name, then) => add(name, now() - then),
    flush: () => {
      flushes += 1;
    },
  };
}
