// The definitions themselves: each name once, each default valid.
import { describe, expect, test } from '@jest/globals';
import { definitionOf } from '../../../src/config/definition';
import { workerDefinitions } from '../../../src/config/definitions/worker';
import { connectorKinds } from '../../../src/config/kinds';
import { parseValue } from '../../../src/config/value';

const sets = [
  { title: 'the worker', definitions: workerDefinitions },
  ...connectorKinds.map(({ kind, definitions }) => ({ title: `the ${kind}`, definitions })),
];

describe.each(sets)('the definitions of $title', ({ definitions }) => {
  test('have each name once', () => {
    const names = definitions.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('have defaults that are valid', () => {
    for (const { name, type, default: default_, effect, validator } of definitions) {
      if (default_ === null) continue;
      const parsed = parseValue(type, default_);
      expect({ name, parsed }).toHaveProperty('parsed.value');
      if (effect.kind === 'used' && 'value' in parsed) {
        expect({ name, problem: validator?.check(parsed.value) }).toEqual({ name, problem: undefined });
      }
    }
  });

  test('say in a sentence what each property is', () => {
    expect(
      definitions.filter(({ documentation }) => !/^\S.*[.]$/s.test(documentation)).map(({ name }) => name),
    ).toEqual([]);
  });
});

test('a name goes before the prefix that it begins with, and the longer prefix before the shorter', () => {
  expect(definitionOf('config.providers.env.param.allowlist.pattern', workerDefinitions)?.name).toBe(
    'config.providers.*.param.*',
  );
  expect(definitionOf('config.providers.sm.param.region', workerDefinitions)?.name).toBe(
    'config.providers.*.param.region',
  );
  expect(definitionOf('config.providers.env.class', workerDefinitions)?.name).toBe('config.providers.*.class');
  expect(definitionOf('config.providers.env.klass', workerDefinitions)).toBeUndefined();
  expect(definitionOf('config.providers.a.b.class', workerDefinitions)).toBeUndefined();
  expect(definitionOf('config.providers.a.class.b', workerDefinitions)).toBeUndefined();
  expect(definitionOf('producer.compression.type', workerDefinitions)?.name).toBe('producer.compression.type');
  expect(definitionOf('producer.compressionn', workerDefinitions)).toBeUndefined();
});

// Names as Kafka 4.1's documentation lists them for standalone workers, in its order.
test.each(
  `bootstrap.servers key.converter value.converter offset.storage.file.filename client.dns.lookup listeners
  config.providers connector.client.config.override.policy header.converter metadata.max.age.ms
  access.control.allow.methods access.control.allow.origin admin.listeners client.id metric.reporters
  metrics.num.samples metrics.recording.level metrics.sample.window.ms offset.flush.interval.ms offset.flush.timeout.ms
  plugin.discovery plugin.path rest.advertised.host.name rest.advertised.listener rest.advertised.port rest.extension.classes
  response.http.headers.config ssl.client.auth task.shutdown.graceful.timeout.ms topic.creation.enable
  topic.tracking.allow.reset topic.tracking.enable rest.host.name rest.port group.id config.storage.topic
  offset.storage.topic offset.storage.partitions status.storage.topic config.storage.replication.factor security.protocol
  sasl.mechanism sasl.jaas.config ssl.truststore.location producer.interceptor.classes consumer.interceptor.classes
  producer.confluent.monitoring.interceptor.bootstrap.servers value.converter.schemas.enable key.converter.schemas.enable`.split(
    /\s+/,
  ),
)('the worker knows %s', (name) => expect(definitionOf(name, workerDefinitions)).toBeDefined());

// Names as Confluent documents them for its S3 sink 12, and Kafka 4.1 for sink connectors.
test.each(
  `name connector.class tasks.max topics topics.regex key.converter value.converter header.converter config.action.reload
  transforms predicates errors.retry.timeout errors.retry.delay.max.ms errors.tolerance errors.log.enable
  errors.log.include.messages errors.deadletterqueue.topic.name errors.deadletterqueue.topic.replication.factor
  errors.deadletterqueue.context.headers.enable format.class flush.size rotate.interval.ms rotate.schedule.interval.ms
  rotate.file.on.partition.change schema.cache.size enhanced.avro.schema.support connect.meta.data retry.backoff.ms
  shutdown.timeout.ms filename.offset.zero.pad.width avro.codec parquet.codec allow.optional.map.keys
  max.open.files.per.partition schema.compatibility s3.bucket.name s3.object.tagging s3.object.tagging.key.value.pairs
  s3.object.behavior.on.tagging.error s3.region s3.part.size s3.credentials.provider.class aws.access.key.id
  aws.secret.access.key s3.ssea.name s3.sse.customer.key s3.sse.kms.key.id s3.acl.canned s3.wan.mode s3.compression.type
  s3.compression.level json.decimal.format s3.part.retries s3.retry.backoff.ms format.bytearray.extension
  format.bytearray.separator s3.proxy.url s3.proxy.user s3.proxy.password s3.http.send.expect.continue s3.send.digest
  behavior.on.null.values report.null.values.to.dlq tombstone.encoded.partition s3.schema.partition.affix.type
  s3.path.style.access.enabled s3.elastic.buffer.enable s3.elastic.buffer.init.capacity store.kafka.keys
  store.kafka.headers keys.format.class headers.format.class storage.class topics.dir store.url directory.delim file.delim
  partitioner.class partition.field.name partition.duration.ms path.format locale timezone timestamp.extractor
  timestamp.field schema.generator.class confluent.license confluent.topic.bootstrap.servers
  value.converter.schema.registry.url value.converter.schemas.enable value.converter.converter.encoding
  key.converter.schemas.enable value.converter.registry.name value.converter.region`.split(/\s+/),
)('the sink knows %s', (name) => {
  const sink = connectorKinds.find(({ kind }) => kind === 'sink')?.definitions ?? [];
  expect(definitionOf(name, sink)).toBeDefined();
});

// Names as Confluent documents them for its JDBC source 10.9.
test.each(
  `name connector.class tasks.max connection.url connection.user connection.password connection.attempts
  connection.backoff.ms connection.loginTimeout catalog.pattern schema.pattern table.whitelist table.blacklist
  table.include.list table.exclude.list numeric.precision.mapping numeric.mapping timestamp.granularity dialect.name mode
  incrementing.column.name incrementing.column.mapping incrementing.initial timestamp.column.name timestamp.columns.mapping
  timestamp.initial validate.non.null query query.masked query.suffix query.retry.attempts quote.sql.identifiers
  transaction.isolation.mode table.types poll.interval.ms batch.max.rows table.poll.interval.ms topic.prefix
  timestamp.delay.interval.ms db.timezone table.monitoring.startup.polling.limit.ms exactly.once.support
  transaction.boundary topic.creation.default.partitions topic.creation.default.replication.factor
  jdbc.credentials.provider.class connectless.table.sales.orders.topic`.split(/\s+/),
)('the source knows %s', (name) => {
  const source = connectorKinds.find(({ kind }) => kind === 'source')?.definitions ?? [];
  expect(definitionOf(name, source)).toBeDefined();
});
