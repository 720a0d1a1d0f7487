// Properties of the worker's producers, consumers and admin clients: producer.*, consumer.*, admin.*
import { accepted, type Definition, prefixed, type Row, unsupported } from '../definition';
import { CONNECTION_PROPERTIES, commonClient, connection } from './client';

const SAME = "One connection serves all clients: it has to say what the worker's own property says.";

/** Known behind each prefix; a rule of the worker's file compares them with the worker's own. */
const sameConnection: readonly Definition[] = [
  ...accepted(SAME, [['bootstrap.servers', 'list', null, 'low', "As the worker's own `bootstrap.servers`."]]),
  ...connection.map((definition) => ({
    ...definition,
    documentation: `As the worker's own \`${definition.name}\`.`,
    importance: 'low' as const,
    effect: { kind: 'accepted' as const, why: SAME },
  })),
  ...accepted('The worker has one `client.id`.', [['client.id', 'string', '', 'low', 'Name of the client.']]),
];

const producer: readonly Definition[] = [
  ...accepted('The source always waits for all replicas and recognises what it has written after a crash.', [
    ['acks', 'string', 'all', 'low', 'Acknowledgements to wait for.'],
    ['enable.idempotence', 'boolean', 'true', 'low', 'Idempotent producer.'],
    ['max.in.flight.requests.per.connection', 'int', '5', 'low', 'Requests in flight.'],
    ['delivery.timeout.ms', 'int', '120000', 'medium', 'How long sending may take in all.'],
    ['max.block.ms', 'long', '60000', 'medium', 'How long sending may block.'],
    ['transaction.timeout.ms', 'int', '60000', 'low', 'How long a transaction may take.'],
    ['transactional.id', 'string', null, 'low', 'Name of the transactional producer.'],
  ]),
  ...accepted('A page of rows is sent at once: nothing waits in a buffer for more.', [
    ['batch.size', 'int', '16384', 'medium', 'Bytes of a batch.'],
    ['buffer.memory', 'long', '33554432', 'high', 'Bytes of the buffer.'],
    ['linger.ms', 'long', '5', 'medium', 'How long a batch waits for more records.'],
    ['max.request.size', 'int', '1048576', 'medium', "Bytes of a request; here the broker's limit decides."],
    ['metadata.max.idle.ms', 'long', '300000', 'low', 'How long metadata of an idle topic is kept.'],
  ]),
  ...accepted('The partition is chosen from the row alone, so that a repetition lands where the first attempt did.', [
    ['partitioner.class', 'class', null, 'medium', 'Partitioner.'],
    ['partitioner.ignore.keys', 'boolean', 'false', 'low', 'Whether keys choose the partition.'],
    ['partitioner.adaptive.partitioning.enable', 'boolean', 'true', 'low', 'Adapts to slow brokers.'],
    ['partitioner.availability.timeout.ms', 'long', '0', 'low', 'When a broker counts as slow.'],
  ]),
  ...unsupported('records are sent without compression for now', [
    ['compression.type', 'string', 'none', 'high', 'Compression of the batches.'],
    ['compression.*', 'int', null, 'low', 'Level of the compression.'],
  ]),
];

const serializers: readonly Row[] = [
  ['key.serializer', 'class', null, 'high', 'Connect sets it itself.'],
  ['value.serializer', 'class', null, 'high', 'Connect sets it itself.'],
  ['key.deserializer', 'class', null, 'high', 'Connect sets it itself.'],
  ['value.deserializer', 'class', null, 'high', 'Connect sets it itself.'],
];

const consumer: readonly Definition[] = [
  ...accepted("The trigger's batch size and window decide how much a function is given at once.", [
    ['fetch.max.bytes', 'int', '52428800', 'medium', 'Bytes of an answer.'],
    ['fetch.max.wait.ms', 'int', '500', 'low', 'How long the broker waits for more.'],
    ['fetch.min.bytes', 'int', '1', 'high', 'Fewest bytes of an answer.'],
    ['max.partition.fetch.bytes', 'int', '1048576', 'high', 'Bytes of a partition in an answer.'],
    ['max.poll.records', 'int', '500', 'medium', 'Records of a poll.'],
    ['check.crcs', 'boolean', 'true', 'low', 'Checks checksums.'],
  ]),
  ...accepted('The trigger runs the consumer group.', [
    ['auto.commit.interval.ms', 'int', '5000', 'low', 'Interval of commits.'],
    ['enable.auto.commit', 'boolean', 'false', 'medium', 'Connect commits itself.'],
    ['group.id', 'string', null, 'high', 'Consumer group; Connect uses connect-NAME.'],
    ['group.*', 'string', null, 'low', 'Settings of the group.'],
    ['heartbeat.interval.ms', 'int', '3000', 'high', 'Interval of heartbeats.'],
    ['max.poll.interval.ms', 'int', '300000', 'medium', 'Longest time between polls.'],
    ['partition.assignment.strategy', 'list', null, 'medium', 'How partitions are given to members.'],
    ['session.timeout.ms', 'int', '45000', 'high', 'When a member counts as gone.'],
    ['allow.auto.create.topics', 'boolean', 'true', 'medium', 'Lets the broker create topics.'],
    ['client.rack', 'string', '', 'low', 'Rack of the client.'],
    ['exclude.internal.topics', 'boolean', 'true', 'medium', 'Hides internal topics from patterns.'],
  ]),
  ...unsupported('a sink begins at the first record that is there, as in Connect', [
    ['auto.offset.reset', 'string', 'earliest', 'medium', 'Where to begin without a committed offset.'],
  ]),
  ...unsupported('AWS does not say which isolation level its trigger has, so nothing else can be promised', [
    ['isolation.level', 'string', 'read_uncommitted', 'medium', 'Whether records of open transactions are read.'],
  ]),
];

/** The prefixes that `worker.properties` has, and what is known behind each. */
export const prefixedClients: readonly Definition[] = [
  ...prefixed('producer.', [...sameConnection, ...commonClient, ...producer]),
  ...prefixed('consumer.', [...sameConnection, ...commonClient, ...consumer]),
  ...prefixed('admin.', [...sameConnection, ...commonClient]),
  ...accepted('The converter decides how keys and values are read and written.', [
    ...['producer.', 'consumer.'].flatMap((prefix) =>
      serializers.map(([name, ...rest]): Row => [`${prefix}${name}`, ...rest]),
    ),
  ]),
];

/** Names behind a prefix whose value must be the worker's own. */
export const SAME_AS_WORKER: readonly string[] = ['producer.', 'consumer.', 'admin.'].flatMap((prefix) =>
  CONNECTION_PROPERTIES.map((name) => `${prefix}${name}`),
);
