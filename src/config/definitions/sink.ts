// Properties of Confluent's S3 sink, and our own.
import { accepted, type Definition, REQUIRED, type Row, unsupported, used } from '../definition';
import {
  all,
  atLeast,
  atMost,
  isPlaceholder,
  isRegion,
  notEmpty,
  onlyClass,
  supported,
  text,
  topicNames,
} from '../validators';
import { connectorClass, connectorDefinitions } from './connector';
import { trigger } from './deployment';

export const SINK_CLASS = 'io.confluent.connect.s3.S3SinkConnector';
const AVRO_FORMAT = 'io.confluent.connect.s3.format.avro.AvroFormat';
const STORAGE = 'io.confluent.connect.s3.storage.S3Storage';
const PARTITIONER = 'io.confluent.connect.storage.partitioner.DefaultPartitioner';
const GENERATOR = 'io.confluent.connect.storage.hive.schema.DefaultSchemaGenerator';

const [name, type, default_, importance, documentation] = connectorClass;

const bucket = text("a bucket's name, or `<placeholder>`", (value) =>
  isPlaceholder(value) || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)
    ? undefined
    : { what: 'is no name of a bucket', write: 'use 3 to 63 small letters, digits, "-" and "."' },
);

const region = text('a region of AWS', (value) =>
  isPlaceholder(value) || isRegion(value) ? undefined : { what: 'is no region', write: 'write for example us-east-1' },
);

const endpoint = text('`http(s)://host:port`', (url) =>
  /^https?:\/\/[^\s/?#@]+\/?$/.test(url) ? undefined : { what: 'is no endpoint', write: 'write http(s)://host:port' },
);

/** Control characters and whole path segments of dots make keys that tools cannot reach. */
const keyPart = text('no control characters, no `..`', (value) =>
  [...value].some((character) => character < ' ') || value.split('/').some((part) => /^\.{1,2}$/.test(part))
    ? { what: 'would make keys that tools cannot reach', write: 'leave out control characters and segments of dots' }
    : undefined,
);

const COMPATIBILITIES = ['BACKWARD', 'FORWARD', 'FULL'];
const compatibility = supported(['NONE'], COMPATIBILITIES, 'NONE is');
const codec = supported(['null'], ['deflate', 'snappy', 'bzip2', 'zstandard'], 'null is');
const onNull = supported(['fail'], ['ignore', 'write'], 'fail is');
const compression = supported(['none'], ['gzip'], 'Avro files have a codec of their own');

const what: readonly Definition[] = used([
  [name, type, default_, importance, documentation, onlyClass(SINK_CLASS, 'the sink is')],
  ['topics', 'list', REQUIRED, 'high', 'Topics to store.', topicNames],
  ['flush.size', 'int', REQUIRED, 'high', 'Records in a file.', atLeast(1)],
  [
    'format.class',
    'class',
    REQUIRED,
    'high',
    'Format of the files.',
    onlyClass(AVRO_FORMAT, 'other formats are not supported yet'),
  ],
  ['storage.class', 'class', REQUIRED, 'high', 'Kind of storage.', onlyClass(STORAGE, 'only S3 is')],
  [
    'partitioner.class',
    'class',
    PARTITIONER,
    'high',
    'How records are spread over directories.',
    onlyClass(PARTITIONER, 'other partitioners are not supported yet'),
  ],
  ['schema.compatibility', 'string', 'NONE', 'high', 'What happens when the schema changes.', compatibility],
  ['avro.codec', 'string', 'null', 'low', 'Compression of Avro files.', codec],
  ['s3.compression.type', 'string', 'none', 'low', 'Compression of other files.', compression],
  ['behavior.on.null.values', 'string', 'fail', 'low', 'What happens to null values.', onNull],
]);

const where: readonly Definition[] = used([
  ['s3.bucket.name', 'string', REQUIRED, 'high', 'The bucket.', bucket],
  ['s3.region', 'string', 'us-west-2', 'medium', 'Region of the bucket.', region],
  ['s3.part.size', 'int', '26214400', 'high', 'Bytes of a part of a multipart upload.', atLeast(5_242_880)],
  ['s3.path.style.access.enabled', 'boolean', 'true', 'low', 'Bucket in the path, not in the host name.'],
  ['store.url', 'string', null, 'high', 'Endpoint of another S3.', endpoint],
  ['topics.dir', 'string', 'topics', 'high', 'First part of every key; empty: none.', keyPart],
  ['directory.delim', 'string', '/', 'medium', 'Between the directories of a key.', all(notEmpty, keyPart)],
  ['file.delim', 'string', '+', 'medium', "Between the parts of a file's name.", all(notEmpty, keyPart)],
  [
    'filename.offset.zero.pad.width',
    'int',
    '10',
    'low',
    'Digits of the offset in the name.',
    all(atLeast(0), atMost(20)),
  ],
]);

const tuning: readonly Row[] = [
  ['s3.part.retries', 'int', '3', 'medium', 'Attempts of a request.', atLeast(0)],
  ['s3.retry.backoff.ms', 'long', '200', 'low', 'Pause before the next attempt.', atLeast(0)],
  ['retry.backoff.ms', 'long', '5000', 'low', 'Pause before the connector is tried again.', atLeast(0)],
  ['s3.http.send.expect.continue', 'boolean', 'true', 'low', 'Asks before sending a body.'],
];

const buffers: readonly Row[] = [
  ['s3.elastic.buffer.*', 'string', null, 'low', "Growth of a file's buffer."],
  ['schema.cache.size', 'int', '1000', 'low', 'Schemas in the cache.'],
  ['shutdown.timeout.ms', 'long', '3000', 'medium', 'How long closing may take.'],
  ['max.open.files.per.partition', 'int', '-1', 'medium', 'Most open files.'],
];

const noMeaning: readonly Definition[] = [
  ...accepted('A failed request is tried again by the SDK, and a failed batch by the trigger.', tuning),
  ...accepted('An open file is an object in the state store, not a buffer.', buffers),
  ...accepted('Schemas are written as the registry has them.', [
    ['schema.generator.class', 'class', GENERATOR, 'high', 'Only for Hive.'],
    ['connect.meta.data', 'boolean', 'true', 'low', "Keeps Connect's properties in the schema."],
    ['enhanced.avro.schema.support', 'boolean', 'true', 'low', 'Keeps enums and namespaces.'],
    ['allow.optional.map.keys', 'boolean', 'false', 'low', 'Allows null as the key of a map.'],
  ]),
  ...accepted('The DefaultPartitioner does not look at it.', [
    ['partition.field.name', 'list', '', 'medium', 'Fields of the FieldPartitioner.'],
    ['partition.field.*', 'string', null, 'low', 'Settings of the FieldPartitioner.'],
    ['partition.duration.ms', 'long', '-1', 'medium', 'Length of a directory in time.'],
    ['path.format', 'string', '', 'medium', 'Pattern of directories in time.'],
    ['locale', 'string', '', 'medium', 'Language of that pattern.'],
    ['timezone', 'string', '', 'medium', 'Time zone of that pattern.'],
    ['timestamp.extractor', 'string', 'Wallclock', 'medium', 'Where the time comes from.'],
    ['timestamp.field', 'string', 'timestamp', 'medium', 'Field with the time.'],
    ['rotate.file.on.partition.change', 'boolean', 'true', 'low', 'Closes a file when the directory changes.'],
    ['partitioner.*', 'string', null, 'low', 'Settings of partitioners.'],
  ]),
  ...accepted('The AvroFormat does not look at it.', [
    ['parquet.codec', 'string', 'snappy', 'low', 'Compression of Parquet.'],
    ['json.decimal.format', 'string', 'BASE64', 'low', 'Decimals in JSON.'],
    ['s3.compression.level', 'int', '-1', 'low', 'Level of `s3.compression.type`.'],
    ['format.bytearray.*', 'string', null, 'low', 'Settings of the ByteArrayFormat.'],
  ]),
  ...accepted('Nothing is stored for null values.', [
    ['report.null.values.to.dlq', 'boolean', 'true', 'low', 'Null values become dead letters.'],
    ['tombstone.encoded.partition', 'string', 'tombstone', 'low', 'Directory of null values.'],
  ]),
];

const later: readonly Definition[] = [
  ...unsupported('files are closed by `flush.size` and by a change of schema for now', [
    ['rotate.interval.ms', 'long', '-1', 'high', 'Closes a file by the time of its records.'],
    ['rotate.schedule.interval.ms', 'long', '-1', 'medium', 'Closes files by the clock.'],
    ['connectless.rotate.bytes', 'long', null, 'medium', 'Closes a file by its size.'],
    ['connectless.rotate.idle.ms', 'long', null, 'medium', 'Closes a file that waits.'],
    ['connectless.avro.deflate.level', 'int', null, 'low', 'Level of deflate.'],
  ]),
  ...unsupported('only values are stored for now', [
    ['store.kafka.keys', 'boolean', 'false', 'low', 'Stores the keys, too.'],
    ['store.kafka.headers', 'boolean', 'false', 'low', 'Stores the headers, too.'],
    ['keys.format.class', 'class', AVRO_FORMAT, 'low', 'Format of the files of keys.'],
    ['headers.format.class', 'class', AVRO_FORMAT, 'low', 'Format of the files of headers.'],
  ]),
  ...unsupported('patterns of topics are not supported yet', [
    ['topics.regex', 'string', '', 'high', 'Topics to store, as a regular expression.'],
  ]),
  ...unsupported("objects get the bucket's own settings for now", [
    ['s3.object.tagging', 'boolean', 'false', 'low', 'Tags objects with their offsets.'],
    ['s3.object.tagging.*', 'string', null, 'low', 'Further tags.'],
    ['s3.object.behavior.on.tagging.error', 'string', 'ignore', 'low', 'What to do when tagging fails.'],
    ['s3.ssea.name', 'string', '', 'low', 'Encryption on the server.'],
    ['s3.sse.customer.key', 'password', null, 'low', "The customer's key."],
    ['s3.sse.kms.key.id', 'string', '', 'low', 'Key of KMS.'],
    ['s3.acl.canned', 'string', null, 'low', 'Access control list of objects.'],
    ['s3.wan.mode', 'boolean', 'false', 'medium', 'Accelerated endpoint.'],
    ['s3.schema.partition.affix.type', 'string', 'NONE', 'medium', 'Name of the schema in the directory.'],
  ]),
  ...unsupported("credentials come from AWS's own chain, or AWS_ACCESS_KEY and AWS_SECRET_KEY in the environment", [
    ['aws.access.key.id', 'password', '', 'high', 'Access key.'],
    ['aws.secret.access.key', 'password', '', 'high', 'Secret key.'],
    [
      's3.credentials.provider.class',
      'class',
      'com.amazonaws.auth.DefaultAWSCredentialsProviderChain',
      'low',
      'Provider of credentials.',
    ],
    ['s3.credentials.provider.*', 'password', null, 'low', 'Settings of that provider.'],
  ]),
  ...unsupported('a proxy is not supported', [['s3.proxy.*', 'password', null, 'low', 'Proxy before S3.']]),
];

export const sinkDefinitions: readonly Definition[] = [
  ...what,
  ...where,
  ...trigger,
  ...connectorDefinitions,
  ...later,
  ...noMeaning,
];
