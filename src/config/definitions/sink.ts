// Properties of Confluent's S3 sink, and our own.
import { type Definition, REQUIRED, used } from '../definition';
import { topicPatternProblem } from '../topic-pattern';
import { emptyOr, onlyClass, text, topicNames } from '../validators';
import { connectorClass, connectorDefinitions } from './connector';
import { sinkConverters } from './converter';
import { trigger } from './deployment';
import { sinkErrors } from './errors';
import { format } from './sink-format';
import { nulls, objects, place } from './sink-objects';
import { partitioner } from './sink-partitioner';
import { rotation } from './sink-rotation';

export const SINK_CLASS = 'io.confluent.connect.s3.S3SinkConnector';
const STORAGE = 'io.confluent.connect.s3.storage.S3Storage';

const [name, type, default_, importance, documentation] = connectorClass;
const pattern = text('a regular expression, for the whole name', topicPatternProblem);

const what: readonly Definition[] = used([
  [name, type, default_, importance, documentation, onlyClass(SINK_CLASS, 'the sink is')],
  ['topics', 'list', '', 'high', 'Topics to store.', emptyOr(topicNames)],
  ['topics.regex', 'string', '', 'high', 'Topics to store, in place of `topics`.', emptyOr(pattern)],
  ['storage.class', 'class', REQUIRED, 'high', 'Kind of storage.', onlyClass(STORAGE, 'only S3 is')],
]);

export const sinkDefinitions: readonly Definition[] = [
  ...what,
  ...format,
  ...rotation,
  ...partitioner,
  ...place,
  ...objects,
  ...nulls,
  ...trigger,
  ...connectorDefinitions,
  ...sinkConverters,
  ...sinkErrors,
];
