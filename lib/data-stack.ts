// What holds data: VPC, MSK cluster, database and buckets, each made only where the files and settings name none.
import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { letOutAnywhere } from './constructs/network';
import { bootstrapAurora } from './data/bootstrap-aurora';
import { makeDataBucket, makeStateBucket } from './data/buckets';
import { type MadeCluster, makeCluster } from './data/cluster';
import { type MadeDatabase, makeAurora, makeInstance } from './data/database';
import { existingVpc, ISOLATED, letToService, makeVpc } from './data/network';
import { bootstrappedDatabases, makesDatabase } from './deployment/decisions';
import type { Plan } from './deployment/plan';
import type { Settings } from './deployment/settings';

export interface DataStackProps extends StackProps {
  readonly plan: Plan;
}

export class DataStack extends Stack {
  readonly vpc: IVpc;
  /** Each absent where there is one already. */
  readonly cluster?: MadeCluster;
  readonly database?: MadeDatabase | undefined;
  readonly dataBucket?: IBucket;
  readonly stateBucket?: IBucket;
  private readonly zones: Settings['zones'];
  private readonly zoneNames: Settings['zoneNames'];

  constructor(scope: Construct, id: string, { plan, ...props }: DataStackProps) {
    super(scope, id, props);
    const { settings, decisions } = plan;
    this.zones = settings.zones;
    this.zoneNames = settings.zoneNames;
    if (decisions.state.kind === 'make') this.stateBucket = makeStateBucket(this, 'StateBucket');
    const dataBuckets = [...decisions.dataBuckets.values()];
    if (dataBuckets.length === 0 || dataBuckets.some(({ kind }) => kind === 'make')) {
      this.dataBucket = makeDataBucket(this, 'DataBucket');
    }
    this.vpc = settings.vpc === undefined ? makeVpc(this, 'Vpc') : existingVpc(this, 'Vpc', settings.vpc);
    if (decisions.cluster.kind === 'make') {
      this.cluster = makeCluster(this, 'Cluster', this.vpc, settings.name, settings.cluster);
      if (polledOnDemand(plan)) letPollersToLambda(this, this.vpc, this.cluster);
    }
    this.database = this.makeDatabase(plan, this.vpc);
    // What fails in the longest part must not leave the protected one behind, which a rollback cannot delete.
    if (this.cluster !== undefined) this.database?.construct.node.addDependency(this.cluster.resource);
    this.exportAll();
    this.outputAll();
  }

  /** For the lines of docs/deploy.md. */
  private outputAll(): void {
    const { cluster, database, dataBucket, stateBucket } = this;
    const outputs = {
      DataBucketName: dataBucket?.bucketName,
      StateBucketName: stateBucket?.bucketName,
      ClusterArn: cluster?.clusterArn,
      DatabaseHost: database?.host,
      DatabaseArn: database?.aurora?.clusterArn,
      DatabaseSecretArn: database?.aurora?.secretArn,
    };
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }

  /**
   * What other stacks may need is exported whether or not they need it now: an export that goes while a stack still imports it stops a
   * deployment, and a connector's removal must not.
   */
  private exportAll(): void {
    const { cluster, database, dataBucket, stateBucket } = this;
    const values = [
      ...[dataBucket, stateBucket].flatMap((bucket) =>
        bucket === undefined ? [] : [bucket.bucketName, bucket.bucketArn],
      ),
      ...(cluster === undefined ? [] : [cluster.clusterArn, cluster.securityGroup.securityGroupId]),
      ...(database === undefined ? [] : databaseValues(database)),
      ...(this.vpc instanceof Vpc ? [this.vpc.vpcId, ...this.vpc.selectSubnets(ISOLATED).subnetIds] : []),
    ];
    for (const value of values) this.exportValue(value);
  }

  /** Without an account to ask, the CDK takes two zones for granted; each region has three. */
  override get availabilityZones(): string[] {
    if (this.zoneNames !== undefined) return [...this.zoneNames];
    return Array.from({ length: this.zones }, (_, index) => Fn.select(index, Fn.getAzs()));
  }

  private makeDatabase({ decisions, settings, functions }: Plan, vpc: IVpc): MadeDatabase | undefined {
    if (!makesDatabase(decisions)) return undefined;
    const place = { vpc, name: settings.name };
    if (settings.database.engine === 'rds')
      return makeInstance(this, 'Database', place, settings.database.instanceType);
    const made = makeAurora(this, 'Database', place);
    const databases = bootstrappedDatabases(decisions);
    if (databases.length > 0) bootstrapAurora(this, 'Bootstrap', made.aurora, databases, functions.bootstrap);
    return made;
  }
}

function databaseValues({ host, resourceId, securityGroup, identifier, aurora }: MadeDatabase): string[] {
  // The cluster's ARN is made of its identifier.
  const administrator = aurora === undefined ? [] : [aurora.secretArn];
  return [host, resourceId, securityGroup.securityGroupId, identifier, ...administrator];
}

/** A trigger in provisioned mode reaches Lambda by itself. */
function polledOnDemand({ connectors }: Plan): boolean {
  return connectors.some(({ config }) => config.kind !== 'source' && config.trigger.pollers === undefined);
}

/**
 * Pollers on demand stand in the cluster's subnets, and call these two services from there. An existing VPC keeps its own way to them:
 * a second endpoint of a service could not have its name.
 */
function letPollersToLambda(scope: Construct, vpc: IVpc, { securityGroup }: MadeCluster): void {
  if (!(vpc instanceof Vpc)) {
    letOutAnywhere(scope, 'PollersToServices', securityGroup, 443, 'Lambda and STS, as the VPC routes them');
    return;
  }
  letToService(scope, 'LambdaEndpoint', vpc, InterfaceVpcEndpointAwsService.LAMBDA, securityGroup);
  letToService(scope, 'StsEndpoint', vpc, InterfaceVpcEndpointAwsService.STS, securityGroup);
}
