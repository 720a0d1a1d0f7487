// The Postgres that a deployment makes: Aurora Serverless v2 with the Data API, or an RDS instance.
import { RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  type CfnDBCluster,
  type CfnDBInstance,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
} from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { SourceDatabase } from '../constructs/source-database';
import { explain } from '../validation';
import { ISOLATED } from './network';

const ADMINISTRATOR = 'postgres';
const PORT = 5432;

/** Whoever connects must encrypt. */
const PARAMETERS = { 'rds.force_ssl': '1', log_connections: '1' } as const;

export interface DatabasePlace {
  readonly vpc: IVpc;
  /** The cluster's or the instance's identifier. */
  readonly name: string;
}

/** Of Aurora and RDS alike. The administrator's password is kept, and changed every week, by RDS itself: no function of ours ever sees it. */
function guarded(vpc: IVpc, securityGroup: SecurityGroup) {
  return {
    vpc,
    vpcSubnets: ISOLATED,
    securityGroups: [securityGroup],
    port: PORT,
    credentials: Credentials.fromUsername(ADMINISTRATOR),
    manageMasterUserPassword: true,
    iamAuthentication: true,
    storageEncrypted: true,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.SNAPSHOT,
    copyTagsToSnapshot: true,
    cloudwatchLogsExports: ['postgresql'],
  };
}

export function makeAurora(scope: Construct, id: string, { vpc, name }: DatabasePlace): AuroraDatabase {
  const securityGroup = databaseSecurityGroup(scope, `${id}SecurityGroup`, vpc);
  const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_7 });
  const cluster = new DatabaseCluster(scope, id, {
    ...guarded(vpc, securityGroup),
    clusterIdentifier: name,
    engine,
    parameterGroup: new ParameterGroup(scope, `${id}Parameters`, { engine, parameters: PARAMETERS }),
    writer: ClusterInstance.serverlessV2('Writer'),
    serverlessV2MinCapacity: 0.5,
    serverlessV2MaxCapacity: 4,
    enableDataApi: true,
  });
  cluster.node.addDependency(exportedLog(scope, `${id}Log`, `/aws/rds/cluster/${name}/postgresql`));
  const { attrMasterUserSecretSecretArn, attrDbClusterResourceId } = cluster.node.defaultChild as CfnDBCluster;
  return {
    host: cluster.clusterEndpoint.hostname,
    port: PORT,
    securityGroup,
    resourceId: attrDbClusterResourceId,
    construct: cluster,
    aurora: { cluster, clusterArn: cluster.clusterArn, secretArn: attrMasterUserSecretSecretArn },
    identifier: cluster.clusterIdentifier,
  };
}

export interface MadeDatabase extends SourceDatabase {
  readonly host: string;
  readonly securityGroup: SecurityGroup;
  readonly resourceId: string;
  /** Aurora's cluster or RDS's instance identifier. */
  readonly identifier: string;
  readonly construct: DatabaseCluster | DatabaseInstance;
  /** Absent: an RDS instance. */
  readonly aurora?: Aurora;
}

export interface AuroraDatabase extends MadeDatabase {
  readonly aurora: Aurora;
}

/** What the Data API is called with. */
export interface Aurora {
  readonly cluster: DatabaseCluster;
  readonly clusterArn: string;
  /** Of the administrator's user and password. */
  readonly secretArn: string;
}

/** RDS has no Data API: databases beside `postgres`, the source's user and the tables are made by hand, with the lines of docs/deploy.md. */
export function makeInstance(
  scope: Construct,
  id: string,
  { vpc, name }: DatabasePlace,
  instanceType: string,
): MadeDatabase {
  const securityGroup = databaseSecurityGroup(scope, `${id}SecurityGroup`, vpc);
  const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17_7 });
  const instance = new DatabaseInstance(scope, id, {
    ...guarded(vpc, securityGroup),
    instanceIdentifier: name,
    engine,
    parameterGroup: new ParameterGroup(scope, `${id}Parameters`, { engine, parameters: PARAMETERS }),
    instanceType: new InstanceType(instanceType),
    multiAz: true,
  });
  explain(instance, 'RDS11', 'Another port hides nothing from those whom a security group lets in.');
  instance.node.addDependency(exportedLog(scope, `${id}Log`, `/aws/rds/instance/${name}/postgresql`));
  return {
    host: instance.instanceEndpoint.hostname,
    port: PORT,
    securityGroup,
    resourceId: (instance.node.defaultChild as CfnDBInstance).attrDbiResourceId,
    identifier: instance.instanceIdentifier,
    construct: instance,
  };
}

/** Made before RDS would, so that it has an end. */
function exportedLog(scope: Construct, id: string, logGroupName: string): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

function databaseSecurityGroup(scope: Construct, id: string, vpc: IVpc): SecurityGroup {
  return new SecurityGroup(scope, id, { vpc, description: 'Postgres', allowAllOutbound: false });
}
