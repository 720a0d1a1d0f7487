// Time series that are data, as the CDK's metrics.
import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MathSeries, Series } from './series';

export function metricOf(series: Series | MathSeries, periodMinutes: number, label?: string): IMetric {
  const period = Duration.minutes(periodMinutes);
  const named = label === undefined ? {} : { label };
  if (!('expression' in series)) return metric(series, period, named);
  const { expression, using } = series;
  const usingMetrics = Object.fromEntries(Object.entries(using).map(([id, one]) => [id, metric(one, period, {})]));
  return new MathExpression({ expression, usingMetrics, period, ...named });
}

function metric(series: Series, period: Duration, named: { readonly label?: string }): Metric {
  const { namespace, name: metricName, dimensions: dimensionsMap, statistic } = series;
  return new Metric({ namespace, metricName, dimensionsMap, statistic, period, ...named });
}
