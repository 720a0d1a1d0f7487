// The dashboard's sections of what it runs on: functions, cluster, database, registry, and what they cost.
import { METRICS, type MetricName } from '../../src/names';
import type { Graph, Line, Section } from './dashboard-plan';
import type { ConnectorFacts } from './facts';
import type { MonitoringStackProps } from './monitored';
import { api, database, kafkaCluster, lambda, ours } from './series';

/** The registry's function among the connectors'. */
export interface Functions {
  readonly connectors: readonly ConnectorFacts[];
  readonly all: readonly Pick<ConnectorFacts, 'name' | 'functionName' | 'memoryMb'>[];
}

export function operationSections(
  functions: Functions,
  { cluster, database, registry }: Pick<MonitoringStackProps, 'cluster' | 'database' | 'registry'>,
): readonly Section[] {
  return [
    functionSection(functions),
    costSection(functions),
    { title: 'Brokers', graphs: cluster?.type === 'provisioned' ? [brokersGraph(cluster)] : [] },
    { title: 'Database', graphs: database === undefined ? [] : databaseGraphs(database) },
    { title: 'Registry', graphs: registry === undefined ? [] : registryGraphs(registry.apiId) },
  ];
}

type LambdaMetric = Parameters<typeof lambda>[0];

function functionSection({ connectors, all }: Functions): Section {
  const scheduled = connectors.filter(({ kind }) => kind !== 'processor');
  const graph = (
    title: string,
    unit: string,
    metric: LambdaMetric,
    statistic: 'Sum' | 'Maximum',
    of: Functions['all'] = all,
  ): Graph => ({
    title,
    unit,
    lines: of.map(({ name, functionName }) => ({ label: name, series: lambda(metric, functionName, statistic) })),
  });
  return {
    title: 'Functions',
    text: 'Throttles of a source are harmless: it runs once at a time, and another start waits or is dropped.',
    graphs: [
      graph('Errors', 'invocations', 'Errors', 'Sum'),
      graph('Throttles', 'invocations', 'Throttles', 'Sum'),
      graph('Duration, longest', 'ms', 'Duration', 'Maximum'),
      graph('Invocations at the same time, most', 'invocations', 'ConcurrentExecutions', 'Maximum'),
      graph('Scheduled starts that were dropped', 'events', 'AsyncEventsDropped', 'Sum', scheduled),
      graph('Age of scheduled starts, oldest', 'ms', 'AsyncEventAge', 'Maximum', scheduled),
    ],
  };
}

function costSection({ connectors, all }: Functions): Section {
  const requests = (title: string, metric: MetricName): Graph => ({
    title,
    unit: 'requests',
    lines: connectors.map(({ name }) => ({ label: name, series: ours(metric, name) })),
  });
  return {
    title: 'What costs with the load',
    text:
      'GB-seconds are without the start of a function. Files cost a PUT each, large ones one for each part; S3’s own counts of requests are ' +
      'not switched on, because they cost. Brokers, endpoints of the VPC and pollers in provisioned mode cost the same at any load.',
    graphs: [
      {
        title: 'Invocations',
        unit: 'invocations',
        lines: all.map(({ name, functionName }) => ({
          label: name,
          series: lambda('Invocations', functionName, 'Sum'),
        })),
      },
      { title: 'GB-seconds', unit: 'GB-s', lines: all.flatMap(gigabyteSeconds) },
      requests('State: GET', METRICS.stateReads),
      requests('State: PUT', METRICS.stateWrites),
      requests('State: LIST', METRICS.stateLists),
    ],
  };
}

function gigabyteSeconds({ name, functionName, memoryMb }: Functions['all'][number], index: number): Line[] {
  if (memoryMb === undefined) return [];
  const id = `duration${index}`;
  const expression = `${id} / 1000 * ${memoryMb} / 1024`;
  return [{ label: name, series: { expression, using: { [id]: lambda('Duration', functionName, 'Sum') } } }];
}

function brokersGraph(cluster: NonNullable<MonitoringStackProps['cluster']>): Graph {
  return {
    title: 'Disk used, most',
    unit: '%',
    lines: [{ label: 'used', series: kafkaCluster('KafkaDataLogsDiskUsed', cluster) }],
  };
}

function databaseGraphs(of: NonNullable<MonitoringStackProps['database']>): Graph[] {
  const graph = (
    title: string,
    unit: string,
    name: Parameters<typeof database>[0],
    statistic: 'Average' | 'Maximum',
  ) => ({
    title,
    unit,
    lines: [{ label: name, series: database(name, of, statistic) }],
  });
  const connections = graph('Connections', 'connections', 'DatabaseConnections', 'Maximum');
  if (of.engine === 'aurora') {
    return [
      graph('Capacity', 'ACU', 'ServerlessDatabaseCapacity', 'Average'),
      graph('Share of the greatest capacity', '%', 'ACUUtilization', 'Maximum'),
      connections,
    ];
  }
  return [
    graph('CPU', '%', 'CPUUtilization', 'Maximum'),
    graph('Free disk', 'bytes', 'FreeStorageSpace', 'Average'),
    connections,
  ];
}

function registryGraphs(apiId: string): Graph[] {
  const graph = (title: string, unit: string, name: Parameters<typeof api>[0], statistic: 'Sum' | 'Maximum') => ({
    title,
    unit,
    lines: [{ label: name, series: api(name, apiId, statistic) }],
  });
  return [
    graph('Requests', 'requests', 'Count', 'Sum'),
    {
      title: 'Refused (4xx) and failed (5xx)',
      unit: 'requests',
      lines: (['4xx', '5xx'] as const).map((name) => ({ label: name, series: api(name, apiId, 'Sum') })),
    },
    graph('Latency, longest', 'ms', 'Latency', 'Maximum'),
  ];
}
