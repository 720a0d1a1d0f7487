// The dashboard's sections of what flows: rows, records, files, how late they are, and what holds them up.
import { METRICS, type MetricName } from '../../src/names';
import type { Graph, Line, Section } from './dashboard-plan';
import type { ConnectorFacts } from './facts';
import type { MonitoringStackProps } from './monitored';
import { kafkaGroup, lambda, type MathSeries, ours, type Series } from './series';

type Kind = ConnectorFacts['kind'];

export function flowSections(
  connectors: readonly ConnectorFacts[],
  cluster: MonitoringStackProps['cluster'],
): readonly Section[] {
  const graph = (title: string, unit: string, kind: Kind, metric: MetricName): Graph => ({
    title,
    unit,
    lines: linesOf(connectors, kind, metric),
  });
  return [
    {
      title: 'Rows, records, files',
      graphs: [
        graph('Rows into topics', 'rows', 'source', METRICS.sourceRows),
        graph('Records processed', 'records', 'processor', METRICS.processorRecords),
        graph('Records into open files', 'records', 'sink', METRICS.sinkRecords),
        graph('Files', 'files', 'sink', METRICS.sinkFiles),
        graph('Bytes of files', 'bytes', 'sink', METRICS.sinkBytes),
        graph('Records in open files', 'records', 'sink', METRICS.sinkOpenRecords),
      ],
    },
    freshnessSection(connectors),
    lagSection(connectors, cluster),
    {
      title: 'What holds them up',
      text: 'A table or a partition that has stopped waits for somebody. With errors.tolerance=all, a record that cannot be written is passed over: to the dead-letter topic where there is one. Offsets that were gone before they were read: retention, or compaction.',
      graphs: [
        graph('Waits for open transactions, longest', 'ms', 'source', METRICS.sourceFenceWait),
        graph('Failures that were tried again', 'failures', 'source', METRICS.sourceRetries),
        graph('Stopped tables', 'tables', 'source', METRICS.sourceStopped),
        graph('Stopped partitions', 'partitions', 'sink', METRICS.sinkStopped),
        graph('Dead letters', 'records', 'sink', METRICS.sinkDeadLetters),
        graph('Passed over, to nowhere', 'records', 'sink', METRICS.sinkSkipped),
        graph('Gone before they were read', 'offsets', 'sink', METRICS.sinkGapRecords),
      ],
    },
  ];
}

function linesOf(connectors: readonly ConnectorFacts[], kind: Kind, metric: MetricName): Line[] {
  return connectors
    .filter((connector) => connector.kind === kind)
    .map(({ name }) => ({ label: name, series: ours(metric, name) }));
}

function freshnessSection(connectors: readonly ConnectorFacts[]): Section {
  const sources = linesOf(connectors, 'source', METRICS.sourceFreshness);
  const sinks = linesOf(connectors, 'sink', METRICS.sinkFreshness);
  const bound = fromCommitToFile(sources, sinks);
  return {
    title: 'Freshness',
    text:
      'From commit to file, at most: the slowest way of a row into its topic (the last that was measured) and the oldest record of ' +
      'the files that came. The two may be of different rows, so this is a bound, not a measurement.',
    graphs: [
      {
        title: 'From commit to file, at most',
        unit: 'ms',
        lines: bound === undefined ? [] : [{ label: 'at most', series: bound }],
      },
      { title: 'From commit to topic, worst', unit: 'ms', lines: sources },
      { title: 'Age of the first record of a file, worst', unit: 'ms', lines: sinks },
    ],
  };
}

/** Where a file came: the two worst of the period, or of the last one before in which a row was measured. */
function fromCommitToFile(sources: readonly Line[], sinks: readonly Line[]): MathSeries | undefined {
  if (sources.length === 0 || sinks.length === 0) return undefined;
  const using: Record<string, Series> = {};
  const worst = (lines: readonly Line[], prefix: string): string => {
    const ids = lines.map(({ series }, index) => {
      const id = `${prefix}${index}`;
      if (!('expression' in series)) using[id] = series;
      return id;
    });
    return ids.length === 1 ? ids.join('') : `MAX([${ids.join(',')}])`;
  };
  const [source, sink] = [worst(sources, 'source'), worst(sinks, 'sink')];
  return { expression: `IF(${sink} >= 0, FILL(${source}, REPEAT) + ${sink})`, using };
}

function lagSection(connectors: readonly ConnectorFacts[], cluster: MonitoringStackProps['cluster']): Section {
  const readers = connectors.filter(({ kind }) => kind !== 'source');
  return {
    title: 'Lag',
    text: 'In time: our own is the age of the oldest record when it arrives; MSK estimates how long the rest will take. In records: topic by topic as MSK has it, and as the triggers have it.',
    graphs: [
      {
        title: 'Age of the oldest record that arrives',
        unit: 'ms',
        lines: [
          ...linesOf(connectors, 'processor', METRICS.processorLag),
          ...linesOf(connectors, 'sink', METRICS.sinkLag),
        ],
      },
      ...(cluster === undefined ? [] : clusterLag(readers, cluster)),
      {
        title: 'Records behind, as the triggers count them',
        unit: 'records',
        lines: readers.map(({ name, functionName }) => ({
          label: name,
          series: lambda('OffsetLag', functionName, 'Maximum'),
        })),
      },
    ],
  };
}

function clusterLag(
  readers: readonly ConnectorFacts[],
  cluster: NonNullable<MonitoringStackProps['cluster']>,
): Graph[] {
  const lines = (metric: Parameters<typeof kafkaGroup>[0], statistic: Series['statistic']): Line[] =>
    readers.flatMap(({ name, reads }) =>
      reads.map((read) => ({
        label: `${name}: ${read.topic}`,
        series: kafkaGroup(metric, cluster, read, statistic),
      })),
    );
  if (cluster.type === 'provisioned') {
    return [
      { title: 'Records behind', unit: 'records', lines: lines('SumOffsetLag', 'Maximum') },
      { title: 'Records behind, worst partition', unit: 'records', lines: lines('MaxOffsetLag', 'Maximum') },
      { title: 'Time to catch up, estimated', unit: 's', lines: lines('EstimatedMaxTimeLag', 'Maximum') },
    ];
  }
  // Serverless has a value for each partition, each minute: their sum in a minute is the topic's.
  return [
    { title: 'Records behind', unit: 'records', lines: lines('SumOffsetLag', 'Sum'), periodMinutes: 1 },
    { title: 'Records behind, worst partition', unit: 'records', lines: lines('MaxOffsetLag', 'Maximum') },
  ];
}
