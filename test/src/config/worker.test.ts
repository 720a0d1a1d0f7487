// Faults of the worker's file.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SINK, WORKER } from './files';

describe('a fault of the worker', () => {
  test.each<[Properties, string]>([
    [{ 'bootstrap.server': 'x' }, 'w:6: bootstrap.server: is not a known property; did you mean bootstrap.servers?'],
    [
      { 'bootstrap.servers': 'localhost' },
      'w:1: bootstrap.servers: "localhost" is not host:port; write for example localhost:9092',
    ],
    [
      { 'value.converter.schema.registry.url': undefined },
      'w: value.converter.schema.registry.url: is missing (The registry: a Confluent-compatible one, or the built-in one); add value.converter.schema.registry.url=…, valid: not empty, http(s)://…, s3://bucket/prefix, file:///directory, or <placeholder>, one only',
    ],
    [
      { 'value.converter.schema.registry.url': 'localhost:8081' },
      'w:4: value.converter.schema.registry.url: "localhost:8081" is no address of a registry; write http(s)://host:port, or s3://bucket/prefix or file:///directory for the built-in registry',
    ],
    [
      { 'offset.storage.file.filename': undefined },
      'w: offset.storage.file.filename: is missing, so there is no place for the state; add offset.storage.file.filename=/tmp/connect.offsets or connectless.state.url=s3://bucket/prefix',
    ],
    [
      { 'producer.security.protocol': 'SSL' },
      'w:6: producer.security.protocol: differs from security.protocol, and one connection serves all clients; write the same value, or delete the line',
    ],
    [
      { 'producer.compression.type': 'gzip' },
      'w:6: producer.compression.type: is not supported: records are sent without compression for now; delete the line, or write its default "none"',
    ],
    [
      { 'consumer.interceptor.classes': 'com.acme.Filter' },
      'w:6: consumer.interceptor.classes: "com.acme.Filter" names an interceptor that would have to run in a JVM; delete the line',
    ],
    [{ 'rest.port': 'eighty' }, 'w:6: rest.port: "eighty" is not a whole number; write digits only'],
    [
      { 'sasl.mechanism': 'GSSAPI' },
      'w:6: sasl.mechanism: "GSSAPI" is not supported yet (PLAIN, SCRAM and AWS_MSK_IAM are); write PLAIN or SCRAM-SHA-256 or SCRAM-SHA-512 or AWS_MSK_IAM',
    ],
    [
      { 'config.providers': 'vault' },
      'w:6: config.providers: names a provider without a class; add config.providers.vault.class=…',
    ],
    [{ 'flush.size': '3' }, 'w:6: flush.size: is a property of the sink; move or delete the line'],
  ])('%j is reported', (properties, line) => expect(faultsOf({ ...WORKER, ...properties })).toEqual([line]));

  test('SASL without its properties is reported for each', () => {
    expect(faultsOf({ ...WORKER, 'security.protocol': 'SASL_SSL' })).toEqual([
      'w: sasl.mechanism: is missing, and security.protocol asks for SASL; add sasl.mechanism=…',
      'w: sasl.jaas.config: is missing, and security.protocol asks for SASL; add sasl.jaas.config=…',
    ]);
  });

  test("a connector's file in its place is one fault", () => {
    expect(faultsOf(SINK)).toEqual([
      "w:2: connector.class: makes this a connector's file, and the first file must be the worker's; give worker.properties first, then the connectors",
    ]);
  });
});
