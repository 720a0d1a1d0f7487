import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../../lib/monitoring/dashboard-plan';
import type { ConnectorFacts } from '../../../lib/monitoring/facts';
import { flowSections } from '../../../lib/monitoring/flow-sections';

function connector(kind: ConnectorFacts['kind'], name: string): ConnectorFacts {
  const reads = kind === 'source' ? [] : [{ topic: `${name}-in`, group: `connect-${name}` }];
  return { kind, name, functionName: name, timeoutMs: 58_000, reads };
}

type Cluster = Parameters<typeof flowSections>[1];

function linesOf(connectors: readonly ConnectorFacts[], title: string, cluster?: Cluster): readonly Line[] {
  const graphs = flowSections(connectors, cluster).flatMap((section) => section.graphs);
  return graphs.find((graph) => graph.title === title)?.lines ?? [];
}

describe('from commit to file', () => {
  const bound = (...connectors: readonly ConnectorFacts[]) => linesOf(connectors, 'From commit to file, at most');

  test('is at most the way into the topic and the age of the file’s first record', () => {
    expect(bound(connector('source', 'a'), connector('sink', 'b'))).toMatchObject([
      {
        series: {
          expression: 'IF(sink0 >= 0, FILL(source0, REPEAT) + sink0)',
          using: {
            source0: { name: 'SourceFreshness', dimensions: { connector: 'a' } },
            sink0: { name: 'SinkFreshness', dimensions: { connector: 'b' } },
          },
        },
      },
    ]);
  });

  test('takes the worst of several sources and sinks', () => {
    const [line] = bound(...['a', 'b'].flatMap((name) => [connector('source', name), connector('sink', name)]));
    expect(line?.series).toMatchObject({
      expression: 'IF(MAX([sink0,sink1]) >= 0, FILL(MAX([source0,source1]), REPEAT) + MAX([sink0,sink1]))',
    });
  });

  test('is not said where one of the two is missing', () => {
    expect(bound(connector('source', 'a'), connector('processor', 'b'))).toEqual([]);
    expect(bound(connector('sink', 'a'))).toEqual([]);
  });
});

describe('lag in records', () => {
  const sink = [connector('sink', 'prices')];

  test('is the topic’s on a provisioned cluster, which also estimates the time', () => {
    const cluster = { name: 'c', type: 'provisioned' } as const;
    const dimensions = { 'Cluster Name': 'c', 'Consumer Group': 'connect-prices', Topic: 'prices-in' };
    expect(linesOf(sink, 'Records behind', cluster)).toEqual([
      {
        label: 'prices: prices-in',
        series: { namespace: 'AWS/Kafka', name: 'SumOffsetLag', dimensions, statistic: 'Maximum' },
      },
    ]);
    expect(linesOf(sink, 'Time to catch up, estimated', cluster)).toHaveLength(1);
  });

  test('is the sum of the partitions on MSK Serverless, a minute at a time', () => {
    const cluster = { name: 'c', type: 'serverless' } as const;
    expect(linesOf(sink, 'Records behind', cluster)).toMatchObject([{ series: { statistic: 'Sum' } }]);
    expect(linesOf(sink, 'Time to catch up, estimated', cluster)).toEqual([]);
    const graphs = flowSections(sink, cluster).flatMap((section) => section.graphs);
    expect(graphs.find(({ title }) => title === 'Records behind')?.periodMinutes).toBe(1);
  });

  test('is the triggers’ own where the cluster is not known', () => {
    expect(linesOf(sink, 'Records behind')).toEqual([]);
    expect(linesOf(sink, 'Records behind, as the triggers count them')).toHaveLength(1);
  });
});
