import { describe, expect, test } from '@jest/globals';
import { registriesOf } from '../../../lib/deployment/registries';
import type { Properties } from '../../src/config/files';
import { PROCESSOR, SINK, SOURCE } from '../../src/config/files';
import { decided } from './decided';

const AVRO = 'io.confluent.connect.avro.AvroConverter';
const GLUE = 'com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter';
const STRING = 'org.apache.kafka.connect.storage.StringConverter';
const THERE = 'https://registry.example.com:8443';

function registries(connector: Properties, worker: Properties = {}) {
  const { config } = decided({ worker, connectors: [connector] });
  const [own] = config.connectors;
  if (own === undefined) throw new Error('there is no connector');
  return registriesOf(own, config.worker);
}

const keys = { 'store.kafka.keys': 'true', 'keys.format.class': 'io.confluent.connect.s3.format.avro.AvroFormat' };
const own = (side: string, converter: string, url?: string) => ({
  [`${side}.converter`]: converter,
  ...(url === undefined ? {} : { [`${side}.converter.schema.registry.url`]: url }),
});

describe('the registries that are asked', () => {
  test.each([SOURCE, PROCESSOR, SINK])("are the worker's, be it built in or somebody else's: %j", (connector) => {
    expect(registries(connector)).toEqual({ builtIn: true, urls: [], glue: false });
    expect(registries(connector, { 'value.converter.schema.registry.url': THERE })).toEqual({
      builtIn: false,
      urls: [THERE],
      glue: false,
    });
  });

  test.each([
    ['its own', own('value', AVRO, THERE), { builtIn: false, urls: [THERE], glue: false }],
    ['AWS Glue', own('value', GLUE), { builtIn: false, urls: [], glue: true }],
    ['none', own('value', STRING), { builtIn: false, urls: [], glue: false }],
    [
      'one for values and another for the keys that it stores',
      { ...own('value', AVRO, THERE), ...own('key', AVRO, 'http://localhost:8081'), ...keys },
      { builtIn: true, urls: [THERE], glue: false },
    ],
    [
      'the same one for both, once',
      { ...own('value', AVRO, THERE), ...own('key', AVRO, THERE), ...keys },
      { builtIn: false, urls: [THERE], glue: false },
    ],
  ])('of a sink are %s where its own converters say so', (_, properties, expected) => {
    const format = 'io.confluent.connect.s3.format.json.JsonFormat';
    expect(registries({ ...SINK, 'format.class': format, ...properties })).toEqual(expected);
  });
});
