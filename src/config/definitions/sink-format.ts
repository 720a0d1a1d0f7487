// Properties of the S3 sink that say what a file is made of.
import { accepted, type Definition, REQUIRED, used } from '../definition';
import { all, atLeast, atMost, classes, inAnyCase, keyPart, supported, text } from '../validators';

export const FORMATS = {
  avro: 'io.confluent.connect.s3.format.avro.AvroFormat',
  json: 'io.confluent.connect.s3.format.json.JsonFormat',
  bytes: 'io.confluent.connect.s3.format.bytearray.ByteArrayFormat',
  parquet: 'io.confluent.connect.s3.format.parquet.ParquetFormat',
} as const;

export const AVRO_CODECS = ['null', 'deflate', 'snappy', 'zstandard'] as const;
export const PARQUET_CODECS = ['none', 'snappy', 'gzip', 'zstd', 'brotli'] as const;

const GENERATOR = 'io.confluent.connect.storage.hive.schema.DefaultSchemaGenerator';
const OWN = 'formats of your own are classes of Java';

const anyFormat = classes(Object.values(FORMATS), OWN);
/** Confluent's ByteArrayFormat has no form for headers either. */
const formatOfHeaders = classes([FORMATS.avro, FORMATS.json, FORMATS.parquet], OWN);

/** `.bin`: it stands behind the offset. */
const extension = all(
  keyPart,
  text('no `/`', (value) => (value.includes('/') ? { what: 'has a /', write: 'write for example .bin' } : undefined)),
);

export const format: readonly Definition[] = [
  ...used([
    ['format.class', 'class', REQUIRED, 'high', 'Format of the files.', anyFormat],
    [
      'avro.codec',
      'string',
      'null',
      'low',
      'Compression of Avro files.',
      supported(AVRO_CODECS, ['bzip2', 'xz'], 'no library that is kept up compresses it'),
    ],
    [
      'connectless.avro.deflate.level',
      'int',
      '4',
      'low',
      'Level of `avro.codec=deflate`: 1 is fast, 9 is small.',
      all(atLeast(1), atMost(9)),
    ],
    [
      'parquet.codec',
      'string',
      'snappy',
      'low',
      'Compression of Parquet files.',
      supported(PARQUET_CODECS, ['lzo', 'lz4', 'lz4_raw'], 'readers of Parquet disagree about it'),
    ],
    [
      's3.compression.type',
      'string',
      'none',
      'low',
      'Compression of JSON and ByteArray files.',
      supported(['none', 'gzip'], [], ''),
    ],
    [
      's3.compression.level',
      'int',
      '-1',
      'low',
      "Its level: 1 is fast, 9 is small, 0 does not compress, -1 is zlib's own.",
      all(atLeast(-1), atMost(9)),
    ],
    ['json.decimal.format', 'string', 'BASE64', 'low', 'How JSON files hold decimals.', decimals()],
    ['format.bytearray.extension', 'string', '.bin', 'low', "End of a ByteArray file's name.", extension],
    [
      'format.bytearray.separator',
      'verbatim',
      null,
      'low',
      "Behind every record of a ByteArray file; white space counts, `\\n` is a line's end, which is what stands there without it.",
    ],
    ['store.kafka.keys', 'boolean', 'false', 'low', 'Stores the keys, too, in a file beside that of the values.'],
    ['keys.format.class', 'class', FORMATS.avro, 'low', 'Format of the files of keys.', anyFormat],
    ['store.kafka.headers', 'boolean', 'false', 'low', 'Stores the headers, too, in a file beside that of the values.'],
    ['headers.format.class', 'class', FORMATS.avro, 'low', 'Format of the files of headers.', formatOfHeaders],
  ]),
  ...accepted('Schemas are written as the registry has them.', [
    ['schema.generator.class', 'class', GENERATOR, 'high', 'Only for Hive.'],
    ['connect.meta.data', 'boolean', 'true', 'low', "Keeps Connect's properties in the schema."],
    ['enhanced.avro.schema.support', 'boolean', 'true', 'low', 'Keeps enums and namespaces.'],
    ['allow.optional.map.keys', 'boolean', 'false', 'low', 'Allows null as the key of a map.'],
  ]),
];

function decimals() {
  const { check } = inAnyCase('base64', 'numeric');
  return { valid: 'BASE64 or NUMERIC', check };
}
