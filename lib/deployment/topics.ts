// The topics that a pipeline needs, and the consumer group that each trigger joins.
import type { ProcessorConfig } from '../../src/config/model';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { SinkConfig } from '../../src/config/sink-model';
import { mayWrite, sourceTopics } from './source-topics';

export interface PlannedTopic {
  readonly topic: string;
  /** Absent: the broker's default. */
  readonly partitions?: number;
  /** Absent: the broker's default. */
  readonly replicationFactor?: number;
}

/**
 * Every topic that a file names, once, with the `topic.creation.default.*` of whoever writes it. Tables that no file names have no
 * topic here: their source says so in its error, and `connectless preflight` before.
 */
export function plannedTopics(connectors: readonly ConnectorConfig[]): readonly PlannedTopic[] {
  const names = new Set(connectors.flatMap(topicsOf));
  return [...names].sort().map((topic) => ({ topic, ...creationOf(topic, connectors) }));
}

/** That its file names; of a sink with a pattern, those that were matched. */
export function topicsOf(connector: ConnectorConfig): readonly string[] {
  switch (connector.kind) {
    case 'source':
      return sourceTopics(connector);
    case 'processor':
      return [...connector.topics, connector.outputTopic];
    case 'sink':
      return [...connector.topics, ...deadLetterTopic(connector)];
  }
}

function creationOf(topic: string, connectors: readonly ConnectorConfig[]): Omit<PlannedTopic, 'topic'> {
  const writer =
    connectors.find((connector) => writes(connector, topic)) ??
    connectors.find((connector) => connector.kind === 'source' && mayWrite(connector, topic));
  if (writer === undefined) return {};
  return writer.kind === 'sink' ? deadLetterCreation(writer) : writer.topicCreation;
}

function deadLetterTopic({ errors }: SinkConfig): readonly string[] {
  return errors.deadLetters === undefined ? [] : [errors.deadLetters.topic];
}

/** As Connect makes it. */
function deadLetterCreation({ errors }: SinkConfig): Omit<PlannedTopic, 'topic'> {
  const { replicationFactor = -1 } = errors.deadLetters ?? {};
  return { partitions: 1, ...(replicationFactor === -1 ? {} : { replicationFactor }) };
}

function writes(connector: ConnectorConfig, topic: string): boolean {
  if (connector.kind === 'source') return sourceTopics(connector).includes(topic);
  if (connector.kind === 'sink') return deadLetterTopic(connector).includes(topic);
  return connector.outputTopic === topic;
}

export interface TriggeredTopic {
  readonly topic: string;
  readonly group: string;
}

/**
 * `connect-NAME` is the group of Connect's sink, so that a trigger goes on where it stopped. AWS wants a group of its own for each
 * trigger, and a trigger has one topic: the first one has that group, and each behind it `connect-NAME-TOPIC`. Lambda refuses a second
 * trigger of a topic, so what has a trigger must keep its group when topics are added. Of a pattern's topics none is the first one.
 */
export function triggeredTopics(connector: SinkConfig | ProcessorConfig): readonly TriggeredTopic[] {
  const { name, topics } = connector;
  const hasFirst = connector.kind === 'processor' || connector.topicsRegex === undefined;
  return topics.map((topic, index) => ({
    topic,
    group: index === 0 && hasFirst ? `connect-${name}` : `connect-${name}-${topic}`,
  }));
}
