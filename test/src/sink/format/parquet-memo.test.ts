// What a footer says of row groups: statistics that are true, and short enough to be remembered.
import { describe, expect, test } from '@jest/globals';
import { dataSchema } from '../../../../src/convert/data-schema';
import { formatOf } from '../../../../src/sink/format/format-of';
import { metadataOf } from './parquet-read';
import { dataOf, fileOf, written } from './sample';

const parquet = () => formatOf({ kind: 'parquet', codec: 'snappy' });
const record = (fields: unknown[]) => dataSchema(JSON.stringify({ type: 'record', name: 'R', fields }));

describe('statistics', () => {
  async function statisticsOf(type: unknown, values: readonly unknown[]) {
    const schema = record([{ name: 'a', type }]);
    const file = written(await parquet(), fileOf(schema), [values.map((a) => dataOf(schema, { a }))]);
    return metadataOf(file).row_groups[0]?.columns[0]?.meta_data?.statistics;
  }

  test('are exact for longs', async () => {
    const [least, most] = [-(1n << 63n), (1n << 63n) - 1n];
    expect(await statisticsOf(['null', 'long'], [0n, most, null, least])).toMatchObject({
      min_value: least,
      max_value: most,
      null_count: 1n,
    });
  });

  test('pass over NaN, and take either zero for the other', async () => {
    expect(await statisticsOf('double', [Number.NaN, 0, Number.NaN, 0])).toMatchObject({ min_value: -0, max_value: 0 });
    expect(await statisticsOf('float', [Number.NEGATIVE_INFINITY, 1])).toMatchObject({
      min_value: Number.NEGATIVE_INFINITY,
      max_value: 1,
    });
    expect(await statisticsOf('double', [Number.NaN])).toMatchObject({ min_value: undefined, max_value: undefined });
  });

  test('have short bounds for long strings, around the values', async () => {
    const statistics = await statisticsOf('string', [`${'a'.repeat(500)}`, `${'ü'.repeat(500)}`]);
    expect(statistics).toMatchObject({ is_min_value_exact: false, is_max_value_exact: false });
    expect(String(statistics?.min_value)).toBe('a'.repeat(16));
    expect(String(statistics?.max_value) > 'ü'.repeat(500)).toBe(true);
    expect(String(statistics?.max_value).length).toBeLessThanOrEqual(16);
  });

  test('are the nulls alone for decimals, whose bytes do not order as their values', async () => {
    const type = ['null', { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 1 }];
    const statistics = await statisticsOf(type, [Buffer.from([0xff]), null, Buffer.from([1])]);
    expect(statistics).toMatchObject({ null_count: 1n, min_value: undefined, max_value: undefined });
  });
});

describe('what is remembered between row groups', () => {
  test('does not grow with the values', async () => {
    const schema = record([
      { name: 's', type: 'string' },
      { name: 'b', type: 'bytes' },
      { name: 'f', type: { type: 'fixed', name: 'F', size: 5000 } },
    ]);
    const format = await parquet();
    const row = { s: '\u{10ffff}'.repeat(5000), b: Buffer.alloc(5000, 255), f: Buffer.alloc(5000, 255) };
    const { memo } = format.block(
      fileOf(schema),
      format.start(fileOf(schema)).memo,
      1,
      format.encode(dataOf(schema, row)),
    );
    expect(JSON.stringify(memo).length).toBeLessThan(3000);
  });

  test('makes the same file whether it goes through JSON or not', async () => {
    const schema = record([
      { name: 'a', type: 'double' },
      { name: 'b', type: 'bytes' },
    ]);
    const rows = [-0, Number.POSITIVE_INFINITY, Number.NaN, 1e-320].map((a) =>
      dataOf(schema, { a, b: Buffer.from([a > 0 ? 255 : 0]) }),
    );
    const format = await parquet();
    const file = fileOf(schema);
    let { bytes, memo } = format.start(file);
    const parts = [bytes];
    for (const row of rows) {
      ({ bytes, memo } = format.block(file, memo, 1, format.encode(row)));
      parts.push(bytes);
    }
    const direct = Buffer.concat([...parts, format.end(file, memo)]);
    expect(
      written(
        format,
        file,
        rows.map((row) => [row]),
      ),
    ).toEqual(direct);
  });
});
