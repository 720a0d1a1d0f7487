// Properties that every connector has.
import { accepted, type Definition, REQUIRED, type Row, unsupported, used } from '../definition';
import { atLeast, notEmpty, oneOf, text } from '../validators';
import { deployment } from './deployment';

/** A name is a part of keys in the state store and of names on AWS. */
const connectorName = text('letters, digits, `.`, `_`, `-`, up to 100', (name) =>
  /^[A-Za-z0-9][\w.-]{0,99}$/.test(name)
    ? undefined
    : { what: 'is no name of a connector', write: 'use letters, digits, ".", "_" and "-", up to 100' },
);

const ONE_CLIENT = 'all connectors share the clients of the worker for now';

export const connectorClass: Row = ['connector.class', 'string', REQUIRED, 'high', 'What the connector is.', notEmpty];

export const connectorDefinitions: readonly Definition[] = [
  ...used([['name', 'string', REQUIRED, 'high', 'Name of the connector, unique in the pipeline.', connectorName]]),
  ...deployment,
  ...accepted('There are no tasks: partitions and functions decide what runs side by side.', [
    ['tasks.max', 'int', '1', 'high', 'Most tasks of the connector.', atLeast(1)],
    ['tasks.max.enforce', 'boolean', 'true', 'low', 'Refuses more tasks.'],
  ]),
  ...accepted('Connectors and converters are built in, in one version.', [
    ['connector.plugin.version', 'string', null, 'medium', 'Version of the connector.'],
  ]),
  ...accepted('Files are read when a function starts.', [
    ['config.action.reload', 'string', 'restart', 'low', 'What to do when a secret changes.', oneOf('none', 'restart')],
  ]),
  ...unsupported('transforms come with a later version', [
    ['transforms', 'list', '', 'low', 'Names of the transforms, in order.'],
    ['transforms.*', 'string', null, 'low', 'Settings of the transforms.'],
    ['predicates', 'list', '', 'low', 'Names of the predicates of transforms.'],
    ['predicates.*', 'string', null, 'low', 'Settings of the predicates.'],
  ]),
  ...unsupported(ONE_CLIENT, [
    ['producer.override.*', 'string', null, 'low', "Settings of this connector's producer."],
    ['consumer.override.*', 'string', null, 'low', "Settings of this connector's consumer."],
    ['admin.override.*', 'string', null, 'low', "Settings of this connector's admin client."],
  ]),
  ...accepted('No licence is needed.', [
    ['confluent.license', 'password', null, 'low', 'Licence of Confluent Platform.'],
    ['confluent.license.*', 'string', null, 'low', 'Topic of the licence.'],
    ['confluent.topic.*', 'string', null, 'low', 'Topic of the licence.'],
  ]),
];
