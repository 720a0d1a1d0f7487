// Which converter a sink has, and what its properties say.
import { describe, expect, test } from '@jest/globals';
import { type Properties, SINK, validate, WORKER } from './files';

const AVRO = 'io.confluent.connect.avro.AvroConverter';
const GLUE = 'com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter';
const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';
const STRING = 'org.apache.kafka.connect.storage.StringConverter';
const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
const FILES = { ...SINK, 'format.class': 'io.confluent.connect.s3.format.json.JsonFormat' };
const KEYS = { 'store.kafka.keys': 'true' };

const convertersOf = (worker: Properties, sink: Properties) => {
  const { config, faults } = validate({ ...WORKER, ...worker }, { ...FILES, ...sink });
  expect(faults).toEqual([]);
  return config?.connectors[0];
};

describe('the converter of values', () => {
  test.each<[Properties, Properties, object]>([
    [{}, {}, { kind: 'avro', registry: { url: 'http://localhost:8081' } }],
    [{ 'value.converter': JSON_CONVERTER }, {}, { kind: 'json', schemas: true }],
    [
      { 'value.converter': JSON_CONVERTER, 'value.converter.schemas.enable': 'false' },
      {},
      { kind: 'json', schemas: false },
    ],
    [{}, { 'value.converter': BYTES }, { kind: 'bytes' }],
    [{ 'value.converter': BYTES }, { 'value.converter': STRING }, { kind: 'string', encoding: 'UTF-8' }],
    [
      {},
      { 'value.converter': STRING, 'value.converter.converter.encoding': 'iso-8859-1' },
      { kind: 'string', encoding: 'ISO-8859-1' },
    ],
    [
      {},
      { 'value.converter': STRING, 'value.converter.converter.encoding': 'latin1' },
      { kind: 'string', encoding: 'LATIN1' },
    ],
    [{}, { 'value.converter': GLUE }, { kind: 'glue' }],
    [
      {},
      {
        'value.converter': GLUE,
        'value.converter.region': 'eu-west-1',
        'value.converter.endpoint': 'http://localhost:4566',
        'value.converter.avroRecordType': 'GENERIC_RECORD',
        'value.converter.schemaAutoRegistrationEnabled': 'true',
      },
      { kind: 'glue', region: 'eu-west-1', endpoint: 'http://localhost:4566' },
    ],
    [
      { 'value.converter.basic.auth.credentials.source': 'USER_INFO', 'value.converter.basic.auth.user.info': 'u:p' },
      {
        'value.converter': AVRO,
        'value.converter.schema.registry.url': 'http://x:y@other:8081/',
        'value.converter.enhanced.avro.schema.support': 'true',
        'value.converter.auto.register.schemas': 'false',
      },
      { kind: 'avro', registry: { url: 'http://other:8081', basicAuth: 'x:y' } },
    ],
    // In Connect a converter of a connector's own has none of the worker's settings.
    [
      { 'value.converter': JSON_CONVERTER, 'value.converter.schemas.enable': 'false' },
      { 'value.converter': JSON_CONVERTER },
      { kind: 'json', schemas: true },
    ],
  ])('of a worker with %j and a sink with %j', (worker, sink, value) => {
    expect(convertersOf(worker, sink)).toHaveProperty('converters.value', value);
  });
});

describe('the converter of keys', () => {
  test.each<[Properties, Properties, object]>([
    [{ 'key.converter': STRING }, {}, { kind: 'bytes' }],
    [{ 'key.converter': 'com.acme.Any' }, {}, { kind: 'bytes' }],
    [{ 'key.converter': STRING }, KEYS, { kind: 'string', encoding: 'UTF-8' }],
    [
      { 'key.converter.schema.registry.url': 's3://b/registry' },
      KEYS,
      { kind: 'avro', registry: { url: 's3://b/registry' } },
    ],
    [
      {},
      {
        ...KEYS,
        'key.converter': JSON_CONVERTER,
        'key.converter.schemas.enable': 'false',
        'keys.format.class': FILES['format.class'],
      },
      { kind: 'json', schemas: false },
    ],
  ])('of a worker with %j and a sink with %j', (worker, sink, key) => {
    expect(convertersOf(worker, sink)).toHaveProperty('converters.key', key);
  });
});

describe('the converter of headers', () => {
  test.each<[Properties, Properties, string]>([
    [{}, {}, 'simple'],
    [{ 'header.converter': STRING }, {}, 'string'],
    [
      { 'header.converter': STRING },
      { 'header.converter': 'org.apache.kafka.connect.storage.SimpleHeaderConverter' },
      'simple',
    ],
    [{ 'header.converter': JSON_CONVERTER, 'header.converter.schemas.enable': 'false' }, {}, 'simple'],
  ])('of a worker with %j and a sink with %j', (worker, sink, headers) => {
    expect(convertersOf(worker, sink)).toHaveProperty('converters.headers', headers);
  });
});

test('a worker without Avro has the built-in registry beside its state', () => {
  const { config } = validate({ ...WORKER, 'value.converter': STRING, 'connectless.state.url': 's3://b/state' }, FILES);
  expect(config?.worker.valueRegistry).toEqual({ url: 's3://b/state' });
});
