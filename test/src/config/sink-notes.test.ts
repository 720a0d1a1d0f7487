// Properties of a sink that nothing looks at beside the others.
import { expect, test } from '@jest/globals';
import { type Properties, SINK, validate, WORKER } from './files';

const HOURLY = {
  'partitioner.class': 'io.confluent.connect.storage.partitioner.HourlyPartitioner',
  locale: 'en',
  timezone: 'UTC',
};
const FIELD = {
  'partitioner.class': 'io.confluent.connect.storage.partitioner.FieldPartitioner',
  'partition.field.name': 'a',
};
const JSON_FILES = { 'format.class': 'io.confluent.connect.s3.format.json.JsonFormat' };
const STORED = {
  'store.kafka.keys': 'true',
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'store.kafka.headers': 'true',
};

const notedOf = (properties: Properties) => {
  const { notes, faults } = validate(WORKER, { ...SINK, ...properties });
  expect(faults).toEqual([]);
  return notes.filter(({ file }) => file === 'c0').map(({ property }) => property);
};

test.each<[string, string, Properties]>([
  ['rotate.interval.ms', '1000', HOURLY],
  ['rotate.file.on.partition.change', 'false', { ...HOURLY, 'rotate.interval.ms': '1000' }],
  ['partition.field.name', 'a', FIELD],
  [
    'partition.duration.ms',
    '1000',
    {
      ...HOURLY,
      'path.format': 'yyyy',
      'partitioner.class': HOURLY['partitioner.class'].replace('Hourly', 'TimeBased'),
    },
  ],
  [
    'path.format',
    'yyyy',
    {
      ...HOURLY,
      'partition.duration.ms': '1000',
      'partitioner.class': HOURLY['partitioner.class'].replace('Hourly', 'TimeBased'),
    },
  ],
  ['locale', 'en', HOURLY],
  ['timestamp.extractor', 'Record', HOURLY],
  ['timezone', 'UTC', { 'rotate.schedule.interval.ms': '1000' }],
  ['timestamp.field', 'at', { ...HOURLY, 'timestamp.extractor': 'RecordField' }],
  ['avro.codec', 'deflate', { ...SINK }],
  ['connectless.avro.deflate.level', '6', { 'avro.codec': 'deflate' }],
  ['parquet.codec', 'gzip', { 'format.class': 'io.confluent.connect.s3.format.parquet.ParquetFormat' }],
  ['json.decimal.format', 'NUMERIC', JSON_FILES],
  ['s3.compression.level', '1', { ...JSON_FILES, 's3.compression.type': 'gzip' }],
  ['keys.format.class', JSON_FILES['format.class'], STORED],
  ['headers.format.class', JSON_FILES['format.class'], STORED],
  ['key.converter', STORED['key.converter'], STORED],
  ['header.converter', STORED['key.converter'], STORED],
  [
    'report.null.values.to.dlq',
    'false',
    { 'behavior.on.null.values': 'ignore', 'errors.deadletterqueue.topic.name': 'd' },
  ],
  ['tombstone.encoded.partition', 'gone', { ...STORED, 'behavior.on.null.values': 'write' }],
  ['errors.deadletterqueue.topic.replication.factor', '1', { 'errors.deadletterqueue.topic.name': 'd' }],
  ['errors.deadletterqueue.context.headers.enable', 'true', { 'errors.deadletterqueue.topic.name': 'd' }],
  ['errors.log.include.messages', 'true', { 'errors.log.enable': 'true' }],
  ['errors.retry.delay.max.ms', '1', { 'errors.retry.timeout': '1000' }],
  ['s3.object.tagging.key.value.pairs', 'a:b', { 's3.object.tagging': 'true' }],
  ['s3.object.behavior.on.tagging.error', 'fail', { 's3.object.tagging': 'true' }],
])('%s is noted unless what it belongs to is set', (name, value, owner) => {
  expect(notedOf({ ...owner, [name]: value })).not.toContain(name);
  const bytes = {
    'format.class': 'io.confluent.connect.s3.format.bytearray.ByteArrayFormat',
    'value.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
  };
  expect(notedOf({ ...bytes, [name]: value })).toContain(name);
});

test('settings of ByteArray files are noted where there are none', () => {
  const settings = { 'format.bytearray.extension': '.x', 'format.bytearray.separator': '\\n' };
  expect(notedOf(settings)).toEqual(Object.keys(settings));
});

test('a sink whose properties all have an effect has no note', () => {
  expect(notedOf({ ...HOURLY, ...STORED, ...JSON_FILES, 's3.compression.type': 'none' })).toEqual([]);
});
