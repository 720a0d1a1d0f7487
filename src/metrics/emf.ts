// Metrics as lines on stdout in CloudWatch's embedded metric format.
import { Metrics as Powertools } from '@aws-lambda-powertools/metrics';
import { METRIC_UNITS, METRICS_DIMENSION, METRICS_NAMESPACE, type MetricName } from '../names';
import type { Metrics } from './metrics';

/** One line an invocation, more where a name has over 100 values. `POWERTOOLS_METRICS_DISABLED=true` writes none. */
export function emfMetrics(connector: string, now: () => number = Date.now): Metrics {
  const lines = new Powertools({ namespace: METRICS_NAMESPACE });
  // Powertools' own dimension, `service`, would make metrics of other names.
  lines.clearDefaultDimensions();
  lines.setDefaultDimensions({ [METRICS_DIMENSION]: connector });
  const sums = new Map<MetricName, number>();

  const add = (name: MetricName, value: number) => {
    if (!Number.isFinite(value)) return;
    const unit = METRIC_UNITS[name];
    if (unit === 'Milliseconds') lines.addMetric(name, unit, value);
    else sums.set(name, (sums.get(name) ?? 0) + value);
  };
  return {
    add,
    since: (name, then) => {
      // Below 0: the clocks of two machines differ.
      if (then >= 0) add(name, Math.max(0, now() - then));
    },
    flush: () => {
      for (const [name, sum] of sums) lines.addMetric(name, METRIC_UNITS[name], sum);
      sums.clear();
      if (lines.hasStoredMetrics()) lines.publishStoredMetrics();
    },
  };
}
