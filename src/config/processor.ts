// A processor's file: the configuration that it says.
import type { Values } from './check';
import { buildDeployment, buildTopicCreation, buildTrigger } from './deployment';
import type { ProcessorConfig } from './model';

/** Of a file without faults. */
export function buildProcessor(values: Values): ProcessorConfig {
  return {
    kind: 'processor',
    name: values.text('name'),
    deployment: buildDeployment(values),
    trigger: buildTrigger(values),
    topicCreation: buildTopicCreation(values),
    topics: values.list('topics'),
    outputTopic: values.text('connectless.output.topic'),
  };
}
