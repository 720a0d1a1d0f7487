// The model's counts against the templates that are deployed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { deploymentOf } from '../../../cli/cost-deployment';
import { buildApp } from '../../../lib/app';
import { LOADS } from '../../../lib/cost/load';
import { type Sheet, sheetOf } from '../../../lib/cost/sheet';

const FILES = ['connect-postgresql', 'processor', 's3-sink'].map((name) => `connectors/${name}.properties`);

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

describe("the tutorial's templates", () => {
  let resources: readonly Resource[];
  let sheet: Sheet;
  beforeAll(async () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'connectless-cost-')) });
    await buildApp(app, resolve('.'), () => {});
    resources = app
      .synth()
      .stacks.flatMap(({ template }) => Object.values(template.Resources as Record<string, Resource>));
    const [idle] = LOADS;
    if (idle === undefined) throw new Error('there are no loads');
    sheet = sheetOf(await deploymentOf('connectors/worker.properties', FILES, []), idle);
  }, 120_000);

  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const formula = (what: string) =>
    [...sheet.connectless, ...sheet.anyway].find((item) => item.what === what)?.formula ?? '';

  test('have the metrics of alarms, the dashboard and the key that are paid for', () => {
    const metrics = of('AWS::CloudWatch::Alarm').reduce((sum, { Properties: { Metrics } }) => {
      const parts = Array.isArray(Metrics) ? Metrics.filter((part) => 'MetricStat' in part) : [1];
      return sum + parts.length;
    }, 0);
    expect(formula('dashboard and alarms')).toContain(`${metrics} metrics of alarms`);
    expect(of('AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(of('AWS::KMS::Key')).toHaveLength(1);
  });

  test('have the endpoints that are paid for, in each zone', () => {
    const endpoints = of('AWS::EC2::VPCEndpoint').filter(
      ({ Properties }) => Properties.VpcEndpointType === 'Interface',
    );
    const subnets = endpoints.flatMap(({ Properties: { SubnetIds } }) => SubnetIds);
    expect([endpoints.length, subnets.length]).toEqual([2, 6]);
    expect(formula('triggers: endpoints')).toContain('2 endpoints × 3 zones');
    expect(of('AWS::EC2::NatGateway')).toEqual([]);
  });

  test('have the schedules that are paid for', () => {
    const rates = of('AWS::Scheduler::Schedule').map(({ Properties }) => Properties.ScheduleExpression);
    expect(rates.sort()).toEqual(['rate(1 minute)', 'rate(5 minutes)']);
  });

  test('have brokers and database as they are paid for', () => {
    const [cluster] = of('AWS::MSK::Cluster');
    expect(cluster?.Properties).toMatchObject({
      NumberOfBrokerNodes: 3,
      EnhancedMonitoring: 'DEFAULT',
      BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large', StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } } },
    });
    expect(formula('MSK, 3 × kafka.m7g.large')).toContain('3 brokers × 100 GB');
    expect(of('AWS::RDS::DBCluster')[0]?.Properties).toMatchObject({
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 },
      ManageMasterUserPassword: true,
    });
    expect(of('AWS::SecretsManager::Secret')).toEqual([]);
  });

  test('have functions of the memory that is paid for, on arm64', () => {
    const ours = of('AWS::Lambda::Function').filter(({ Properties }) =>
      /connectless-(connect|processor|s3-sink|registry)/.test(String(Properties.FunctionName)),
    );
    expect(ours).toHaveLength(4);
    for (const { Properties } of ours) expect(Properties).toMatchObject({ MemorySize: 512, Architectures: ['arm64'] });
  });
});
