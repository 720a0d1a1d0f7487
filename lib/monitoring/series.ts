// Time series of CloudWatch as data: ours by the names that functions emit, AWS's own by the names that its documentation has.
import { METRIC_UNITS, METRICS, METRICS_DIMENSION, METRICS_NAMESPACE, type MetricName } from '../../src/names';
import type { MonitoringStackProps } from './monitored';

type Statistic = 'Sum' | 'Maximum' | 'Average' | 'SampleCount';

export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
}

/** A metric-math expression over series, by the ids that it names them with. */
export interface MathSeries {
  readonly expression: string;
  readonly using: Readonly<Record<string, Series>>;
}

/** Those of AWS's metrics that exist without anybody paying for more: no detailed monitoring, no request metrics. */
export const AWS_METRICS = {
  'AWS/Lambda': [
    'Invocations',
    'Errors',
    'Throttles',
    'Duration',
    'ConcurrentExecutions',
    'OffsetLag',
    'AsyncEventsDropped',
    'AsyncEventAge',
  ],
  'AWS/Kafka': ['SumOffsetLag', 'MaxOffsetLag', 'EstimatedMaxTimeLag', 'KafkaDataLogsDiskUsed'],
  'AWS/RDS': [
    'ServerlessDatabaseCapacity',
    'ACUUtilization',
    'DatabaseConnections',
    'CPUUtilization',
    'FreeStorageSpace',
  ],
  'AWS/ApiGateway': ['Count', '4xx', '5xx', 'Latency'],
} as const;

type AwsName<Namespace extends keyof typeof AWS_METRICS> = (typeof AWS_METRICS)[Namespace][number];
type Cluster = NonNullable<MonitoringStackProps['cluster']>;

/** What an invocation finds, and not what it adds: the next one finds it again. */
const GAUGES: ReadonlySet<MetricName> = new Set([METRICS.sourceStopped, METRICS.sinkStopped, METRICS.sinkOpenRecords]);

/** What is added up is added up; times and what is found are looked at by their most; unless another statistic is asked for. */
export function ours(name: MetricName, connector: string, statistic?: Statistic): Series {
  const most = METRIC_UNITS[name] === 'Milliseconds' || GAUGES.has(name);
  return {
    namespace: METRICS_NAMESPACE,
    name,
    dimensions: { [METRICS_DIMENSION]: connector },
    statistic: statistic ?? (most ? 'Maximum' : 'Sum'),
  };
}

export function lambda(name: AwsName<'AWS/Lambda'>, functionName: string, statistic: Statistic): Series {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName }, statistic };
}

/** MSK has these at every level of monitoring. */
export function kafkaGroup(
  name: Exclude<AwsName<'AWS/Kafka'>, 'KafkaDataLogsDiskUsed'>,
  cluster: Cluster,
  { topic, group }: { readonly topic: string; readonly group: string },
  statistic: Statistic,
): Series {
  const dimensions = { 'Cluster Name': cluster.name, 'Consumer Group': group, Topic: topic };
  return { namespace: 'AWS/Kafka', name, dimensions, statistic };
}

export function kafkaCluster(name: 'KafkaDataLogsDiskUsed', cluster: Cluster): Series {
  return { namespace: 'AWS/Kafka', name, dimensions: { 'Cluster Name': cluster.name }, statistic: 'Maximum' };
}

export function database(
  name: AwsName<'AWS/RDS'>,
  { identifier, engine }: NonNullable<MonitoringStackProps['database']>,
  statistic: Statistic,
): Series {
  const dimension = engine === 'aurora' ? 'DBClusterIdentifier' : 'DBInstanceIdentifier';
  return { namespace: 'AWS/RDS', name, dimensions: { [dimension]: identifier }, statistic };
}

export function api(name: AwsName<'AWS/ApiGateway'>, apiId: string, statistic: Statistic): Series {
  return { namespace: 'AWS/ApiGateway', name, dimensions: { ApiId: apiId }, statistic };
}
