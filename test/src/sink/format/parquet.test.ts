// Parquet files: what they hold, row groups that go on from what was remembered, what is refused.
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseSchema } from '../../../../src/avro/schema-parse';
import { printSchema } from '../../../../src/avro/schema-print';
import type { Data } from '../../../../src/convert/data';
import { dataSchema } from '../../../../src/convert/data-schema';
import { ConnectlessError } from '../../../../src/errors';
import { formatOf } from '../../../../src/sink/format/format-of';
import { arbitrarySchemaText, arbitraryValue } from '../../avro/arbitrary';
import { expectedOf, metadataOf, rowsOf } from './parquet-read';
import { dataOf, fileOf, json, PRICES, price, written } from './sample';

type Codec = 'none' | 'snappy' | 'gzip' | 'zstd' | 'brotli';

const parquet = (codec: Codec = 'snappy') => formatOf({ kind: 'parquet', codec });
const record = (fields: unknown[]) => dataSchema(JSON.stringify({ type: 'record', name: 'R', fields }));
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

test.each<[Codec, string, string]>([
  ['none', '.parquet', 'UNCOMPRESSED'],
  ['snappy', '.snappy.parquet', 'SNAPPY'],
  ['gzip', '.gz.parquet', 'GZIP'],
  ['zstd', '.zstd.parquet', 'ZSTD'],
  ['brotli', '.br.parquet', 'BROTLI'],
])('parquet.codec=%s makes %s, whose pages are %s', async (codec, extension, name) => {
  const format = await parquet(codec);
  const rows = Array.from({ length: 40 }, (_, id) => price(id));
  const file = written(format, fileOf(PRICES), [rows.slice(0, 30), rows.slice(30)]);
  expect(format.extension).toBe(extension);
  expect(await rowsOf(file ?? Buffer.alloc(0))).toEqual(rows.map((_, id) => ({ id, s: `s${id}` })));
  expect(
    metadataOf(file).row_groups.flatMap(({ columns }) => columns.map((column) => column.meta_data?.codec)),
  ).toEqual([name, name, name, name]);
  expect(written(await parquet(codec), fileOf(PRICES), [rows.slice(0, 30), rows.slice(30)])).toEqual(file);
});

test.each<[Codec, string]>([
  ['none', '5aaa9a929cfcaeac'],
  ['snappy', '4820ab3c50e329ca'],
])('of codec %s is to the byte what it was ever since: other bytes need another id', async (codec, hash) => {
  const file = written(await parquet(codec), fileOf(PRICES), [[price(1), price(2)], [price(3)]]);
  expect(createHash('sha256').update(file).digest('hex').slice(0, 16)).toBe(hash);
});

test('another codec is another format', async () => {
  const formats = await Promise.all((['none', 'snappy', 'gzip', 'zstd', 'brotli'] as const).map(parquet));
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
});

describe('the footer', () => {
  test('has the schema as its writer registered it, where the records come from, and who wrote them', async () => {
    const { key_value_metadata, created_by, num_rows } = metadataOf(
      written(await parquet(), fileOf(PRICES), [[price(1)], [price(2), price(3)]]),
    );
    expect(key_value_metadata).toEqual([
      { key: 'parquet.avro.schema', value: PRICES.text },
      { key: 'connectless.topic', value: 'prices' },
      { key: 'connectless.partition', value: '3' },
      { key: 'connectless.offset', value: '1042' },
      { key: 'connectless.schema.id', value: '7' },
    ]);
    // parquet-java takes statistics of strings from no writer whose name it cannot parse.
    expect(created_by).toMatch(/^\S+ version \d+ \(build \S+\)$/);
    expect(num_rows).toBe(3n);
  });

  test('has no id where the schema has none, and the record of an optional one', async () => {
    const optional = dataSchema('["null",{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}]');
    const file = written(await parquet(), fileOf(optional), [[dataOf(optional, { a: 5 })]]);
    expect(await rowsOf(file)).toEqual([{ a: 5 }]);
    const keyValues = metadataOf(file).key_value_metadata;
    expect(keyValues?.[0]?.value).toBe('{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}');
    expect(keyValues?.map(({ key }) => key)).not.toContain('connectless.schema.id');
  });
});

describe('values', () => {
  test('are those of any schema that Parquet can hold, whatever the row groups', async () => {
    const format = await parquet();
    const cases = arbitrarySchemaText.chain((text) => {
      const inner = printSchema(parseSchema(text));
      const schema = dataSchema(`{"type":"record","name":"Top","fields":[{"name":"f","type":${inner}}]}`);
      const rows = fc.array(arbitraryValue(schema.schema, 5), { minLength: 1, maxLength: 12 });
      return fc.record({ schema: fc.constant(schema), rows, cut: fc.nat(12) });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ schema, rows, cut }) => {
        const file = writtenOrRefused(format, schema, rows, cut);
        fc.pre(file !== undefined);
        expect(await rowsOf(file ?? Buffer.alloc(0))).toEqual(rows.map((row) => expectedOf(schema.schema, row)));
      }),
      { numRuns: 200 },
    );
  });

  /** Undefined: it is one of the schemas or keys that are refused. */
  function writtenOrRefused(
    format: Awaited<ReturnType<typeof parquet>>,
    schema: NonNullable<Data['schema']>,
    rows: readonly unknown[],
    cut: number,
  ): Buffer | undefined {
    const data = rows.map((row) => dataOf(schema, row));
    try {
      return written(
        format,
        fileOf(schema),
        [data.slice(0, cut), data.slice(cut)].filter((block) => block.length > 0),
      );
    } catch (error) {
      if (error instanceof ConnectlessError && ['UNSUPPORTED_SCHEMA', 'UNSUPPORTED_KEY'].includes(error.code)) return;
      throw error;
    }
  }

  test('keep the sign of zero where a dictionary would pay', async () => {
    const type = { type: 'array', items: ['null', 'double'] };
    const schema = record([
      { name: 'a', type: 'float' },
      { name: 'b', type },
    ]);
    const values = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? -0 : 0));
    const rows = values.map((a) => dataOf(schema, { a, b: [a, null] }));
    expect(await rowsOf(written(await parquet(), fileOf(schema), [rows]))).toEqual(
      values.map((a) => ({ a, b: [a, null] })),
    );
  });

  test('of a decimal without bytes are zero', async () => {
    const schema = record([{ name: 'a', type: { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 1 } }]);
    const rows = [[], [0x80], [0x7f, 0xff]].map((bytes) => dataOf(schema, { a: Buffer.from(bytes) }));
    const read = await rowsOf(written(await parquet(), fileOf(schema), [rows]));
    expect(read).toEqual([{ a: 0 }, { a: -12.8 }, { a: 3276.7 }].map(({ a }) => ({ a: expect.closeTo(a) })));
  });
});

describe('a record is refused', () => {
  test('without a schema', async () => {
    const format = await parquet();
    expect(() => format.encode(json('{"a":1}'))).toThrow(refusal('SCHEMA_REQUIRED', /JsonFormat/));
  });

  test.each<[string, unknown, RegExp]>([
    ['no record', 'string', /this is string/],
    [
      'one of several types',
      ['string', { type: 'record', name: 'R', fields: [{ name: 'a', type: 'int' }] }],
      /this is union/,
    ],
    [
      'one with two fields of one name',
      {
        type: 'record',
        name: 'R',
        fields: [
          { name: 'a', type: 'int' },
          { name: 'a', type: 'int' },
        ],
      },
      /cannot be read/,
    ],
    ['an array of records', { type: 'array', items: 'int' }, /this is array/],
  ])('that is %s', async (_, json, message) => {
    const schema = dataSchema(JSON.stringify(json));
    const format = await parquet();
    const data = { schema, bytes: Buffer.alloc(1), start: 0, end: 1 };
    expect(() => format.encode(data)).toThrow(refusal('UNSUPPORTED_SCHEMA', message));
    expect(() => format.encode(data)).toThrow(refusal('UNSUPPORTED_SCHEMA', message));
  });

  test('with a key that the reader of its datum would lose', async () => {
    const schema = record([{ name: 'm', type: { type: 'map', values: 'int' } }]);
    const bytes = Buffer.from('\x02\x12__proto__\x02\x00', 'latin1');
    const data = { schema, bytes, start: 0, end: bytes.length };
    const format = await parquet();
    expect(() => format.encode(data)).toThrow(refusal('UNSUPPORTED_KEY', /__proto__/));
  });
});
