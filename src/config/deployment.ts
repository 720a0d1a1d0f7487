// What a connector's file says about its deployment on AWS.
import type { Values } from './check';
import type { DeploymentConfig, TopicCreationConfig, TriggerConfig } from './model';
import { textOf } from './rule';

/** Of a file without faults, as the others here. */
export function buildDeployment(values: Values): DeploymentConfig {
  const functionName = textOf(values, 'connectless.function.name');
  return {
    ...(functionName === undefined ? {} : { functionName }),
    memoryMb: values.number('connectless.function.memory.mb'),
    timeoutMs: values.number('connectless.function.timeout.ms'),
    logRetentionDays: values.number('connectless.log.retention.days'),
    tags: Object.fromEntries(values.list('connectless.tags').map(tagOf)),
  };
}

export function buildTrigger(values: Values): TriggerConfig {
  const pollers = textOf(values, 'connectless.trigger.pollers');
  return {
    ...(pollers === undefined ? {} : { pollers: pollersOf(pollers) }),
    batchWindowMs: values.number('connectless.trigger.batch.window.ms'),
  };
}

export function buildTopicCreation(values: Values): TopicCreationConfig {
  const partitions = values.number('topic.creation.default.partitions');
  const replicationFactor = values.number('topic.creation.default.replication.factor');
  return {
    ...(partitions === -1 ? {} : { partitions }),
    ...(replicationFactor === -1 ? {} : { replicationFactor }),
  };
}

function tagOf(tag: string): [key: string, value: string] {
  const equals = tag.indexOf('=');
  return [tag.slice(0, equals), tag.slice(equals + 1)];
}

/** `1` or `1-4`. */
function pollersOf(text: string): { min: number; max: number } {
  const [min = '', max = min] = text.split('-');
  return { min: Number(min), max: Number(max) };
}
