// A topic as a custom resource: made by a function within the VPC, on provisioned and serverless clusters alike.
import { CustomResource, Lazy } from 'aws-cdk-lib';
import type { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { PlannedFunction } from '../deployment/planned';
import type { PlannedTopic } from '../deployment/topics';
import { customResourceProvider } from './custom-resource-provider';
import { checkLogin, grantConnect, grantCreateTopics, type KafkaCluster, topicArn } from './kafka-cluster';
import { PipelineFunction } from './pipeline-function';
import { grantSecrets } from './secrets';

export interface TopicMakerProps {
  /** The function that makes topics, from `planConnectors`. */
  readonly function: PlannedFunction;
  /** The cluster on which topics are made. */
  readonly cluster: KafkaCluster;
}

/** One function for all topics of a stack. */
export class TopicMaker extends Construct {
  readonly step: PipelineFunction;
  private readonly provider: Provider;
  private readonly cluster: KafkaCluster;
  private readonly arns: string[] = [];

  constructor(scope: Construct, id: string, props: TopicMakerProps) {
    super(scope, id);
    checkLogin('Topics', props.function, props.cluster);
    this.cluster = props.cluster;
    this.step = new PipelineFunction(this, 'Topics', {
      ...props.function,
      description: 'Makes topics at deployment',
      network: props.cluster.network,
    });
    grantConnect(this.step, props.cluster);
    grantCreateTopics(this.step, props.cluster, Lazy.list({ produce: () => this.arns }));
    grantSecrets(this.step, props.function.secrets);
    this.provider = customResourceProvider(this, 'Provider', this.step.handler);
  }

  /** The right to make this topic, beside those before. */
  grantTopic(topic: string): void {
    this.arns.push(topicArn(this.cluster, topic));
  }

  get serviceToken(): string {
    return this.provider.serviceToken;
  }
}

export interface KafkaTopicProps extends PlannedTopic {
  /** Makes it. */
  readonly maker: TopicMaker;
}

/** A topic that is there after the deployment. Its removal from the app leaves it, and its records, where they are. */
export class KafkaTopic extends Construct {
  readonly topic: string;

  constructor(scope: Construct, id: string, { maker, topic, partitions, replicationFactor }: KafkaTopicProps) {
    super(scope, id);
    this.topic = topic;
    maker.grantTopic(topic);
    const resource = new CustomResource(this, 'Topic', {
      resourceType: 'Custom::KafkaTopic',
      serviceToken: maker.serviceToken,
      properties: {
        Topic: topic,
        ...(partitions === undefined ? {} : { Partitions: String(partitions) }),
        ...(replicationFactor === undefined ? {} : { ReplicationFactor: String(replicationFactor) }),
      },
    });
    resource.node.addDependency(maker.step);
  }
}
