// Parquet files as DuckDB reads them: types, values, nulls, several row groups, and filters that go by statistics.
import { describe, expect, test } from '@jest/globals';
import { codec } from '../../src/avro/codec';
import { dataSchema } from '../../src/convert/data-schema';
import { formatOf } from '../../src/sink/format/format-of';
import { fileOf, written } from '../src/sink/format/sample';
import { queryParquet } from './foreign-readers';

interface Column {
  readonly avro: unknown;
  readonly duckdb: string;
  /** As the codec takes them. */
  readonly values: readonly unknown[];
  /** As DuckDB prints them. */
  readonly printed: readonly (string | null)[];
}

function column(avro: unknown, duckdb: string, values: Column['values'], printed: Column['printed']): Column {
  return { avro, duckdb, values, printed };
}

const long = (logicalType: string) => ({ type: 'long', logicalType });
const optional = (type: unknown) => ['null', type];
const point = {
  type: 'record',
  name: 'Point',
  fields: [
    { name: 'x', type: optional('int') },
    { name: 'tags', type: { type: 'array', items: 'string' } },
  ],
};
const MILLIS = 1_700_000_000_123n;

const COLUMNS: Readonly<Record<string, Column>> = {
  flag: column('boolean', 'BOOLEAN', [true, false], ['true', 'false']),
  small: column('int', 'INTEGER', [-2147483648, 2147483647], ['-2147483648', '2147483647']),
  big: column('long', 'BIGINT', [-(1n << 63n), (1n << 63n) - 1n], ['-9223372036854775808', '9223372036854775807']),
  real: column('float', 'FLOAT', [1.5, Number.NaN], ['1.5', 'nan']),
  wide: column('double', 'DOUBLE', [-0, Number.NEGATIVE_INFINITY], ['-0.0', '-inf']),
  text: column('string', 'VARCHAR', ['größe', ''], ['größe', '']),
  raw: column('bytes', 'BLOB', [Buffer.of(0, 255), Buffer.alloc(0)], ['\\x00\\xFF', '']),
  perhaps: column(optional('string'), 'VARCHAR', [null, 'here'], [null, 'here']),
  never: column(optional('long'), 'BIGINT', [null, null], [null, null]),
  color: column({ type: 'enum', name: 'Color', symbols: ['RED', 'BLUE'] }, 'VARCHAR', ['BLUE', 'RED'], ['BLUE', 'RED']),
  code: column({ type: 'fixed', name: 'Code', size: 2 }, 'BLOB', [Buffer.of(65, 66), Buffer.of(67, 68)], ['AB', 'CD']),
  day: column({ type: 'int', logicalType: 'date' }, 'DATE', [-1, 19000], ['1969-12-31', '2022-01-08']),
  clock: column(
    { type: 'int', logicalType: 'time-millis' },
    'TIME WITH TIME ZONE',
    [1, 86399999],
    ['00:00:00.001+00', '23:59:59.999+00'],
  ),
  fine: column(long('time-micros'), 'TIME WITH TIME ZONE', [1n, 0n], ['00:00:00.000001+00', '00:00:00+00']),
  at: column(
    long('timestamp-millis'),
    'TIMESTAMP WITH TIME ZONE',
    [MILLIS, -1n],
    ['2023-11-14 22:13:20.123+00', '1969-12-31 23:59:59.999+00'],
  ),
  exactly: column(
    long('timestamp-micros'),
    'TIMESTAMP WITH TIME ZONE',
    [MILLIS * 1000n + 4n, 0n],
    ['2023-11-14 22:13:20.123004+00', '1970-01-01 00:00:00+00'],
  ),
  local: column(
    long('local-timestamp-millis'),
    'TIMESTAMP',
    [MILLIS, 0n],
    ['2023-11-14 22:13:20.123', '1970-01-01 00:00:00'],
  ),
  here: column(
    long('local-timestamp-micros'),
    'TIMESTAMP',
    [1n, 0n],
    ['1970-01-01 00:00:00.000001', '1970-01-01 00:00:00'],
  ),
  price: column(
    { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 2 },
    'DECIMAL(20,2)',
    [Buffer.of(0xff), Buffer.of(1, 0)],
    ['-0.01', '2.56'],
  ),
  rate: column(
    { type: 'fixed', name: 'Rate', size: 8, logicalType: 'decimal', precision: 18, scale: 4 },
    'DECIMAL(18,4)',
    [Buffer.alloc(8), Buffer.alloc(8, 255)],
    ['0.0000', '-0.0001'],
  ),
  uuid: column(
    { type: 'fixed', name: 'Id', size: 16, logicalType: 'uuid' },
    'UUID',
    [Buffer.alloc(16, 1), Buffer.alloc(16, 0xab)],
    ['01010101-0101-0101-0101-010101010101', 'abababab-abab-abab-abab-abababababab'],
  ),
  points: column(
    optional({ type: 'array', items: optional(point) }),
    'STRUCT(x INTEGER, tags VARCHAR[])[]',
    [null, [{ x: null, tags: [] }, null, { x: 3, tags: ['a', 'b'] }]],
    [null, "[{'x': NULL, 'tags': []}, NULL, {'x': 3, 'tags': [a, b]}]"],
  ),
  lists: column(
    { type: 'array', items: { type: 'array', items: 'int' } },
    'INTEGER[][]',
    [[], [[], [1], [2, 3]]],
    ['[]', '[[], [1], [2, 3]]'],
  ),
  counts: column(
    { type: 'map', values: optional({ type: 'map', values: 'long' }) },
    'MAP(VARCHAR, MAP(VARCHAR, BIGINT))',
    [{}, { a: null, b: { c: 7n } }],
    ['{}', '{a=NULL, b={c=7}}'],
  ),
  either: column(
    ['null', 'long', 'string', 'Point'],
    'STRUCT(member0 BIGINT, member1 VARCHAR, member2 STRUCT(x INTEGER, tags VARCHAR[]))',
    [null, { string: 's' }],
    [null, "{'member0': NULL, 'member1': s, 'member2': NULL}"],
  ),
  inner: column(
    optional({ type: 'record', name: 'Inner', fields: [{ name: 'held', type: optional('Point') }] }),
    'STRUCT(held STRUCT(x INTEGER, tags VARCHAR[]))',
    [null, { held: null }],
    [null, "{'held': NULL}"],
  ),
};

const NAMES = Object.keys(COLUMNS);
const schema = dataSchema(
  JSON.stringify({
    type: 'record',
    name: 'Row',
    fields: [{ name: 'n', type: 'int' }, ...NAMES.map((name) => ({ name, type: COLUMNS[name]?.avro }))],
  }),
);
const { encode } = codec(schema.schema);

/** Rows of even n have the first values, those of odd n the second ones. */
function row(n: number) {
  const values = NAMES.map((name) => [name, COLUMNS[name]?.values[n % 2]]);
  const bytes = encode({ n, ...Object.fromEntries(values) });
  return { schema, bytes, start: 0, end: bytes.length };
}

const GROUPS = 3;
const ROWS_OF_A_GROUP = 100;
const groups = Array.from({ length: GROUPS }, (_, group) =>
  Array.from({ length: ROWS_OF_A_GROUP }, (_, index) => row(group * ROWS_OF_A_GROUP + index)),
);

const QUERIES = [
  'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)',
  `SELECT ${NAMES.map((name) => `"${name}"::VARCHAR`).join(', ')} FROM FILE ORDER BY n`,
  'SELECT count(DISTINCT row_group_id) FROM parquet_metadata(FILE)',
  "SELECT count(*) FROM FILE WHERE n BETWEEN 150 AND 249 AND perhaps = 'here' AND big > 0 AND never IS NULL",
  'SELECT decode(key), decode(value) FROM parquet_kv_metadata(FILE)',
] as const;

describe.each(['none', 'snappy', 'gzip', 'zstd', 'brotli'] as const)('a Parquet file of codec %s', (compression) => {
  test('is what DuckDB expects', async () => {
    const file = written(await formatOf({ kind: 'parquet', codec: compression }), fileOf(schema), groups);
    const [types, rows, count, found, metadata] = await queryParquet(file, QUERIES);
    expect(types).toEqual([['n', 'INTEGER'], ...NAMES.map((name) => [name, COLUMNS[name]?.duckdb])]);
    const printed = [0, 1].map((parity) => NAMES.map((name) => COLUMNS[name]?.printed[parity]));
    expect(rows).toEqual(groups.flat().map((_, n) => printed[n % 2]));
    expect(count).toEqual([[GROUPS]]);
    expect(found).toEqual([[50]]);
    expect(metadata).toContainEqual(['parquet.avro.schema', schema.text]);
  });
});
