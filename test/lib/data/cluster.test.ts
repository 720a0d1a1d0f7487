// The MSK cluster that is made.
import { describe, expect, test } from '@jest/globals';
import { read } from '../synthesis/read';
import { synthesis } from '../synthesis/synthesis';
import { onlyOne, resourcesOf, templateOf } from '../synthesis/template';

const { template, only } = read('Data');

describe('the cluster', () => {
  test('is provisioned with KRaft, a broker in each zone, TLS, and IAM as its only way in', () => {
    expect(only('AWS::MSK::Cluster').Properties).toMatchObject({
      ClusterName: 'connectless',
      KafkaVersion: '3.8.x.kraft',
      NumberOfBrokerNodes: 3,
      BrokerNodeGroupInfo: {
        InstanceType: 'kafka.m7g.large',
        StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } },
        ClientSubnets: [{}, {}, {}],
      },
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
      EnhancedMonitoring: 'DEFAULT',
      LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
      ConfigurationInfo: {
        Arn: { 'Fn::GetAtt': ['ClusterConfiguration', 'Arn'] },
        Revision: { 'Fn::GetAtt': ['ClusterConfiguration', 'LatestRevision.Revision'] },
      },
    });
    expect(only('AWS::MSK::Cluster', 'several').Properties).toMatchObject({
      ClusterName: 'shop',
      NumberOfBrokerNodes: 2,
      BrokerNodeGroupInfo: { ClientSubnets: [{}, {}] },
    });
  });

  test.each([
    ['defaults', 3],
    ['several', 2],
  ] as const)('acknowledges what all brokers but one have, and makes no topic by itself: %s', (name, zones) => {
    const { Properties } = only('AWS::MSK::Configuration', name);
    expect(String(Properties.ServerProperties).trimEnd().split('\n')).toEqual([
      'auto.create.topics.enable=false',
      `default.replication.factor=${zones}`,
      `min.insync.replicas=${zones - 1}`,
      'num.partitions=1',
      'unclean.leader.election.enable=false',
      'log.retention.hours=168',
      'offsets.retention.minutes=43200',
    ]);
  });

  test('keeps its metadata in ZooKeeper on t3 brokers, which have no KRaft', async () => {
    const small = templateOf(await synthesis('small-brokers'), 'Data');
    expect(onlyOne(small, 'AWS::MSK::Cluster').Properties).toMatchObject({
      KafkaVersion: '3.8.x',
      NumberOfBrokerNodes: 2,
      BrokerNodeGroupInfo: { InstanceType: 'kafka.t3.small' },
    });
  });

  test('is Serverless with IAM where cdk.json says so, in all subnets', () => {
    expect(resourcesOf(template('serverless'), 'AWS::MSK::Cluster').size).toBe(0);
    expect(only('AWS::MSK::ServerlessCluster', 'serverless').Properties).toMatchObject({
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
      VpcConfigs: [{ SubnetIds: [{}, {}, {}], SecurityGroups: [{}] }],
    });
  });
});
