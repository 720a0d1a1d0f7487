// The trigger: Lambda's pollers read one topic with the function's role and invoke it in order, partition by partition.
import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, SourceAccessConfigurationType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ProcessorConfig } from '../../src/config/model';
import type { SinkConfig } from '../../src/config/sink-model';
import type { PlannedConnector } from '../deployment/planned';
import type { TriggeredTopic } from '../deployment/topics';
import { grantConsume, type KafkaCluster } from './kafka-cluster';
import { allow, type PipelineFunction } from './pipeline-function';

export interface MskTriggerProps {
  /** The function to invoke. */
  readonly step: PipelineFunction;
  /** The cluster to read. */
  readonly cluster: KafkaCluster;
  /** Its topics, each with the consumer group that reads it, and its `connectless.trigger.*`. */
  readonly connector: PlannedConnector<SinkConfig | ProcessorConfig>;
  /** Shares the pollers of provisioned mode. */
  readonly pollerGroup: string;
}

/** As many as AWS allows: the 6 MB of the payload are reached before. */
const BATCH_SIZE = 10_000;

/** A mapping has one topic, and a consumer group of its own: each topic has its mapping. */
export class MskTrigger extends Construct {
  constructor(scope: Construct, id: string, { step, cluster, connector, pollerGroup }: MskTriggerProps) {
    super(scope, id);
    const { triggered, config } = connector;
    const { batchWindowMs, pollers } = config.trigger;
    grantPolling(step, cluster, triggered);
    for (const { topic, group } of triggered) {
      const mapping = new EventSourceMapping(this, topic, {
        target: step.handler,
        eventSourceArn: cluster.clusterArn,
        kafkaTopic: topic,
        kafkaConsumerGroupId: group,
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: BATCH_SIZE,
        maxBatchingWindow: Duration.millis(batchWindowMs),
        ...(pollers === undefined
          ? {}
          : {
              provisionedPollerConfig: {
                minimumPollers: pollers.min,
                maximumPollers: pollers.max,
                pollerGroupName: pollerGroup,
              },
            }),
        ...(cluster.scramSecretArn === undefined
          ? {}
          : {
              sourceAccessConfigurations: [
                { type: SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, uri: cluster.scramSecretArn },
              ],
            }),
      });
      // Lambda tries the connection when the mapping is made: what it is granted must be there.
      mapping.node.addDependency(step.role);
    }
  }
}

/** The pollers' own network interfaces in the cluster's subnets. */
const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcs',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
];

/** The CDK's own event source grants nothing of `kafka-cluster:`, and more of the rest than is needed. */
function grantPolling(step: PipelineFunction, cluster: KafkaCluster, topics: readonly TriggeredTopic[]): void {
  const { clusterArn, scramSecretArn } = cluster;
  allow(step, 'TriggerCluster', ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], [clusterArn]);
  allow(step, 'TriggerNetworkInterfaces', NETWORK_INTERFACES, ['*']);
  const login = ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'];
  if ((cluster.authentication ?? 'iam') === 'iam') allow(step, 'TriggerConnect', login, [clusterArn]);
  if (scramSecretArn !== undefined) {
    allow(step, 'TriggerSecret', ['secretsmanager:GetSecretValue'], [scramSecretArn]);
  }
  grantConsume(
    step,
    cluster,
    topics.map(({ topic }) => topic),
    topics.map(({ group }) => group),
  );
}
