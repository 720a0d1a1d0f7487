// Properties that every connector has.
import { accepted, type Definition, REQUIRED, type Row, unsupported, used } from '../definition';
import { atLeast, notEmpty, oneOf, text } from '../validators';
import { headerConverter, keyConverter, valueConverter } from './converter';
import { deployment } from './deployment';

/** A name is a part of keys in the state store and of names on AWS. */
const connectorName = text('letters, digits, `.`, `_`, `-`, up to 100', (name) =>
  /^[A-Za-z0-9][\w.-]{0,99}$/.test(name)
    ? undefined
    : { what: 'is no name of a connector', write: 'use letters, digits, ".", "_" and "-", up to 100' },
);

const ONE_CLIENT = 'all connectors share the clients of the worker for now';

/** The same converter for all: a rule compares these with the worker's own. */
const ownConverters: readonly Definition[] = valueConverter.map((definition) => ({
  ...definition,
  required: false,
  default: null,
  effect: { kind: 'accepted' as const, why: "It says what the worker's own property says." },
}));

export const connectorClass: Row = ['connector.class', 'string', REQUIRED, 'high', 'What the connector is.', notEmpty];

export const connectorDefinitions: readonly Definition[] = [
  ...used([['name', 'string', REQUIRED, 'high', 'Name of the connector, unique in the pipeline.', connectorName]]),
  ...deployment,
  ...ownConverters,
  ...keyConverter,
  ...headerConverter,
  ...accepted('There are no tasks: partitions and functions decide what runs side by side.', [
    ['tasks.max', 'int', '1', 'high', 'Most tasks of the connector.', atLeast(1)],
    ['tasks.max.enforce', 'boolean', 'true', 'low', 'Refuses more tasks.'],
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
  ...unsupported('a record that cannot be written stops its partition; there is no other way yet', [
    ['errors.tolerance', 'string', 'none', 'medium', 'What to do with records that cannot be written.'],
    ['errors.deadletterqueue.topic.name', 'string', '', 'medium', 'Topic for such records.'],
    ['errors.retry.timeout', 'long', '0', 'medium', 'How long a failed operation is tried again.'],
  ]),
  ...accepted('Without a dead-letter queue they have nothing to set.', [
    ['errors.deadletterqueue.topic.replication.factor', 'int', '3', 'medium', 'Replicas of that topic.'],
    ['errors.deadletterqueue.context.headers.enable', 'boolean', 'false', 'medium', 'Headers with the reason.'],
    ['errors.retry.delay.max.ms', 'long', '60000', 'medium', 'Longest pause between attempts.'],
  ]),
  ...accepted('An error is always logged, with topic, partition and offset.', [
    ['errors.log.enable', 'boolean', 'false', 'medium', 'Logs errors.'],
  ]),
  ...unsupported('what a record holds is never logged', [
    ['errors.log.include.messages', 'boolean', 'false', 'medium', 'Logs the record that failed.'],
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
