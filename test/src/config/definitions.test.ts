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
