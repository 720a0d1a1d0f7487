// Faults of converters, in one file or between the worker's and a connector's.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, PROCESSOR, type Properties, SINK, SOURCE, WORKER } from './files';

const AVRO = 'io.confluent.connect.avro.AvroConverter';
const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';
const STRING = 'org.apache.kafka.connect.storage.StringConverter';
const KEYS = { 'store.kafka.keys': 'true' };

describe('a fault of the worker', () => {
  test.each<[Properties, RegExp]>([
    [
      { 'value.converter': 'io.confluent.connect.protobuf.ProtobufConverter' },
      /^w:3: value\.converter: ".*ProtobufConverter" is not supported \(other converters are not supported yet\); write io\.confluent/,
    ],
    [
      { 'value.converter': 'JsonConverter' },
      /is not the full name of the class; write org\.apache\.kafka\.connect\.json\.JsonConverter$/,
    ],
    [
      { 'value.converter.auto.register.schemas': 'false' },
      /auto\.register\.schemas: is not supported: schemas are always registered /,
    ],
    [
      { 'value.converter': JSON_CONVERTER, 'value.converter.replace.null.with.default': 'false' },
      /replace\.null\.with\.default: is not supported: a null in a field with a default is always read as the default, /,
    ],
    [
      { 'value.converter': STRING, 'value.converter.converter.encoding': 'EBCDIC' },
      /converter\.encoding: "EBCDIC" is not supported \(it is none of the charsets that every JVM knows\); write UTF-8$/,
    ],
    [
      { 'value.converter.avroRecordType': 'SPECIFIC_RECORD' },
      /avroRecordType: is not supported: there are no Java classes /,
    ],
    [
      { 'key.converter.schemas.enabel': 'false' },
      /is not a known property; did you mean key\.converter\.schemas\.enable\?$/,
    ],
  ])('%j is reported', (properties, line) =>
    expect(faultsOf({ ...WORKER, ...properties })).toEqual([expect.stringMatching(line)]),
  );
});

describe('a fault of a sink', () => {
  const [any] = [expect.stringMatching(/^c0: value\.converter\.schema\.registry\.url: is missing \(The registry: /)];
  test.each<[Properties, Properties, unknown]>([
    [{}, { 'value.converter': AVRO }, any],
    [
      {},
      {
        'value.converter': AVRO,
        'value.converter.schema.registry.url': 'http://r',
        'value.converter.basic.auth.credentials.source': 'USER_INFO',
      },
      'c0:10: value.converter.basic.auth.credentials.source: asks for user and password in a property of their own, which is missing; add value.converter.basic.auth.user.info=user:password',
    ],
    [
      {},
      { 'value.converter.schemas.enable': 'false' },
      "c0:8: value.converter.schemas.enable: has no effect, in Kafka Connect neither: the worker's value.converter has its settings in w; add value.converter=…, or delete the line",
    ],
    [
      {},
      { 'key.converter.schemas.enable': 'false' },
      expect.stringMatching(/^c0:8: key\.converter\.schemas\.enable: has no effect, in Kafka Connect neither: /),
    ],
    [
      { 'key.converter': undefined },
      KEYS,
      expect.stringMatching(/^c0: key\.converter: is missing, and keys are stored; write one of io\.confluent/),
    ],
    [
      { 'key.converter': 'org.apache.kafka.connect.converters.LongConverter' },
      KEYS,
      expect.stringMatching(
        /^c0: key\.converter: is org\.apache.*LongConverter, which is not supported yet; write one of /,
      ),
    ],
    [
      {},
      { ...KEYS, 'key.converter': 'com.acme.Any' },
      expect.stringMatching(/^c0:9: key\.converter: is com\.acme\.Any, which is not supported yet; /),
    ],
    [
      {},
      KEYS,
      "c0:8: store.kafka.keys: stores keys, and the worker's key.converter has no key.converter.schema.registry.url; add key.converter.schema.registry.url=… to the worker's file",
    ],
    [
      { 'header.converter': JSON_CONVERTER },
      { 'store.kafka.headers': 'true' },
      expect.stringMatching(
        /^c0: header\.converter: is org.*JsonConverter, which is not supported yet; write one of org/,
      ),
    ],
  ])('beside a worker with %j, %j is reported', (worker, sink, line) =>
    expect(faultsOf({ ...WORKER, ...worker }, { ...SINK, ...sink })).toEqual([line]),
  );

  test('a setting that the worker has, too, does no harm', () => {
    const url = { 'value.converter.schema.registry.url': WORKER['value.converter.schema.registry.url'] };
    expect(faultsOf(WORKER, { ...SINK, ...url })).toEqual([]);
  });
});

describe("a worker's converter that is not Avro", () => {
  const what =
    "value.converter: is the worker's org.apache.kafka.connect.json.JsonConverter, and this connector writes Avro alone; write value.converter=io.confluent.connect.avro.AvroConverter in the worker's file, and give the sinks converters of their own";
  test.each([
    ['a source', SOURCE],
    ['a processor', PROCESSOR],
  ])('does not serve %s', (_, connector) => {
    expect(faultsOf({ ...WORKER, 'value.converter': JSON_CONVERTER }, connector)).toEqual([`c0: ${what}`]);
  });

  test('serves sinks', () => {
    expect(faultsOf({ ...WORKER, 'value.converter': JSON_CONVERTER }, SINK)).toEqual([]);
  });
});
