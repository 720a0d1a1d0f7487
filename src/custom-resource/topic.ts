// A topic as a custom resource of CloudFormation: made, grown, and never deleted.
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { KafkaConfig } from '../config/model';
import { type TopicAdmin, withTopicAdmin } from '../kafka/topic-admin';
import { logger } from '../log';
import type { Answer } from './answer';
import { type Patience, patiently } from './patience';
import { type FoundTopic, topicPlan } from './topic-plan';
import { type TopicRequest, topicRequest } from './topic-request';

/** Throws TOPIC_REQUEST_INVALID, TOPIC_SHRINKS, TOPIC_REFUSED, what `kafka` throws, and the errors of `kafkaError`. */
export async function topicResource(
  event: CloudFormationCustomResourceEvent,
  kafka: () => Promise<KafkaConfig>,
  patient: Patience,
): Promise<Answer> {
  // By its id alone: whatever is wrong with the rest of the event must not keep a stack from being deleted.
  if (event.RequestType === 'Delete') {
    logger.info('The topic stays, with its records: delete it with Kafka’s tools when nobody needs it', {
      resource: event.PhysicalResourceId,
    });
    return { PhysicalResourceId: event.PhysicalResourceId };
  }
  const request = topicRequest(event);
  const config = await kafka();
  await patiently(patient, logger, () => withTopicAdmin(config, (admin) => provide(admin, request)));
  return { PhysicalResourceId: `topic/${request.wanted.topic}` };
}

async function provide(admin: TopicAdmin, request: TopicRequest): Promise<void> {
  const { wanted } = request;
  const { topic } = wanted;
  const plan = topicPlan(request, await find(admin, request));
  const created = plan.create && (await admin.create(wanted));
  if (plan.growTo !== undefined) await admin.grow(topic, plan.growTo);
  if (plan.config !== undefined) await admin.configure(topic, plan.config);
  if (plan.left.length > 0) logger.warn('The topic was there already and is left as it is', { topic, left: plan.left });
  logger.info('The topic is there', { topic, created, partitions: plan.growTo, config: plan.config });
}

async function find(admin: TopicAdmin, { wanted, before }: TopicRequest): Promise<FoundTopic | undefined> {
  const { topic } = wanted;
  if (!(await admin.list()).includes(topic)) return undefined;
  const [description] = await admin.describe([topic]);
  // To read it takes a right of its own.
  const isAsked = Object.keys({ ...before?.config, ...wanted.config }).length > 0;
  const config = isAsked ? await admin.configuration(topic) : {};
  const partitions = description?.partitions ?? [];
  return { partitions: partitions.length, replicationFactor: partitions[0]?.replicas.length ?? 0, config };
}
