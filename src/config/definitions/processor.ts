// Properties of the processor, our own connector: it copies records from topics to a topic.
import { type Definition, REQUIRED, unsupported, used } from '../definition';
import { onlyClass, topicNames } from '../validators';
import { connectorClass, connectorDefinitions } from './connector';
import { workersConverter } from './converter';
import { topicCreation, trigger } from './deployment';
import { noErrors } from './errors';

export const PROCESSOR_CLASS = 'connectless.Processor';

const [name, type, default_, importance, documentation] = connectorClass;

export const processorDefinitions: readonly Definition[] = [
  ...used([
    [name, type, default_, importance, documentation, onlyClass(PROCESSOR_CLASS, 'it is the processor')],
    ['topics', 'list', REQUIRED, 'high', 'Topics to read.', topicNames],
    ['connectless.output.topic', 'string', REQUIRED, 'high', 'Topic to write.', topicNames],
  ]),
  ...unsupported('patterns of topics are not supported yet', [
    ['topics.regex', 'string', '', 'high', 'Topics to read, as a regular expression.'],
  ]),
  ...trigger,
  ...topicCreation,
  ...connectorDefinitions,
  ...workersConverter,
  ...noErrors,
];
