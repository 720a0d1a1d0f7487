// What is there anyway: VPC, MSK cluster, database, and the lake's bucket.
import { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import {
  AuroraPostgresEngineVersion,
  type CfnDBCluster,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export const PRIVATE = { subnetType: SubnetType.PRIVATE_ISOLATED } as const;

export class PlatformStack extends Stack {
  readonly vpc: IVpc;
  readonly lake: IBucket;
  readonly brokers: SecurityGroup;
  readonly clusterArn: string;
  readonly databaseGroup: SecurityGroup;
  readonly database: DatabaseCluster;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'private', ...PRIVATE }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    }) as IVpc;
    this.vpc = vpc;
    // Pollers on demand call these two from the cluster's subnets.
    vpc.addInterfaceEndpoint('Lambda', { service: InterfaceVpcEndpointAwsService.LAMBDA });
    vpc.addInterfaceEndpoint('Sts', { service: InterfaceVpcEndpointAwsService.STS });
    this.lake = new Bucket(this, 'Lake', { enforceSSL: true }) as IBucket;
    // Pollers of triggers stand beside the brokers, as members of this group.
    this.brokers = new SecurityGroup(this, 'Brokers', { vpc });
    this.brokers.addIngressRule(this.brokers, Port.tcp(9098));
    this.clusterArn = new CfnServerlessCluster(this, 'Cluster', {
      clusterName: 'events',
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: [{ subnetIds: vpc.selectSubnets(PRIVATE).subnetIds, securityGroups: [this.brokers.securityGroupId] }],
    }).attrArn;
    this.databaseGroup = new SecurityGroup(this, 'DatabaseGroup', { vpc });
    this.database = new DatabaseCluster(this, 'Database', {
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_7 }),
      writer: ClusterInstance.serverlessV2('Writer'),
      vpc,
      vpcSubnets: PRIVATE,
      securityGroups: [this.databaseGroup],
      iamAuthentication: true,
      storageEncrypted: true,
    });
  }

  /** What IAM knows the database by. */
  get databaseResourceId(): string {
    return (this.database.node.defaultChild as CfnDBCluster).attrDbClusterResourceId;
  }
}
