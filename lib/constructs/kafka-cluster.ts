// An MSK cluster as connectors use it, and what a function needs to be granted to use it.
import { Fn } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ConnectlessError } from '../../src/errors';
import { ENVIRONMENT } from '../../src/names';
import type { Authentication } from '../deployment/decisions';
import type { PlannedFunction } from '../deployment/planned';
import { type FunctionNetwork, letThrough } from './network';
import { allow, type PipelineFunction } from './pipeline-function';

export interface KafkaCluster {
  /** `arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID` */
  readonly clusterArn: string;
  /** host:port of its brokers, several with commas; `bootstrapBrokers` asks for them at deployment. */
  readonly bootstrapServers: string;
  /** How clients prove who they are. @default 'iam' */
  readonly authentication?: Authentication;
  /** ARN of the secret with user and password, for `scram`. @default none */
  readonly scramSecretArn?: string;
  /** Of the brokers. */
  readonly securityGroup: ISecurityGroup;
  /** The port of the brokers. @default MSK's port for that authentication */
  readonly port?: number;
  /** Where its clients stand. */
  readonly network: FunctionNetwork;
}

/** MSK's ports for clients within the VPC. */
export const BROKER_PORTS: Readonly<Record<Authentication, number>> = { iam: 9098, scram: 9096, none: 9094 };

/** Throws CONFIG_INVALID where the worker's file logs in otherwise than the cluster wants. `what`: whom the file is for. */
export function checkLogin(what: string, planned: PlannedFunction, { authentication = 'iam' }: KafkaCluster): void {
  if (planned.authentication === authentication) return;
  const message = `${what}: the worker's file logs in to brokers with ${planned.authentication}, and its cluster wants ${authentication}: write it in the file, or in the cluster's authentication.`;
  throw new ConnectlessError('CONFIG_INVALID', message);
}

/** The function may connect, with its place in the network and its environment. */
export function grantConnect(step: PipelineFunction, cluster: KafkaCluster): void {
  step.handler.addEnvironment(ENVIRONMENT.bootstrapServers, cluster.bootstrapServers);
  if (step.securityGroup !== undefined) {
    const { securityGroup: to, authentication = 'iam', port = BROKER_PORTS[authentication] } = cluster;
    letThrough(step, 'Brokers', { from: step.securityGroup, to, port, description: 'Brokers of the MSK cluster' });
  }
  allowKafka(step, cluster, 'Connect', ['Connect'], [cluster.clusterArn]);
}

/** Writes exactly once: an idempotent producer, which after a crash reads what has landed. */
export function grantProduce(step: PipelineFunction, cluster: KafkaCluster, topics: readonly string[]): void {
  const arns = topics.map((topic) => topicArn(cluster, topic));
  allowKafka(step, cluster, 'Produce', ['DescribeTopic', 'WriteData', 'ReadData'], arns);
  allowKafka(step, cluster, 'ProduceIdempotently', ['WriteDataIdempotently'], [cluster.clusterArn]);
}

/** Writes at least once to a topic that it makes again when somebody has deleted it. */
export function grantDeadLetters(step: PipelineFunction, cluster: KafkaCluster, topic: string): void {
  allowKafka(step, cluster, 'DeadLetters', ['DescribeTopic', 'WriteData', 'CreateTopic'], [topicArn(cluster, topic)]);
  allowKafka(step, cluster, 'ProduceIdempotently', ['WriteDataIdempotently'], [cluster.clusterArn]);
}

/** Reads; with groups, as a consumer of them: what Lambda's pollers do with the function's role. */
export function grantConsume(
  step: PipelineFunction,
  cluster: KafkaCluster,
  topics: readonly string[],
  groups: readonly string[],
): void {
  allowKafka(
    step,
    cluster,
    'Consume',
    ['DescribeTopic', 'ReadData'],
    topics.map((topic) => topicArn(cluster, topic)),
  );
  allowKafka(
    step,
    cluster,
    'Groups',
    ['DescribeGroup', 'AlterGroup'],
    groups.map((group) => groupArn(cluster, group)),
  );
}

/** Makes the topics with these ARNs, and more partitions of them. */
export function grantCreateTopics(step: PipelineFunction, cluster: KafkaCluster, arns: readonly string[]): void {
  allowKafka(step, cluster, 'CreateTopics', ['DescribeTopic', 'CreateTopic', 'AlterTopic'], arns);
}

/** Other clusters than those with IAM decide by their own access control lists. */
function allowKafka(
  step: PipelineFunction,
  { authentication = 'iam' }: KafkaCluster,
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
): void {
  if (authentication !== 'iam') return;
  allow(
    step,
    `Kafka${sid}`,
    actions.map((action) => `kafka-cluster:${action}`),
    resources,
  );
}

/** A name may end in `*`. */
export function topicArn(cluster: KafkaCluster, topic: string): string {
  return below(cluster, 'topic', topic);
}

function groupArn(cluster: KafkaCluster, group: string): string {
  return below(cluster, 'group', group);
}

/** `…:cluster/NAME/UUID` → `…:topic/NAME/UUID/TOPIC` */
function below({ clusterArn }: KafkaCluster, kind: string, name: string): string {
  const [before, nameAndUuid] = [0, 1].map((index) => Fn.select(index, Fn.split(':cluster/', clusterArn)));
  return `${before}:${kind}/${nameAndUuid}/${name}`;
}
