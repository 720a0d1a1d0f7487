// Properties of sinks that were tried on Confluent's own: what it takes is taken here, and what it refuses or fails at is refused.
import { expect, test } from '@jest/globals';
import { faultsOf, type Properties, SINK, WORKER } from './files';

const STRING = 'org.apache.kafka.connect.storage.StringConverter';
const JSON_FORMAT = 'io.confluent.connect.s3.format.json.JsonFormat';
const AVRO_FORMAT = 'io.confluent.connect.s3.format.avro.AvroFormat';
const BYTES_FORMAT = 'io.confluent.connect.s3.format.bytearray.ByteArrayFormat';
const PACKAGE = 'io.confluent.connect.storage.partitioner';
const STRING_KEYS = { 'key.converter': STRING };
const DEAD_LETTERS = {
  ...STRING_KEYS,
  'errors.tolerance': 'all',
  'errors.deadletterqueue.topic.name': 'dlq',
  'errors.deadletterqueue.topic.replication.factor': '1',
  'errors.deadletterqueue.context.headers.enable': 'true',
  'errors.log.enable': 'true',
  'errors.log.include.messages': 'true',
};
const DAILY = {
  'partitioner.class': `${PACKAGE}.DailyPartitioner`,
  locale: 'en-US',
  timezone: 'UTC',
  'timestamp.extractor': 'Record',
  'rotate.interval.ms': '600000',
};
const TIME = {
  'partitioner.class': `${PACKAGE}.TimeBasedPartitioner`,
  'partition.duration.ms': '3600000',
  'path.format': "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH",
  locale: 'en-US',
  timezone: 'America/New_York',
};

test.each<[string, Properties]>([
  ['acl_sse', { 's3.acl.canned': 'public-read', 's3.ssea.name': 'AES256' }],
  ['avro_string_value', { 'value.converter': STRING }],
  [
    'bytes',
    { 'format.class': BYTES_FORMAT, 'value.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter' },
  ],
  ['codec_deflate', { 'avro.codec': 'deflate' }],
  ['compat_BACKWARD', { 'schema.compatibility': 'BACKWARD' }],
  ['connect_meta_false', { 'connect.meta.data': 'false' }],
  ['daily', DAILY],
  ['delims', { 'file.delim': '-', 'directory.delim': '|' }],
  ['dlq_all', DEAD_LETTERS],
  [
    'enhanced_true_both',
    {
      'enhanced.avro.schema.support': 'true',
      'value.converter': 'io.confluent.connect.avro.AvroConverter',
      'value.converter.schema.registry.url': 'http://registry:8081',
      'value.converter.enhanced.avro.schema.support': 'true',
    },
  ],
  ['field_nested_null_parent', { 'partitioner.class': `${PACKAGE}.FieldPartitioner`, 'partition.field.name': 'n.f' }],
  ['headers_json', { 'store.kafka.headers': 'true', 'headers.format.class': JSON_FORMAT }],
  ['hourly', { ...DAILY, 'partitioner.class': `${PACKAGE}.HourlyPartitioner` }],
  ['json_gzip', { 'format.class': JSON_FORMAT, 's3.compression.type': 'gzip' }],
  ['keys_no_format', { ...STRING_KEYS, 'store.kafka.keys': 'true' }],
  ['nulls_ignore', { ...STRING_KEYS, 'behavior.on.null.values': 'ignore' }],
  [
    'nulls_write_keys_avro',
    {
      ...STRING_KEYS,
      'behavior.on.null.values': 'write',
      'store.kafka.keys': 'true',
      'keys.format.class': AVRO_FORMAT,
    },
  ],
  ['rotate_interval_default_partitioner', { 'rotate.interval.ms': '60000' }],
  ['rotate_interval_wallclock_idle', { ...TIME, 'timestamp.extractor': 'Wallclock', 'rotate.interval.ms': '3000' }],
  ['tasks_max_2', { 'tasks.max': '2' }],
  ['time_default_extractor', TIME],
  ['time_recordfield_string', { ...TIME, 'timestamp.extractor': 'RecordField', 'timestamp.field': 'str' }],
  ['tolerance_all_no_dlq', { ...STRING_KEYS, 'errors.tolerance': 'all' }],
  ['topics_dir_empty', { 'topics.dir': '' }],
  // There it fails, for Java has no such format of a number.
  ['zero_pad_0', { 'filename.offset.zero.pad.width': '0' }],
])('%s is taken', (_, properties) => expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([]));

test.each<[string, Properties, string]>([
  ['codec_xz', { 'avro.codec': 'xz' }, 'avro.codec: '],
  ['flush_size_missing', { 'flush.size': undefined }, 'flush.size: is missing'],
  ['nulls_write', { ...STRING_KEYS, 'behavior.on.null.values': 'write' }, 'behavior.on.null.values: '],
  ['rotate_schedule_no_tz', { 'rotate.schedule.interval.ms': '5000' }, 'timezone: is missing'],
  // There it starts, and fails at the first record.
  ['bytes_with_avro_converter', { 'format.class': BYTES_FORMAT }, 'format.class: holds bytes as they are'],
  // There it silently means NONE.
  ['compat_bad_value', { 'schema.compatibility': 'FOO' }, 'schema.compatibility: '],
  // There the directory has one more level.
  ['affix_suffix', { 's3.schema.partition.affix.type': 'SUFFIX' }, 's3.schema.partition.affix.type: '],
])('%s is refused', (_, properties, line) =>
  expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([expect.stringContaining(line)]),
);
