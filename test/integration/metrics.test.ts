// The pipeline's own bundles, with metrics turned on: what they say of rows that are known.
import { expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { METRICS_NAMESPACE } from '../../src/names';
import { eventually } from './eventually';
import { isolatedPipeline } from './isolated-pipeline';

jest.setTimeout(120_000);

const ROWS = 12;
const FLUSH_SIZE = 3;

interface Line {
  readonly _aws: { readonly CloudWatchMetrics: readonly { Namespace: string; Dimensions: unknown }[] };
  readonly connector: string;
  readonly [metric: string]: unknown;
}

/** All values of a metric, of the connector whose name ends so. */
function valuesOf(lines: readonly Line[], connector: string, metric: string): number[] {
  const own = lines.filter((line) => line.connector.endsWith(connector));
  return own.flatMap((line) => (line[metric] === undefined ? [] : [line[metric]].flat().map(Number)));
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('every function says what it did, once, and by its connector’s name', async () => {
  const pipeline = await isolatedPipeline({ sink: { 'flush.size': String(FLUSH_SIZE) } });
  const client = new Client({ connectionString: pipeline.databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
  // Before anything that an age can reach back to.
  const begun = Date.now();
  const running = await pipeline.start({ POWERTOOLS_METRICS_DISABLED: 'false' });
  try {
    // Of the first rows that a process reads, nobody knows how fresh they are.
    for (const until of [ROWS / 2, ROWS]) {
      await client.query(`INSERT INTO prices(item, price) SELECT 'item', n FROM generate_series(1, ${ROWS / 2}) n`);
      await eventually(
        () => pipeline.look(),
        ({ files }) => files.length >= until,
      );
    }
  } finally {
    await running.stop(20_000);
    await client.end();
  }
  const lasted = Date.now() - begun;
  const lines = pipeline.log.flatMap((line): Line[] => {
    const json = line.slice(line.indexOf(': ') + 2);
    return json.startsWith('{"_aws"') ? [JSON.parse(json)] : [];
  });
  for (const { _aws } of lines) {
    expect(_aws.CloudWatchMetrics).toMatchObject([{ Namespace: METRICS_NAMESPACE, Dimensions: [['connector']] }]);
  }
  expect(sum(valuesOf(lines, '-source', 'SourceRows'))).toBe(ROWS);
  expect(sum(valuesOf(lines, '-processor', 'ProcessorRecords'))).toBe(ROWS);
  expect(sum(valuesOf(lines, '-sink', 'SinkRecords'))).toBe(ROWS);
  expect(sum(valuesOf(lines, '-sink', 'SinkFiles'))).toBe(ROWS / FLUSH_SIZE);
  expect(sum(valuesOf(lines, '-sink', 'SinkBytes'))).toBeGreaterThan(0);
  for (const [connector, metric] of [
    ['-source', 'SourceFreshness'],
    ['-processor', 'ProcessorLag'],
    ['-sink', 'SinkLag'],
    ['-sink', 'SinkFreshness'],
  ] as const) {
    const ages = valuesOf(lines, connector, metric);
    expect(ages.length).toBeGreaterThan(0);
    expect(Math.max(...ages)).toBeLessThanOrEqual(lasted);
  }
  for (const connector of ['-source', '-processor', '-sink']) {
    expect(sum(valuesOf(lines, connector, 'StateReads'))).toBeGreaterThan(0);
    expect(sum(valuesOf(lines, connector, 'StateWrites'))).toBeGreaterThan(0);
  }
  await pipeline.close();
});
