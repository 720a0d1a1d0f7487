// Properties of converters that nothing looks at.
import { describe, expect, test } from '@jest/globals';
import { type Properties, SINK, SOURCE, validate, WORKER } from './files';

const STRING = 'org.apache.kafka.connect.storage.StringConverter';
const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';
const AVRO = 'io.confluent.connect.avro.AvroConverter';
const GLUE = 'com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter';
const KEYS = { 'store.kafka.keys': 'true' };
const HEADERS = { 'store.kafka.headers': 'true' };

const notesOf = (where: string, worker: Properties, ...connectors: Properties[]) => {
  const { notes, faults } = validate({ ...WORKER, ...worker }, ...connectors);
  expect(faults).toEqual([]);
  return notes.filter(({ file }) => file === where).map(({ property, why }) => `${property}: ${why}`);
};

describe("a setting is noted beside a converter of another's", () => {
  const url = { 'schema.registry.url': 'http://r' };
  test.each<[string, Properties, string]>([
    [STRING, url, "Confluent's AvroConverter"],
    [JSON_CONVERTER, { 'converter.encoding': 'UTF-8' }, 'the StringConverter'],
    [STRING, { 'schemas.enable': 'false' }, 'the JsonConverter'],
    [STRING, { region: 'eu-west-1' }, 'the AWSKafkaAvroConverter'],
    [GLUE, url, "Confluent's AvroConverter"],
  ])('%s, %j', (converter, settings, owner) => {
    for (const side of ['value', 'key']) {
      const named = Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [`${side}.converter.${name}`, value]),
      );
      const sink = { ...SINK, ...KEYS, 'key.converter': STRING, [`${side}.converter`]: converter, ...named };
      expect(notesOf('c0', {}, sink)).toEqual(Object.keys(named).map((name) => `${name}: Only ${owner} looks at it.`));
    }
  });

  test("in the worker's file, too", () => {
    const worker = { 'key.converter': undefined, 'value.converter': STRING };
    expect(notesOf('w', worker, SINK)).toEqual([
      "value.converter.schema.registry.url: Only Confluent's AvroConverter looks at it.",
    ]);
  });

  test('and not beside its own', () => {
    const sink = { ...SINK, ...KEYS, 'key.converter': JSON_CONVERTER, 'key.converter.schemas.enable': 'true' };
    const avro = { 'value.converter': AVRO, 'value.converter.schema.registry.url': 'http://r' };
    expect(notesOf('c0', {}, { ...sink, ...avro })).toEqual([]);
  });
});

describe("the worker's converters of keys and headers", () => {
  const worker = { 'key.converter': STRING, 'key.converter.converter.encoding': 'UTF-8', 'header.converter': STRING };
  const keys = ['key.converter', 'key.converter.converter.encoding'].map(
    (name) => `${name}: No sink stores keys, so they are not converted.`,
  );
  const headers = ['header.converter: No sink stores headers, so they are not converted.'];

  test.each<[string, Properties[], string[]]>([
    ['neither', [SOURCE, SINK], [...keys, ...headers]],
    ['keys', [SINK, { ...SINK, ...KEYS, name: 's2', topics: 'b' }], headers],
    ['headers', [{ ...SINK, ...HEADERS }], keys],
    ['both', [{ ...SINK, ...KEYS, ...HEADERS }], []],
  ])('are noted unless a sink stores them: %s', (_, connectors, lines) => {
    const notes = notesOf('w', worker, ...connectors);
    expect(notes.sort()).toEqual([...lines].sort());
  });
});
