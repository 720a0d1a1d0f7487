import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { emfMetrics } from '../../../src/metrics/emf';
import { flushing } from '../../../src/metrics/metrics';
import { METRICS } from '../../../src/names';

interface Line {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [value: string]: unknown;
}

let written = '';
beforeEach(() => {
  written = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.POWERTOOLS_METRICS_DISABLED;
});
const lines = (): Line[] => written.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

/** The rules of CloudWatch's specification of the format that a line can break. */
function faultsOf(line: Line): string[] {
  const { CloudWatchMetrics, Timestamp } = line._aws;
  const target = (name: string) => line[name];
  return CloudWatchMetrics.flatMap(({ Dimensions, Metrics, Namespace }) => [
    ...(Number.isInteger(Timestamp) && Namespace !== '' ? [] : ['no time or namespace']),
    ...Dimensions.flat().flatMap((name) =>
      typeof target(name) === 'string' ? [] : [`dimension ${name} is no string`],
    ),
    ...(Metrics.length <= 100 ? [] : ['more than 100 metrics']),
    ...Metrics.flatMap(({ Name }) => {
      const values = [target(Name)].flat();
      const areNumbers = values.every((value) => Number.isFinite(value));
      return areNumbers && values.length > 0 && values.length <= 100 ? [] : [`${Name} has no 1 to 100 numbers`];
    }),
  ]);
}

describe('what a function measures', () => {
  test('is one line: counts and bytes added up, times one by one, the connector as the only dimension', () => {
    const metrics = emfMetrics('prices-sink', () => 10_000);
    metrics.add(METRICS.sinkRecords, 2);
    metrics.add(METRICS.sinkRecords, 3);
    metrics.add(METRICS.sinkBytes, 700);
    metrics.since(METRICS.sinkLag, 9_000);
    metrics.since(METRICS.sinkLag, 9_500);
    metrics.flush();
    const [line, ...others] = lines();
    expect(others).toEqual([]);
    expect(line).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Connectless',
            Dimensions: [['connector']],
            Metrics: [
              { Name: 'SinkLag', Unit: 'Milliseconds' },
              { Name: 'SinkRecords', Unit: 'Count' },
              { Name: 'SinkBytes', Unit: 'Bytes' },
            ],
          },
        ],
      },
      connector: 'prices-sink',
      SinkLag: [1000, 500],
      SinkRecords: 5,
      SinkBytes: 700,
    });
  });

  test('begins anew with each flush, and without anything to say is silent', () => {
    const metrics = emfMetrics('prices');
    metrics.flush();
    metrics.add(METRICS.sourceRows, 1);
    metrics.flush();
    metrics.add(METRICS.sourceRows, 4);
    metrics.flush();
    metrics.flush();
    expect(lines().map(({ SourceRows, connector }) => [connector, SourceRows])).toEqual([
      ['prices', 1],
      ['prices', 4],
    ]);
  });

  test('of more than 100 values goes into several lines, each within the format, no value lost', () => {
    const metrics = emfMetrics('prices');
    for (let value = 0; value < 250; value += 1) {
      metrics.add(METRICS.sinkFreshness, value);
      metrics.add(METRICS.sinkFiles, 1);
    }
    metrics.flush();
    expect(lines().flatMap(faultsOf)).toEqual([]);
    const values = lines().flatMap(({ SinkFreshness }) => SinkFreshness);
    expect(values).toEqual(Array.from({ length: 250 }, (_, value) => value));
    expect(lines().flatMap(({ SinkFiles }) => SinkFiles ?? [])).toEqual([250]);
  });

  test('says zero, and leaves out what is no number, or the age of a record without a timestamp', () => {
    const metrics = emfMetrics('prices', () => 5);
    metrics.add(METRICS.sinkOpenRecords, 0);
    metrics.add(METRICS.sinkRecords, Number.NaN);
    metrics.add(METRICS.sourceFenceWait, Number.POSITIVE_INFINITY);
    metrics.since(METRICS.sinkLag, -1);
    metrics.since(METRICS.processorLag, 9);
    metrics.flush();
    const [line] = lines();
    expect(line).toMatchObject({ SinkOpenRecords: 0, ProcessorLag: 0 });
    expect(Object.keys(line ?? {}).sort()).toEqual(['ProcessorLag', 'SinkOpenRecords', '_aws', 'connector']);
  });

  test('is not written where POWERTOOLS_METRICS_DISABLED says so', () => {
    process.env.POWERTOOLS_METRICS_DISABLED = 'true';
    const metrics = emfMetrics('prices');
    metrics.add(METRICS.sourceRows, 1);
    metrics.flush();
    expect(written).toBe('');
  });

  test('is said when the work throws, too', async () => {
    const metrics = emfMetrics('prices');
    const failing = flushing(metrics, async () => {
      metrics.add(METRICS.sourceRetries, 1);
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    expect(lines()).toMatchObject([{ SourceRetries: 1 }]);
  });
});
