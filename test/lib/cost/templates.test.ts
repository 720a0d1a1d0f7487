// The model's counts against the templates that are deployed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { deploymentOf } from '../../../cli/cost-deployment';
import { type Sheet, sheetOf } from '../../../lib/cost/sheet';
import { type Configuration, type ConfigurationName, configurations } from '../synthesis/configurations';
import { type Resource, SYNTHESIS_TIMEOUT_MS, synthesis } from '../synthesis/synthesis';

const NAMES: readonly ConfigurationName[] = [
  'defaults',
  'serverless',
  'rds',
  'provisioned-mode',
  'several',
  'own-vpc',
  'data-api',
];

interface Deployed {
  readonly sheet: Sheet;
  /** Of all stacks. */
  readonly of: (type: string) => readonly Resource['Properties'][];
}

async function deployed(name: ConfigurationName): Promise<Deployed> {
  const { folder, settings = {} }: Configuration = configurations[name];
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.properties') && file !== 'worker.properties')
    .map((file) => join(folder, file));
  const contexts = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  const deployment = await deploymentOf(join(folder, 'worker.properties'), files, contexts);
  const { templates } = await synthesis(name);
  const resources = Object.values(templates).flatMap((template) => Object.values(template?.Resources ?? {}));
  return {
    sheet: sheetOf(deployment, { rowsPerDay: 72, rowBytes: 300 }),
    of: (type) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties),
  };
}

describe.each(NAMES)('the templates of %s', (name) => {
  let it: Deployed;
  beforeAll(async () => {
    it = await deployed(name);
  }, SYNTHESIS_TIMEOUT_MS);

  const item = (what: string | RegExp) => {
    const all = [...it.sheet.connectless, ...it.sheet.anyway];
    return all.find((one) => (typeof what === 'string' ? one.what === what : what.test(one.what)));
  };

  test('have the metrics of alarms, the dashboard and the key that are paid for', () => {
    const metrics = it.of('AWS::CloudWatch::Alarm').reduce((sum, { Metrics }) => {
      return sum + (Array.isArray(Metrics) ? Metrics.filter((part) => 'MetricStat' in part).length : 1);
    }, 0);
    expect(item('dashboard and alarms')?.formula).toContain(` ${metrics} metrics of alarms`);
    expect(it.of('AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(it.of('AWS::KMS::Key')).toHaveLength(1);
  });

  test('have the endpoints that are paid for, and no NAT gateway', () => {
    const endpoints = it.of('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    const zones = endpoints.reduce((sum, { SubnetIds }) => sum + (Array.isArray(SubnetIds) ? SubnetIds.length : 0), 0);
    const forDataApi = it.of('AWS::SecretsManager::Secret').length * 0.4;
    const paid = [item('triggers: endpoints'), item('Data API: endpoint and user')];
    expect(paid.reduce((sum, one) => sum + (one?.usd ?? 0), 0)).toBeCloseTo(zones * 7.3 + forDataApi, 1);
    expect(it.of('AWS::EC2::NatGateway')).toEqual([]);
  });

  test('have the pollers that are paid for', () => {
    const pollers = it.of('AWS::Lambda::EventSourceMapping').reduce((sum, { ProvisionedPollerConfig: config }) => {
      return sum + Number(Reflect.get(Object(config), 'MinimumPollers') ?? 0);
    }, 0);
    expect(item('triggers: pollers')?.usd).toBeCloseTo(Math.ceil(pollers / 10) * 0.185 * 730, 2);
  });

  test('have the schedules that are paid for', () => {
    const starts = it.of('AWS::Scheduler::Schedule').reduce((sum, { ScheduleExpression }) => {
      const [, count, unit] = /rate\((\d+) (minute|hour)s?\)/.exec(String(ScheduleExpression)) ?? [];
      return sum + 43_800 / (Number(count) * (unit === 'hour' ? 60 : 1));
    }, 0);
    expect(item('schedules')?.usd).toBeCloseTo(starts / 1e6, 6);
  });

  test('have brokers and database as they are paid for', () => {
    for (const { NumberOfBrokerNodes, EnhancedMonitoring, BrokerNodeGroupInfo } of it.of('AWS::MSK::Cluster')) {
      expect(item(/^MSK, /)?.what).toBe(
        `MSK, ${NumberOfBrokerNodes} × ${Reflect.get(Object(BrokerNodeGroupInfo), 'InstanceType')}`,
      );
      // Others would be paid for as metrics.
      expect(EnhancedMonitoring).toBe('DEFAULT');
      expect(BrokerNodeGroupInfo).toMatchObject({ StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } } });
    }
    expect(item(/^MSK, /) === undefined).toBe(it.of('AWS::MSK::Cluster').length === 0);
    expect(item('MSK Serverless') === undefined).toBe(it.of('AWS::MSK::ServerlessCluster').length === 0);
    expect(item(/^Aurora/) === undefined).toBe(it.of('AWS::RDS::DBCluster').length === 0);
    for (const cluster of it.of('AWS::RDS::DBCluster')) {
      expect(cluster).toMatchObject({
        ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 },
        ManageMasterUserPassword: true,
      });
    }
    for (const instance of it
      .of('AWS::RDS::DBInstance')
      .filter(({ DBInstanceClass }) => DBInstanceClass !== 'db.serverless')) {
      expect(item(/^RDS/)?.what).toBe('RDS t4g.micro, Multi-AZ');
      expect(instance).toMatchObject({
        DBInstanceClass: 'db.t4g.micro',
        MultiAZ: true,
        AllocatedStorage: '100',
        StorageType: 'gp2',
      });
    }
  });
});
