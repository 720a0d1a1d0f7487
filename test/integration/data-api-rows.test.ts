// The same rows through both ways to Postgres: pg's protocol, and the RDS Data API by its emulator.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { type DataApiServer, startDataApi } from '../../local/data-api/server';
import type { DataApiConfig } from '../../src/config/source-model';
import { dataApiDatabase } from '../../src/data-api/database';
import type { Database, Selected } from '../../src/postgres/database';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { postgresConfig } from './source-harness';

jest.setTimeout(60_000);

/** A type and values of it, as SQL. */
const TYPES: readonly (readonly [string, ...string[]])[] = [
  ['int2', '-32768'],
  ['int4', '2147483647'],
  ['int8', '-9223372036854775808', '9223372036854775807'],
  ['oid', '4294967295'],
  ['xid8', "'18446744073709551615'"],
  ['float4', "'1e-45'", "'NaN'", "'-0'", '0.1'],
  ['float8', "'-Infinity'", "'-0'", '0.1', "'1.7976931348623157e308'", '1e20', '12345678901234567890'],
  ['numeric', "'NaN'", '123456789012345678901234567890.123456789', "'Infinity'"],
  ['numeric(10,2)', '1.5'],
  ['money', "'1,000.00'"],
  ['bool', 'true', 'false'],
  ['bit(1)', "B'1'"],
  ['bit varying(5)', "B'10101'"],
  ['char(5)', "'a'", "''"],
  ['"char"', "'c'"],
  ['name', "'a name'"],
  ['varchar(10)', "''", "' '"],
  ['text', `'a,b"c\\d(e)'`, "''", "'NULL'", `E'\\n\\t\\\\'`, `'"'`, `'""'`, `'\\'`, "'(,)'", "'žluťoučký 😀'"],
  ['bytea', "'\\x00ff225c'", "''"],
  ['uuid', "'01234567-89ab-cdef-0123-456789abcdef'"],
  ['json', `'{"a": "b\\"c"}'`, `' [1 ,2 ] '`],
  ['jsonb', `'{"a": ["b", null]}'`],
  ['xml', '\'<?xml version="1.0" encoding="UTF-8"?><a b="c"/>\''],
  ['date', "'infinity'", "'0044-03-15 BC'", "'2026-11-25'"],
  ['time', "'24:00'", "'12:00:00.000001'"],
  ['timetz', "'12:00+05:30'"],
  ['timestamp', "'-infinity'", "'2026-11-25 12:00:00.123456'", "'0044-03-15 12:00 BC'"],
  ['timestamptz', "'2026-11-25 12:00+02'", "'infinity'", "'0044-03-15 12:00 BC'"],
  ['timestamp(3)', "'2026-11-25 12:00:00.1'"],
  ['interval', "'1 year -2 days 03:04:05.678'", "'-1 mons'"],
  ['inet', "'10.0.0.1'", "'10.0.0.0/8'", "'::1'"],
  ['cidr', "'10.0.0.0/8'"],
  ['macaddr', "'08:00:2b:01:02:03'"],
  ['point', "'(1.5,-2)'"],
  ['box', "'(1,2),(3,4)'"],
  ['int4range', "'[1,5)'", "'empty'"],
  ['tstzmultirange', "'{[2026-01-01 00:00+02,2026-01-02 00:00+00)}'"],
  ['tsvector', "'a fat cat'"],
  ['pg_lsn', "'16/B374D848'"],
  ['regclass', "'pg_catalog.pg_class'", "'public.bare'"],
  ['regtype', "'int4'"],
  ['public.mood', "'so-so, or so'"],
  ['public.price', '1.25'],
  ['public.flag', 'true'],
  ['public.code', "'ab'"],
  ['public.pair', `ROW(1, 'a "b", c')`, 'ROW(NULL, NULL)', "ROW(NULL, '')"],
  ['int4[]', "'{1,NULL,3}'", "'{{1,2},{3,4}}'", "'[0:1]={1,2}'", "'{}'"],
  ['text[]', `'{"a,b",NULL,"NULL","c\\"d","\\\\"}'`],
  ['bool[]', "'{t,f}'"],
  ['timestamptz[]', "'{2026-11-25 12:00+02}'"],
  ['bytea[]', `ARRAY['\\x00ff'::bytea]`],
  ['char(3)[]', "'{a}'"],
  ['public.pair[]', `ARRAY[ROW(1,'a b')::public.pair, NULL]`],
  ['public.mood[]', `'{glad}'`],
];

/** Of a query's column of a type that the Data API refuses, precision, NOT NULL and dimensions are not known. */
const BARE = ['bit varying(5)', 'public.pair[]'];
const bare = <T extends Pick<Selected, 'columns'>>(selected: T): T => ({
  ...selected,
  columns: selected.columns.map(({ name, type, isEnum, element }) => ({ name, type, isEnum, element })),
});

const place: DataApiConfig = {
  clusterArn: 'arn:aws:rds:us-east-1:000000000000:cluster:rows',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:rows',
  database: '',
};
let fresh: FreshDatabase;
let writer: Client;
let api: DataApiServer;
let pg: Database;
let dataApi: Database;

beforeAll(async () => {
  fresh = await freshDatabase('rows');
  writer = new Client({ connectionString: fresh.url });
  await writer.connect();
  const database = new URL(fresh.url).pathname.slice(1);
  // As a parameter group may have them: none of them may be seen in a row.
  await writer.query(`
    ALTER DATABASE "${database}" SET DateStyle = 'SQL, DMY'; ALTER DATABASE "${database}" SET IntervalStyle = 'iso_8601';
    ALTER DATABASE "${database}" SET TimeZone = 'Asia/Tokyo'; ALTER DATABASE "${database}" SET extra_float_digits = 0;
    ALTER DATABASE "${database}" SET bytea_output = 'escape'`);
  await writer.query(`
    CREATE TABLE bare (id int); CREATE TYPE mood AS ENUM ('glad', 'so-so, or so'); CREATE DOMAIN price AS numeric(8,3) NOT NULL;
    CREATE DOMAIN flag AS bool; CREATE DOMAIN code AS char(4); CREATE TYPE pair AS (a int, "b c" text)`);
  api = await startDataApi({ ...place, url: () => fresh.url });
  process.env.AWS_ENDPOINT_URL_RDS_DATA = api.endpoint;
  pg = postgresDatabase(postgresConfig(fresh.url));
  dataApi = dataApiDatabase({ ...place, database });
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_RDS_DATA;
  await Promise.all([pg.close(), dataApi.close(), writer.end()]);
  await api.close();
  await fresh.drop();
});

const collect = async (parts: AsyncIterable<Selected>) => {
  const all: Selected[] = [];
  for await (const part of parts) all.push(part);
  return { columns: all[0]?.columns, rows: all.flatMap(({ rows }) => rows) };
};

describe.each(TYPES.map(([type, ...values], index) => ({ type, values, name: `t${index}` })))(
  '$type',
  ({ type, values, name }) => {
    const table = { schema: 'public', name };
    const nullable = type !== 'public.price';

    beforeAll(async () => {
      const rows = [...values, ...(nullable ? ['NULL'] : [])].map((value, index) => `(${index}, ${value})`);
      await writer.query(
        `CREATE TABLE ${name} (id int PRIMARY KEY, "a value" ${type}); INSERT INTO ${name} VALUES ${rows.join(', ')}`,
      );
    });

    test.each([
      ['a table', { table }],
      ['a query', { query: `SELECT * FROM public.${name} -- all` }],
    ])('%s has the same texts and columns', async (_, origin) => {
      const selection = {
        origin,
        beside: ['"source".id % 2 = 0', '"source"."a value"'],
        clauses: 'ORDER BY "source".id',
        rows: 100,
      };
      const expected = await pg.select(selection);
      const view = BARE.includes(type) && 'query' in origin ? bare : (selected: Selected) => selected;
      expect(view(await dataApi.select(selection))).toEqual(view(expected));
      expect(expected.rows).toHaveLength(values.length + Number(nullable));
    });

    test('a copy has the same texts and columns', async () => {
      const selection = { origin: { table }, beside: [], clauses: '' };
      const { rows } = await collect(pg.copy(selection, 2));
      expect(await collect(dataApi.copy(selection, 2))).toEqual({ columns: await pg.columns({ table }), rows });
    });
  },
);

test.each([
  `'2026-11-25 12:00+02' < "source".clock`,
  `"source".clock = '2026-11-25 12:00:00+00'::timestamptz`,
  `"source".moment::date = '2026-11-25'`,
  `"source".clock < (SELECT min(moment) FROM public.moments)`,
])('conditions are in UTC, too: %s', async (condition) => {
  await writer.query(`
    CREATE TABLE IF NOT EXISTS moments (id serial PRIMARY KEY, clock timestamp, moment timestamptz);
    TRUNCATE moments; INSERT INTO moments (clock, moment)
    SELECT '2026-11-25 00:00'::timestamp + n * '1 hour'::interval, '2026-11-25 00:00Z'::timestamptz + n * '1 hour'::interval
    FROM generate_series(0, 36, 3) n`);
  const origin = { table: { schema: 'public', name: 'moments' } };
  const selection = { origin, beside: [], clauses: `WHERE ${condition} ORDER BY "source".id`, rows: 100 };
  expect((await dataApi.select(selection)).rows).toEqual((await pg.select(selection)).rows);
});
