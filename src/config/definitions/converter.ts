// Properties of converters: those that the worker names, those of a sink, and those that must say what the worker says.
import { accepted, type Definition, prefixed, REQUIRED, type Row, used } from '../definition';
import { classes, onlyClass } from '../validators';
import { avroReader, avroWriter } from './avro-converter';
import { otherConverters } from './other-converters';

export const CONVERTERS = {
  avro: 'io.confluent.connect.avro.AvroConverter',
  glue: 'com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter',
  json: 'org.apache.kafka.connect.json.JsonConverter',
  string: 'org.apache.kafka.connect.storage.StringConverter',
  bytes: 'org.apache.kafka.connect.converters.ByteArrayConverter',
} as const;

export const HEADER_CONVERTERS = {
  simple: 'org.apache.kafka.connect.storage.SimpleHeaderConverter',
  string: CONVERTERS.string,
} as const;

const anyConverter = classes(Object.values(CONVERTERS), 'other converters are not supported yet');

const version: Row = ['plugin.version', 'string', null, 'low', 'Version of the converter.'];
const plugin: readonly Definition[] = accepted('Converters are built in, in one version.', [version]);

const readers: readonly Definition[] = [...avroReader, ...otherConverters, ...plugin];
const writers: readonly Definition[] = [...avroWriter, ...otherConverters, ...plugin];

/** Looked at by sinks that store them alone: a rule of theirs judges the class. */
const keysAndHeaders: readonly Definition[] = [
  ...used([['key.converter', 'class', null, 'high', 'Format of the keys, for sinks that store them.']]),
  ...prefixed('key.converter.', readers),
  ...used([
    ['header.converter', 'class', HEADER_CONVERTERS.simple, 'low', 'Format of the headers, for sinks that store them.'],
  ]),
  ...accepted('The converters of headers that are there have no settings.', [
    ['header.converter.*', 'string', null, 'low', 'Settings of the converter of headers.'],
  ]),
];

/** Of the worker: for every connector that has none of its own. */
export const workerConverters: readonly Definition[] = [
  ...used([['value.converter', 'class', REQUIRED, 'high', 'Format of the values.', anyConverter]]),
  ...prefixed('value.converter.', writers),
  ...keysAndHeaders,
];

/** Of a sink: its own, in place of the worker's. A class and its settings stand in one file, as in Connect. */
export const sinkConverters: readonly Definition[] = [
  ...used([
    ['value.converter', 'class', null, 'high', "Format of the values, in place of the worker's.", anyConverter],
  ]),
  ...prefixed('value.converter.', readers),
  ...keysAndHeaders.map((definition) =>
    definition.name === 'header.converter' ? { ...definition, default: null } : definition,
  ),
];

const valueOfWorker: readonly Definition[] = [
  ...used([
    [
      'value.converter',
      'class',
      null,
      'high',
      'Format of the values.',
      onlyClass(CONVERTERS.avro, 'it writes Avro alone'),
    ],
  ]),
  ...prefixed('value.converter.', writers),
];

/** Of a source and a processor: the worker's converter serves them, and a rule compares these with it. */
export const workersConverter: readonly Definition[] = [
  ...valueOfWorker.map((definition) => ({
    ...definition,
    default: null,
    effect: { kind: 'accepted' as const, why: "It says what the worker's own property says." },
  })),
  ...accepted(
    "A source's keys are written by the worker's converter, and the processor passes keys and headers on as they are.",
    [
      ['key.converter', 'class', null, 'high', 'Format of the keys.'],
      ['key.converter.*', 'string', null, 'low', 'Settings of the converter of keys.'],
      ['header.converter', 'class', HEADER_CONVERTERS.simple, 'low', 'Format of headers.'],
      ['header.converter.*', 'string', null, 'low', 'Settings of the converter of headers.'],
    ],
  ),
];
