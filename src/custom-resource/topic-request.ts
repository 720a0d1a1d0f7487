// What CloudFormation asks about a topic, read from its event.
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { ConnectlessError } from '../errors';

export interface TopicProperties {
  readonly topic: string;
  /** Absent: the broker's default. */
  readonly partitions?: number;
  /** Absent: the broker's default. */
  readonly replicationFactor?: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface TopicRequest {
  readonly wanted: TopicProperties;
  /** Of the same topic, in the deployment before; absent: this one is new to CloudFormation. */
  readonly before?: TopicProperties;
}

/** Throws TOPIC_REQUEST_INVALID. */
export function topicRequest(event: CloudFormationCustomResourceEvent): TopicRequest {
  const wanted = topicProperties(event.ResourceProperties);
  if (event.RequestType !== 'Update') return { wanted };
  const before = topicProperties(event.OldResourceProperties);
  return before.topic === wanted.topic ? { wanted, before } : { wanted };
}

type Properties = Readonly<Record<string, unknown>>;

function topicProperties(properties: Properties): TopicProperties {
  const { Topic: topic, Config: config = {} } = properties;
  if (typeof topic !== 'string' || topic === '') throw invalid('Topic', 'write the name of a topic');
  if (typeof config !== 'object' || config === null) throw invalid('Config', 'write names and values of the topic');
  return {
    topic,
    ...number(properties, 'Partitions', 'partitions'),
    ...number(properties, 'ReplicationFactor', 'replicationFactor'),
    config: Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)])),
  };
}

/** CloudFormation hands on everything as a string. */
function number<Name extends string>(properties: Properties, property: string, name: Name): { [_ in Name]?: number } {
  const text = properties[property];
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,8}$/.test(String(text))) throw invalid(property, 'write a whole number above 0, or leave it out');
  return { [name]: Number(text) } as { [_ in Name]?: number };
}

function invalid(property: string, write: string): ConnectlessError {
  return new ConnectlessError('TOPIC_REQUEST_INVALID', `Custom::KafkaTopic, property ${property}: ${write}.`);
}
