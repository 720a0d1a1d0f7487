// The MSK cluster that a deployment makes, provisioned or serverless, with IAM as its only way in.
import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration, CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { BROKER_PORTS } from '../constructs/kafka-cluster';
import type { ClusterSettings } from '../deployment/settings';
import { ISOLATED } from './network';

export interface MadeCluster {
  readonly clusterArn: string;
  readonly resource: CfnCluster | CfnServerlessCluster;
  readonly securityGroup: SecurityGroup;
}

/** Of a cluster with brokers in each of `zones`. A record is acknowledged when all brokers but one have it, and no topic comes by itself. */
function serverProperties(zones: number): string {
  return Object.entries({
    'auto.create.topics.enable': false,
    'default.replication.factor': zones,
    'min.insync.replicas': zones - 1,
    'num.partitions': 1,
    'unclean.leader.election.enable': false,
    'log.retention.hours': 168,
    'offsets.retention.minutes': 43_200,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** t3 brokers keep their metadata in ZooKeeper; all others in KRaft. */
function kafkaVersion(instanceType: string): string {
  return instanceType.startsWith('kafka.t3') ? '3.8.x' : '3.8.x.kraft';
}

export function makeCluster(
  scope: Construct,
  id: string,
  vpc: IVpc,
  name: string,
  settings: Omit<ClusterSettings, 'arn' | 'securityGroupId'>,
): MadeCluster {
  const securityGroup = clusterSecurityGroup(scope, `${id}SecurityGroup`, vpc);
  const place = { vpc, name, securityGroup };
  const cluster =
    settings.type === 'serverless' ? serverless(scope, id, place) : provisioned(scope, id, place, settings);
  return { clusterArn: cluster.attrArn, resource: cluster, securityGroup };
}

interface Place {
  readonly vpc: IVpc;
  readonly name: string;
  readonly securityGroup: SecurityGroup;
}

function serverless(scope: Construct, id: string, { vpc, name, securityGroup }: Place): CfnServerlessCluster {
  return new CfnServerlessCluster(scope, id, {
    clusterName: name,
    clientAuthentication: { sasl: { iam: { enabled: true } } },
    vpcConfigs: [{ subnetIds: vpc.selectSubnets(ISOLATED).subnetIds, securityGroups: [securityGroup.securityGroupId] }],
  });
}

function provisioned(
  scope: Construct,
  id: string,
  { vpc, name, securityGroup }: Place,
  { instanceType, storageGib }: Pick<ClusterSettings, 'instanceType' | 'storageGib'>,
): CfnCluster {
  const { subnetIds } = vpc.selectSubnets(ISOLATED);
  const version = kafkaVersion(instanceType);
  const configuration = new CfnConfiguration(scope, `${id}Configuration`, {
    name: `${name}-${Aws.STACK_NAME}`,
    description: 'No topic by itself, no record lost with a broker',
    serverProperties: serverProperties(subnetIds.length),
  });
  const log = new LogGroup(scope, `${id}Log`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new CfnCluster(scope, id, {
    clusterName: name,
    kafkaVersion: version,
    numberOfBrokerNodes: subnetIds.length,
    brokerNodeGroupInfo: {
      instanceType,
      clientSubnets: subnetIds,
      securityGroups: [securityGroup.securityGroupId],
      storageInfo: { ebsStorageInfo: { volumeSize: storageGib } },
    },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    configurationInfo: {
      arn: configuration.attrArn,
      revision: configuration.attrLatestRevisionRevision as unknown as number,
    },
    // Lag and disk are among these; every level above costs $0.30 a metric and broker.
    enhancedMonitoring: 'DEFAULT',
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: log.logGroupName } } },
  });
}

/** The pollers of triggers stand in the cluster's subnets with its security group: within it, brokers can be reached. */
function clusterSecurityGroup(scope: Construct, id: string, vpc: IVpc): SecurityGroup {
  const group = new SecurityGroup(scope, id, {
    vpc,
    description: 'Brokers, and the pollers of triggers',
    allowAllOutbound: false,
  });
  const { securityGroupId: groupId } = group;
  const rule = {
    ipProtocol: 'tcp',
    fromPort: BROKER_PORTS.iam,
    toPort: BROKER_PORTS.iam,
    description: 'Pollers to brokers',
  };
  new CfnSecurityGroupIngress(scope, `${id}FromPollers`, { ...rule, groupId, sourceSecurityGroupId: groupId });
  new CfnSecurityGroupEgress(scope, `${id}ToBrokers`, { ...rule, groupId, destinationSecurityGroupId: groupId });
  return group;
}
