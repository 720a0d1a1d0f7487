// What moves rows: the connectors' functions with schedule and triggers, the registry, the topics.
import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { SinkConfig } from '../src/config/sink-model';
import { JdbcSource } from './constructs/jdbc-source';
import type { KafkaCluster } from './constructs/kafka-cluster';
import { KafkaTopic, TopicMaker } from './constructs/kafka-topic';
import type { FunctionNetwork } from './constructs/network';
import type { PipelineFunction } from './constructs/pipeline-function';
import { Processor } from './constructs/processor';
import { S3Sink } from './constructs/s3-sink';
import { SchemaRegistry } from './constructs/schema-registry';
import { SourcePreflight } from './constructs/source-preflight';
import { bootstrapBrokers } from './data/bootstrap-brokers';
import { existingVpc, ISOLATED } from './data/network';
import type { DataStack } from './data-stack';
import { hasItsUser } from './deployment/decisions';
import { connectorsOf, type Plan } from './deployment/plan';
import type { PlannedConnector } from './deployment/planned';
import { flushMinutes } from './deployment/schedules';
import type { MonitoredConnector } from './monitoring/monitored';
import { sourceDatabases } from './pipeline/source-databases';

export interface PipelineStackProps extends StackProps {
  readonly plan: Plan;
  /** What was made. @default everything exists */
  readonly data?: DataStack;
}

export class PipelineStack extends Stack {
  /** For the monitoring. */
  readonly monitored: readonly MonitoredConnector[];
  readonly cluster: KafkaCluster;
  readonly registry?: SchemaRegistry;
  private readonly plan: Plan;
  private readonly data: DataStack | undefined;

  constructor(scope: Construct, id: string, { plan, data, ...props }: PipelineStackProps) {
    super(scope, id, props);
    this.plan = plan;
    this.data = data;
    this.cluster = this.kafkaCluster();
    const state = this.stateBucket();
    const topics = this.topics();
    const steps = this.steps(state);
    // A trigger on a topic that is not there yet would not begin.
    for (const { step } of steps) step.node.scope?.node.addDependency(...topics);
    this.monitored = steps.map(({ connector, step }) => monitoredConnector(connector, step));
    if (plan.decisions.registry.kind === 'make') {
      this.registry = new SchemaRegistry(this, 'Registry', { function: plan.functions.registry, state });
      new CfnOutput(this, 'RegistryUrl', {
        value: this.registry.url,
        description: 'Schema registry; requests are signed',
      });
    }
  }

  private steps(state: IBucket): Array<{ connector: PlannedConnector; step: PipelineFunction }> {
    const { cluster, plan } = this;
    const shared = { cluster, state, pollerGroup: plan.settings.name };
    return [
      ...this.sources(state),
      ...connectorsOf(plan, 'processor').map((connector) => ({
        connector,
        step: new Processor(this, idOf(connector), { connector, ...shared }).step,
      })),
      ...connectorsOf(plan, 'sink').map((connector) => ({
        connector,
        step: new S3Sink(this, idOf(connector), {
          connector,
          ...shared,
          bucket: this.dataBucket(connector.config),
        }).step,
      })),
    ];
  }

  private sources(state: IBucket): Array<{ connector: PlannedConnector; step: PipelineFunction }> {
    const { cluster, plan } = this;
    const { databases } = plan.decisions;
    const databaseOf = sourceDatabases(this, { plan, vpc: cluster.network.vpc, made: this.data?.database });
    const preflight = [...databases.values()].some(hasItsUser)
      ? new SourcePreflight(this, 'Preflight', { function: plan.functions.preflight })
      : undefined;
    return connectorsOf(plan, 'source').map((connector) => {
      const { name } = connector.config;
      const { database, after } = databaseOf(connector.config);
      const source = new JdbcSource(this, idOf(connector), { connector, cluster, state, database });
      source.node.addDependency(...after);
      const decision = databases.get(name);
      if (decision !== undefined && hasItsUser(decision)) preflight?.ask(source);
      return { connector, step: source.step };
    });
  }

  private topics(): readonly KafkaTopic[] {
    const { plan, cluster } = this;
    if (plan.topics.length === 0) return [];
    const maker = new TopicMaker(this, 'TopicMaker', {
      function: plan.functions.topics,
      cluster,
    });
    return plan.topics.map((topic) => new KafkaTopic(this, `topic-${topic.topic}`, { maker, ...topic }));
  }

  private kafkaCluster(): KafkaCluster {
    const network = this.network();
    const { cluster } = this.plan.decisions;
    if (cluster.kind === 'use') {
      const { arn: clusterArn, brokers, authentication, securityGroupId, scramSecretArn } = cluster;
      return {
        clusterArn,
        bootstrapServers: brokers?.join(',') ?? bootstrapBrokers(this, 'BootstrapBrokers', clusterArn),
        authentication,
        ...(scramSecretArn === undefined ? {} : { scramSecretArn }),
        securityGroup: SecurityGroup.fromSecurityGroupId(this, 'Brokers', securityGroupId),
        ...(brokers?.[0] === undefined ? {} : { port: Number(brokers[0].replace(/^.*:/, '')) }),
        network,
      };
    }
    const { clusterArn, securityGroup } = made('a cluster', this.data?.cluster);
    return {
      clusterArn,
      bootstrapServers: bootstrapBrokers(this, 'BootstrapBrokers', clusterArn),
      securityGroup,
      network,
    };
  }

  private network(): FunctionNetwork {
    const { vpc } = this.plan.settings;
    return {
      vpc: this.data?.vpc ?? this.givenVpc(),
      subnets: ISOLATED,
      ...(vpc?.s3PrefixListId === undefined ? {} : { s3PrefixListId: vpc.s3PrefixListId }),
    };
  }

  private givenVpc(): IVpc {
    const { vpc } = this.plan.settings;
    if (vpc === undefined) throw new TypeError('There is neither a VPC nor a DataStack');
    return existingVpc(this, 'Vpc', vpc);
  }

  private stateBucket(): IBucket {
    const { state } = this.plan.decisions;
    if (state.kind === 'use') return Bucket.fromBucketName(this, 'StateBucket', state.name);
    return made('a state bucket', this.data?.stateBucket);
  }

  private dataBucket({ name, bucket }: SinkConfig): IBucket {
    if (this.plan.decisions.dataBuckets.get(name)?.kind === 'use') {
      return Bucket.fromBucketName(this, `files-${name}`, bucket);
    }
    return made('a data bucket', this.data?.dataBucket);
  }
}

function made<Thing>(what: string, thing: Thing | undefined): Thing {
  if (thing === undefined) throw new TypeError(`The plan makes ${what}, and there is no DataStack`);
  return thing;
}

/** Whatever a connector is called, nothing else in the stack has the id. */
function idOf({ config: { kind, name } }: PlannedConnector): string {
  return `${kind}-${name}`;
}

function monitoredConnector(
  { config, triggered }: PlannedConnector,
  { handler }: PipelineFunction,
): MonitoredConnector {
  return {
    kind: config.kind,
    name: config.name,
    handler,
    timeoutMs: config.deployment.timeoutMs,
    ...(config.kind === 'source' ? { pollIntervalMs: config.pollIntervalMs } : {}),
    ...(config.kind === 'sink' ? { flushMinutes: flushMinutes(config) } : {}),
    reads: triggered,
  };
}

/** `arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID` → NAME */
export function clusterName({ clusterArn }: KafkaCluster): string {
  return Fn.select(1, Fn.split('/', clusterArn));
}
