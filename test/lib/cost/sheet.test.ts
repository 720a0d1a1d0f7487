import { describe, expect, test } from '@jest/globals';
import { sumOf } from '../../../lib/cost/item';
import { sheet, usdOf } from './pipeline';

const PROVISIONED = { 'connectless.trigger.pollers': '1' };
const EXISTING_VPC = {
  'connectless.vpc.id': 'vpc-0123456789abcdef0',
  'connectless.vpc.subnet.ids': 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  'connectless.vpc.availability.zones': 'a,b',
};

describe('the bill of a pipeline', () => {
  test('of an idle one is mostly the endpoints of its triggers, and the source that waits for rows', () => {
    const idle = sheet(72);
    expect(usdOf(idle, 'triggers: endpoints')).toBeCloseTo(2 * 3 * 7.3, 2);
    const source = usdOf(idle, 'source a-source') ?? 0;
    expect(source).toBeCloseTo(43_800 * (56 * 0.5 * 0.0000133334 + 0.2 / 1e6), 6);
    expect(source + 43.8).toBeGreaterThan(0.8 * sumOf(idle.connectless));
  });

  test('falls with a poll interval of a minute, and with the memory', () => {
    const source = (properties: Record<string, string>) =>
      usdOf(sheet(72, { source: properties }), 'source a-source') ?? 0;
    expect(source({ 'poll.interval.ms': '60000' })).toBeLessThan(0.5);
    expect(source({ 'connectless.function.memory.mb': '256' })).toBeCloseTo(source({}) / 2, 1);
  });

  test('grows with the number of files, whatever else moves', () => {
    const files = (flushSize: string) =>
      usdOf(sheet(1_000_000, { sink: { 'flush.size': flushSize } }), 'sink a-sink: files') ?? 0;
    expect(files('3')).toBeCloseTo(10_138_889 * 0.000_005, 2);
    expect(files('10000')).toBeLessThan(0.02);
  });

  test('has units of pollers in place of endpoints in provisioned mode, shared by all triggers', () => {
    const both = sheet(72, { sink: PROVISIONED, processor: PROVISIONED });
    expect(usdOf(both, 'triggers: endpoints')).toBe(0);
    expect(usdOf(both, 'triggers: pollers')).toBeCloseTo(0.185 * 730, 2);
    const many = sheet(72, { sink: { 'connectless.trigger.pollers': '10-20' }, processor: PROVISIONED });
    expect(usdOf(many, 'triggers: pollers')).toBeCloseTo(2 * 0.185 * 730, 2);
    const one = sheet(72, { sink: PROVISIONED });
    expect([usdOf(one, 'triggers: endpoints'), usdOf(one, 'triggers: pollers')].every((usd = 0) => usd > 40)).toBe(
      true,
    );
  });

  test('has no endpoints in a VPC that exists: it has its own way', () => {
    expect(usdOf(sheet(72, { context: EXISTING_VPC }), 'triggers: endpoints')).toBe(0);
  });

  test('has neither registry nor replaced states where both are somebody else’s', () => {
    const own = sheet(1_000_000, {
      worker: {
        'value.converter.schema.registry.url': 'https://registry.example.com',
        'connectless.state.url': 's3://mine/state',
      },
    });
    expect(own.connectless.map(({ what }) => what)).not.toContain('registry');
    expect(own.connectless.find(({ what }) => what === 'sink a-sink: replaced states')).toMatchObject({
      usd: 0,
      formula: expect.stringContaining('your state bucket'),
    });
    expect(usdOf(own, 'source a-source: state')).toBeLessThan(usdOf(sheet(1_000_000), 'source a-source: state') ?? 0);
  });

  test('keeps what a sink replaces for a day, so that large open files cost by the event', () => {
    const replaced = (sink: Record<string, string>) =>
      usdOf(sheet(1_000_000, { sink }), 'sink a-sink: replaced states') ?? 0;
    expect(replaced({ 'flush.size': '1000000', 's3.part.size': '26214400' })).toBeGreaterThan(
      4 * replaced({ 'flush.size': '1000000', 's3.part.size': '5242880' }),
    );
  });
});

describe('what is paid with Kafka Connect, too', () => {
  test.each([
    [{}, 'MSK, 3 × kafka.m7g.large', 3 * (0.204 * 730 + 10)],
    [{ 'connectless.zones': '2' }, 'MSK, 2 × kafka.m7g.large', 2 * (0.204 * 730 + 10)],
    [{ 'connectless.cluster.instance.type': 'kafka.m5.24xlarge' }, 'MSK, 3 × kafka.m5.24xlarge', undefined],
    [{}, 'Aurora Serverless v2, its least', 0.5 * 0.12 * 730 + 0.4],
    [{ 'connectless.database.engine': 'rds' }, 'RDS t4g.micro, Multi-AZ', 0.032 * 730 + 23 + 0.4],
  ])('with %j has %s at %d', (context, what, usd) => {
    const found = usdOf(sheet(72, { context }), what);
    if (usd === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(usd, 2);
  });

  test('of MSK Serverless are hours, partitions, what goes in and out, and what is kept', () => {
    const usd = usdOf(sheet(1_000_000, { context: { 'connectless.cluster.type': 'serverless' } }), 'MSK Serverless');
    // Written by source and processor, read by processor and sink.
    const gigabytes = (2 * 1_000_000 * 300 * (730 / 24)) / 1e9;
    expect(usd).toBeCloseTo(
      730 * (0.75 + 2 * 0.0015) + gigabytes * (0.1 + 0.05) + ((gigabytes * 7) / (730 / 24)) * 0.1,
      2,
    );
  });

  test('is not there where it is yours already', () => {
    const context = {
      ...EXISTING_VPC,
      'connectless.cluster.arn': `arn:aws:kafka:us-east-1:${'1'.repeat(12)}:cluster/c/1`,
      'connectless.cluster.security.group.id': 'sg-0123456789abcdef0',
    };
    const source = { 'connection.url': 'jdbc:postgresql://db.example.com:5432/postgres?user=a&password=b' };
    expect(sheet(72, { context, source }).anyway).toEqual([]);
    expect(
      sheet(72, { worker: { 'bootstrap.servers': 'broker.example.com:9092' } }).anyway.map(({ what }) => what),
    ).toEqual(['Aurora Serverless v2, its least']);
  });
});

describe('the Data API', () => {
  const MADE = { 'connection.url': 'jdbc:aws-dataapi://<cluster>/postgres' };
  const arns = ['rds:us-east-1:123456789012:cluster:c', 'secretsmanager:us-east-1:123456789012:secret:s'];
  const THERE = { 'connection.url': `jdbc:aws-dataapi://arn:aws:${arns.join('/postgres?secretArn=arn:aws:')}` };

  test('costs nothing where nobody calls it', () => {
    expect(sheet(72).connectless.filter(({ what }) => what.includes('Data API'))).toEqual([]);
  });

  test('costs four calls a poll, and calls for rows by their size', () => {
    const polls = 43_800 * 12;
    expect(usdOf(sheet(72, { source: MADE }), 'source a-source: Data API')).toBeCloseTo((4 * polls * 0.35) / 1e6, 2);
    const rows = (100_000_000 * 300 * (730 / 24)) / 32_768;
    const much = usdOf(sheet(100_000_000, { source: MADE }), 'source a-source: Data API');
    expect(much).toBeCloseTo(((4 * polls + rows) * 0.35) / 1e6, 1);
  });

  test('has an endpoint in each zone of a VPC that is made, and a user where the cluster is', () => {
    const usd = (changes: Parameters<typeof sheet>[1]) => usdOf(sheet(72, changes), 'Data API: endpoint and user');
    expect(usd({ source: MADE })).toBeCloseTo(3 * 7.3 + 0.4, 2);
    expect(usd({ source: THERE })).toBeCloseTo(3 * 7.3, 2);
    expect(usd({ source: THERE, context: EXISTING_VPC })).toBe(0);
  });
});

test('MSK Connect has a worker for each source and each sink, and NAT gateways in each zone', () => {
  const { connect, nat } = sheet(72);
  expect(connect.map(({ what, usd }) => [what, Number(usd?.toFixed(2))])).toEqual([
    ['MSK Connect: workers', 160.6],
    ['MSK Connect: files', 0.01],
  ]);
  expect(nat.usd).toBeCloseTo(98.55, 2);
});
