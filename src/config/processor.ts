// A processor's file: the configuration that it says.
import type { Values } from './check';
import type { ProcessorConfig } from './model';

/** Of a file without faults. */
export function buildProcessor(values: Values): ProcessorConfig {
  return {
    kind: 'processor',
    name: values.text('name'),
    topics: values.list('topics'),
    outputTopic: values.text('connectless.output.topic'),
  };
}
