// Every type of the recorded cases through a real Postgres: what test/src/source/record/golden-types.test.ts stands on.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Database } from '../../src/postgres/database';
import { tableSchema } from '../../src/source/record/table-schema';
import { goldenTypes, postgresTypes } from '../fixtures/golden/source/read';
import { sourceConfig } from '../source-config';
import { ways } from './database-ways';
import { fillTable, readTable, type TypesDatabase, throughAvro, typesDatabase } from './types-database';

jest.setTimeout(60_000);

const { types } = sourceConfig;
const table = { schema: 'public', name: 't' };
const recorded = [...goldenTypes('none')].filter(([, { type }]) => type !== null);
/** Of elements: values in SQL. */
const ELEMENTS: readonly (readonly [string, readonly string[]])[] = [
  ['int8', ['-9223372036854775808', 'NULL', '0']],
  ['float8', ["'NaN'", '1e-300', "'-Infinity'"]],
  ['bool', ['true', 'false', 'NULL']],
  ['text', ["'a,b'", "''", "'NULL'", 'NULL', "'{x}'", `'say "\\"'`, "E'\\n '", "'é😀'"]],
  ['bytea', ["'\\x00ff'", "''"]],
  ['numeric(12,3)', ['-1.5', '0', '999999999.999']],
  ['date', ["'infinity'", "'0044-03-15 BC'", "'2024-02-29'"]],
  ['timestamptz', ["'2024-02-29 12:34:56.789012+02'", "'-infinity'", 'NULL']],
  ['timetz', ["'12:34:56.789+02'"]],
  ['money', ["'-1234.56'", "'0.01'"]],
  ['uuid', ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"]],
  ['bit(1)', ["B'1'", "B'0'"]],
  ['box', ["'(1,1),(0,0)'", 'NULL', "'(2,2),(1,1)'"]],
  ['tstzrange', ["'[2020-01-01 00:00+00,2021-01-01 00:00+00)'", "'empty'"]],
  ['public.mood', ["'sad'", 'NULL']],
  ['public.comp', ['ROW(1,\'a b,"c"\')', 'NULL', 'ROW(NULL,NULL)']],
  ['public.price_dom', ['1.50', 'NULL']],
  ['public.hstore', [`'a=>1, "b c"=>NULL'`]],
];

describe.each(ways)('types through %s', (_, open) => {
  let from: TypesDatabase;
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    from = await typesDatabase();
    ({ database, close } = await open(from.url));
  });

  afterAll(async () => {
    await close();
    await from.drop();
  });

  test.each(recorded)('%s: column and texts are those of the recorded cases', async (name, { type, inserted }) => {
    await fillTable(from.client, type ?? '', inserted ?? []);
    const { columns, rows } = await readTable(database);
    expect({ column: columns[1], texts: rows.map(([, text]) => text) }).toEqual(postgresTypes().get(name));
  });

  test.each(ELEMENTS)('items of an array of %s are what a column of the type has', async (type, values) => {
    await fillTable(from.client, type, values);
    const alone = throughAvro(await readTable(database), 1, types);
    await fillTable(from.client, `${type}[]`, [`ARRAY[${values.join(', ')}]::${type}[]`]);
    expect(throughAvro(await readTable(database), 1, types)).toEqual([alone]);
  });

  test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])(
    'times on the clock of %s are the instants that Postgres reckons, changes of the clocks among them',
    async (timeZone) => {
      await fillTable(from.client, 'timestamp', []);
      await from.client.query(`
        INSERT INTO public.t(v) SELECT generate_series('1901-01-01 00:00:00.123456'::timestamp, '2036-12-31', '500 hours 17 minutes');
        INSERT INTO public.t(v) SELECT generate_series('2024-03-09 22:00'::timestamp, '2024-03-31 06:00', '30 minutes');
        INSERT INTO public.t(v) SELECT generate_series('2024-10-26 22:00'::timestamp, '2024-11-03 06:00', '30 minutes')`);
      const { rows: reckoned } = await from.client.query({
        text: `SELECT (extract(epoch FROM v AT TIME ZONE $1) * 1000000)::int8::text FROM public.t ORDER BY k`,
        values: [timeZone],
        rowMode: 'array',
      });
      const micros = { ...types, timeZone, timestampGranularity: 'micros_long' } as const;
      expect(throughAvro(await readTable(database), 1, micros)).toEqual(reckoned.flat());
    },
  );

  test('a serial is NOT NULL, a default and a generated column leave no trace in the schema', async () => {
    await from.client.query(`DROP TABLE IF EXISTS public.t; CREATE TABLE public.t(k bigserial, a int NOT NULL DEFAULT 7, g int
      GENERATED ALWAYS AS (a * 2) STORED, s smallserial, v serial, i int GENERATED ALWAYS AS IDENTITY)`);
    expect(JSON.parse(tableSchema(table, await database.columns({ table }), { types })).fields).toEqual([
      { name: 'k', type: 'long' },
      { name: 'a', type: 'int' },
      { name: 'g', type: ['null', 'int'], default: null },
      { name: 's', type: { type: 'int', 'connect.type': 'int16' } },
      { name: 'v', type: 'int' },
      { name: 'i', type: 'int' },
    ]);
  });

  test('a domain is what lies beneath it, domains over domains and of arrays, too; the outermost alone is NOT NULL', async () => {
    await from.client.query(`
      CREATE DOMAIN public.amount AS numeric(8,3) NOT NULL; CREATE DOMAIN public.total AS public.amount;
      CREATE DOMAIN public.amounts AS numeric(8,3)[]; CREATE DOMAIN public.moods AS public.mood[];
      DROP TABLE IF EXISTS public.t;
      CREATE TABLE public.t(a public.amount, b public.total, c public.amounts, d public.total[], e public.amounts[], f public.moods)`);
    const columns = await database.columns({ table });
    const numeric = { type: 'numeric', isEnum: false, typmod: ((8 << 16) | 3) + 4 };
    expect(columns.map(({ name, declared, dimensions, ...type }) => type)).toMatchObject([
      { ...numeric, nullable: false },
      { ...numeric, nullable: true },
      { type: '_numeric', element: numeric },
      { type: 'public._total', element: numeric },
      { type: 'public._amounts', element: { type: '_numeric', element: numeric } },
      { type: 'public._mood', element: { type: 'public.mood', isEnum: true } },
    ]);
  });

  test('a type of the user’s that is named like one of Postgres’s is the user’s', async () => {
    await from.client.query(`
      CREATE TYPE public.numeric AS (a int); CREATE TYPE public.date AS ENUM ('x');
      DROP TABLE IF EXISTS public.t; CREATE TABLE public.t(a public.numeric, b public.date)`);
    expect(JSON.parse(tableSchema(table, await database.columns({ table }), { types })).fields).toEqual([
      { name: 'a', type: ['null', 'string'], default: null },
      { name: 'b', type: ['null', 'string'], default: null },
    ]);
    await from.client.query('DROP TABLE public.t; DROP TYPE public.numeric; DROP TYPE public.date');
  });

  test('a query’s columns are those of the tables, as NOT NULL as there; expressions may be null', async () => {
    await from.client.query(`
      DROP TABLE IF EXISTS public.t; CREATE TABLE public.t(k serial, price numeric(8,2) NOT NULL, tags text[], m public.price_dom)`);
    const query = `SELECT t.*, u.k AS "other k", t.k + 1 AS next, count(*) OVER () AS all, t.price::numeric(6,1) AS short, nullif(u.k, NULL) AS may
      FROM public.t LEFT JOIN public.t u ON u.k = t.k + 1`;
    const own = await database.columns({ table });
    const columns = await database.columns({ query });
    expect(columns.slice(0, 3)).toEqual(own.slice(0, 3));
    // Postgres describes a result by what is beneath its domains.
    expect(columns[3]).toEqual({ ...own[3], declared: 'numeric(10,2)' });
    const rest = columns.slice(4).map(({ name, declared, nullable }) => [name, declared, nullable]);
    expect(rest).toEqual([
      ['other k', 'integer', false],
      ['next', 'integer', true],
      ['all', 'bigint', true],
      ['short', 'numeric(6,1)', true],
      ['may', 'integer', true],
    ]);
  });
});

describe('a float’s text', () => {
  test('of ten thousand floats of random bits gives every bit back', async () => {
    const from = await typesDatabase();
    const way = await ways[0]?.[1](from.url);
    if (way === undefined) throw new Error('no way');
    await from.client.query(`
      CREATE TABLE public.t(k serial, v float4, bits text);
      INSERT INTO public.t(v, bits) SELECT v, encode(float4send(v), 'hex') FROM (
        SELECT ((random() * 8 + 1) * 10 ^ (random() * 80 - 44)::int)::float4 AS v FROM generate_series(1, 10000)) made`);
    const { rows } = await readTable(way.database);
    expect(rows).toHaveLength(10_000);
    for (const [, text, bits] of rows) {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatBE(Number(text));
      expect(bytes.toString('hex')).toBe(bits);
    }
    await way.close();
    await from.drop();
  });
});
