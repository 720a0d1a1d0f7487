// What a sink's files are made of.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SINK, validate, WORKER } from './files';

const PACKAGE = 'io.confluent.connect.s3.format';
const AVRO = `${PACKAGE}.avro.AvroFormat`;
const JSON_FORMAT = `${PACKAGE}.json.JsonFormat`;
const BYTES = `${PACKAGE}.bytearray.ByteArrayFormat`;
const PARQUET = `${PACKAGE}.parquet.ParquetFormat`;
const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';
const STRING_CONVERTER = 'org.apache.kafka.connect.storage.StringConverter';
const BYTES_CONVERTER = 'org.apache.kafka.connect.converters.ByteArrayConverter';
const PLAIN_JSON = { 'value.converter': JSON_CONVERTER, 'value.converter.schemas.enable': 'false' };
const JSON_FILES = { 'format.class': JSON_FORMAT };
const BYTES_FILES = { 'format.class': BYTES, 'value.converter': BYTES_CONVERTER };

describe('files', () => {
  test.each<[Properties, object]>([
    [{}, { value: { kind: 'avro', codec: 'null', deflateLevel: 4 } }],
    [
      { 'avro.codec': 'deflate', 'connectless.avro.deflate.level': '9' },
      { value: { kind: 'avro', codec: 'deflate', deflateLevel: 9 } },
    ],
    [{ 'avro.codec': 'zstandard' }, { value: { kind: 'avro', codec: 'zstandard', deflateLevel: 4 } }],
    [JSON_FILES, { value: { kind: 'json', decimals: 'BASE64' } }],
    [
      { ...JSON_FILES, 's3.compression.type': 'gzip', 'json.decimal.format': 'numeric' },
      { value: { kind: 'json', gzipLevel: -1, decimals: 'NUMERIC' } },
    ],
    [BYTES_FILES, { value: { kind: 'bytes', extension: '.bin', separator: '\n' } }],
    [
      {
        ...BYTES_FILES,
        's3.compression.type': 'gzip',
        's3.compression.level': '9',
        'format.bytearray.extension': '.txt',
        'format.bytearray.separator': ';\\t ',
      },
      { value: { kind: 'bytes', gzipLevel: 9, extension: '.txt', separator: ';\t ' } },
    ],
    [
      { ...BYTES_FILES, 'format.bytearray.separator': '' },
      { value: { kind: 'bytes', extension: '.bin', separator: '' } },
    ],
    [{ 'format.class': PARQUET }, { value: { kind: 'parquet', codec: 'snappy' } }],
    [{ 'format.class': PARQUET, 'parquet.codec': 'none' }, { value: { kind: 'parquet', codec: 'none' } }],
    [{ ...JSON_FILES, ...PLAIN_JSON }, { value: { kind: 'json', decimals: 'BASE64' } }],
    [
      { 'store.kafka.keys': 'true', 'key.converter': STRING_CONVERTER, 'store.kafka.headers': 'true' },
      {
        value: { kind: 'avro', codec: 'null', deflateLevel: 4 },
        keys: { kind: 'avro', codec: 'null', deflateLevel: 4 },
        headers: { kind: 'avro', codec: 'null', deflateLevel: 4 },
      },
    ],
    [
      {
        ...JSON_FILES,
        's3.compression.type': 'gzip',
        'store.kafka.keys': 'true',
        'keys.format.class': BYTES,
        'key.converter': BYTES_CONVERTER,
        'store.kafka.headers': 'true',
        'headers.format.class': JSON_FORMAT,
      },
      {
        value: { kind: 'json', gzipLevel: -1, decimals: 'BASE64' },
        keys: { kind: 'bytes', gzipLevel: -1, extension: '.bin', separator: '\n' },
        headers: { kind: 'json', gzipLevel: -1, decimals: 'BASE64' },
      },
    ],
  ])('%j are configured', (properties, formats) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors[0]).toHaveProperty('formats', formats);
  });

  const avro = '(write|delete the line, and write) avro.codec';
  test.each<[Properties, RegExp]>([
    [
      { 'format.class': 'AvroFormat' },
      /format\.class: "AvroFormat" is not the full name of the class; write .*avro\.AvroFormat$/,
    ],
    [
      { 'format.class': `${PACKAGE}.orc.OrcFormat` },
      /"io.*OrcFormat" is not supported \(formats of your own are classes of Java\); /,
    ],
    [
      { 'avro.codec': 'xz' },
      /avro\.codec: "xz" is not supported yet \(no library that is kept up compresses it\); write null or deflate or snappy or zstandard$/,
    ],
    [{ 'avro.codec': 'bzip2' }, /avro\.codec: "bzip2" is not supported yet \(no library /],
    [{ 'avro.codec': 'gzip' }, /avro\.codec: "gzip" is none of null, deflate, snappy, zstandard, bzip2, xz; /],
    [{ 'connectless.avro.deflate.level': '10' }, /"10" is more than 9; /],
    [
      { 'format.class': PARQUET, 'parquet.codec': 'lz4' },
      /parquet\.codec: "lz4" is not supported yet \(readers of Parquet disagree about it\); /,
    ],
    [{ ...JSON_FILES, 's3.compression.type': 'zip' }, /s3\.compression\.type: "zip" is none of none, gzip; /],
    [{ ...JSON_FILES, 's3.compression.level': '-2' }, /s3\.compression\.level: "-2" is less than -1; /],
    [{ ...JSON_FILES, 'json.decimal.format': 'HEX' }, /json\.decimal\.format: "HEX" is none of /],
    [{ ...BYTES_FILES, 'format.bytearray.extension': '/x' }, /format\.bytearray\.extension: "\/x" has a \/; /],
    [
      { 's3.compression.type': 'gzip' },
      new RegExp(
        `s3\\.compression\\.type: is for JSON and ByteArray files, and format\\.class is the AvroFormat; ${avro}`,
      ),
    ],
    [
      { ...JSON_FILES, 's3.compression.type': 'gzip', 'store.kafka.headers': 'true' },
      /s3\.compression\.type: is for JSON and ByteArray files, and headers\.format\.class is the AvroFormat; /,
    ],
    [
      { 'format.class': PARQUET, 's3.compression.type': 'gzip' },
      /and format\.class is the ParquetFormat; delete the line, and write parquet\.codec, /,
    ],
    [
      { ...PLAIN_JSON },
      /format\.class: needs a schema, and value\.converter\.schemas\.enable=false gives none; write value\.converter\.schemas\.enable=true /,
    ],
    [{ ...PLAIN_JSON, 'format.class': PARQUET }, /format\.class: needs a schema, /],
    [
      { 'store.kafka.keys': 'true', 'key.converter': JSON_CONVERTER, 'key.converter.schemas.enable': 'false' },
      /keys\.format\.class: needs a schema, and key\.converter\.schemas\.enable=false gives none; /,
    ],
    [
      { 'format.class': BYTES },
      /format\.class: holds bytes as they are, and value\.converter does not give bytes: it is io\.confluent\.connect\.avro\.AvroConverter; /,
    ],
    [{ 'format.class': BYTES, 'value.converter': STRING_CONVERTER }, /format\.class: holds bytes as they are, /],
    [
      { 'store.kafka.keys': 'true', 'key.converter': STRING_CONVERTER, 'keys.format.class': BYTES },
      /keys\.format\.class: holds bytes as they are, and key\.converter does not give bytes: /,
    ],
    [
      { 'store.kafka.headers': 'true', 'headers.format.class': BYTES },
      /headers\.format\.class: ".*ByteArrayFormat" is not supported /,
    ],
    [
      { ...BYTES_FILES, 'schema.compatibility': 'BACKWARD' },
      /schema\.compatibility: is BACKWARD, which compares versions of schemas, and .*ByteArrayConverter gives none; write NONE, /,
    ],
    [{ 'value.converter': STRING_CONVERTER, 'schema.compatibility': 'FULL' }, /schema\.compatibility: is FULL, /],
    [{ ...JSON_FILES, ...PLAIN_JSON, 'schema.compatibility': 'FORWARD' }, /schema\.compatibility: is FORWARD, /],
    [
      { 'behavior.on.null.values': 'write' },
      /behavior\.on\.null\.values: is write, which stores the keys of null values, and keys are not stored; add store\.kafka\.keys=true$/,
    ],
  ])('%j is reported', (properties, line) =>
    expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([expect.stringMatching(line)]),
  );

  test.each(['BACKWARD', 'FORWARD', 'FULL'])('%s goes with schemas that may have a version', (mode) => {
    for (const converter of [{}, { 'value.converter': JSON_CONVERTER }]) {
      const { config } = validate(WORKER, { ...SINK, ...converter, 'schema.compatibility': mode });
      expect(config?.connectors).toMatchObject([{ compatibility: mode }]);
    }
  });

  test(`of values in ${AVRO} may come from any converter that gives schemas`, () => {
    for (const converter of [JSON_CONVERTER, STRING_CONVERTER, BYTES_CONVERTER]) {
      expect(faultsOf(WORKER, { ...SINK, 'value.converter': converter })).toEqual([]);
    }
  });
});
