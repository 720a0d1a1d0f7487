// Orders on their way from the shop's database to the lake.
import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { JdbcSource } from '../../lib/constructs/jdbc-source';
import type { KafkaCluster } from '../../lib/constructs/kafka-cluster';
import { KafkaTopic, TopicMaker } from '../../lib/constructs/kafka-topic';
import { Processor } from '../../lib/constructs/processor';
import { S3Sink } from '../../lib/constructs/s3-sink';
import { SchemaRegistry } from '../../lib/constructs/schema-registry';
import { bootstrapBrokers } from '../../lib/data/bootstrap-brokers';
import { connectorsOf } from '../../lib/deployment/plan';
import type { ConnectorPlan } from '../../lib/deployment/plan-connectors';
import { type PlatformStack, PRIVATE } from './platform-stack';

export interface OrdersStackProps {
  readonly platform: PlatformStack;
  readonly plan: ConnectorPlan;
}

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, { platform, plan }: OrdersStackProps) {
    super(scope, id);
    const state = new Bucket(this, 'State', { versioned: true, enforceSSL: true }) as IBucket;
    const cluster: KafkaCluster = {
      clusterArn: platform.clusterArn,
      bootstrapServers: bootstrapBrokers(this, 'BootstrapBrokers', platform.clusterArn),
      securityGroup: platform.brokers,
      network: { vpc: platform.vpc, subnets: PRIVATE },
    };
    const maker = new TopicMaker(this, 'TopicMaker', { function: plan.functions.topics, cluster });
    const topics = plan.topics.map((topic) => new KafkaTopic(this, `topic-${topic.topic}`, { maker, ...topic }));

    const steps = [
      ...connectorsOf(plan, 'source').map((connector) => {
        const database = {
          host: platform.database.clusterEndpoint.hostname,
          resourceId: platform.databaseResourceId,
          securityGroup: platform.databaseGroup,
        };
        return new JdbcSource(this, connector.config.name, { connector, cluster, database, state });
      }),
      ...connectorsOf(plan, 'processor').map((connector) => {
        return new Processor(this, connector.config.name, { connector, cluster, state });
      }),
      ...connectorsOf(plan, 'sink').map((connector) => {
        return new S3Sink(this, connector.config.name, { connector, cluster, state, bucket: platform.lake });
      }),
    ];
    // A trigger on a topic that is not there yet would not begin.
    for (const step of steps) step.node.addDependency(...topics);

    const registry = new SchemaRegistry(this, 'Registry', { function: plan.functions.registry, state });
    registry.grantRead(new Role(this, 'Analysts', { assumedBy: new AccountRootPrincipal() }));
  }
}
