// Properties of Confluent's JDBC source, and our own.
import { type Definition, used } from '../definition';
import { onlyClass } from '../validators';
import { connectorClass, connectorDefinitions } from './connector';
import { workersConverter } from './converter';
import { functionTimeout, topicCreation } from './deployment';
import { noErrors } from './errors';
import { sourceDatabase } from './source-database';
import { sourceRows } from './source-rows';
import { sourceTables } from './source-tables';
import { sourceTransforms } from './source-transforms';
import { sourceTypes } from './source-types';

export const SOURCE_CLASS = 'io.confluent.connect.jdbc.JdbcSourceConnector';

const [name, type, default_, importance, documentation] = connectorClass;

/** Within the minute of its schedule; an invocation keeps 2 s for the end of its last page. */
const timeout = functionTimeout(58_000, 5000, 900_000);

export const sourceDefinitions: readonly Definition[] = [
  ...used([[name, type, default_, importance, documentation, onlyClass(SOURCE_CLASS, 'the source is')]]),
  ...sourceDatabase,
  ...sourceRows,
  ...sourceTables,
  ...sourceTypes,
  ...timeout,
  ...topicCreation,
  ...connectorDefinitions.filter(({ name }) => !sourceTransforms.some((own) => own.name === name)),
  ...sourceTransforms,
  ...workersConverter,
  ...noErrors,
];
