// connectless.types=exact: every value that is in Avro, cast back to its column's type by Postgres, is the same text.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Client } from 'pg';
import type { Database } from '../../src/postgres/database';
import { goldenTypes } from '../fixtures/golden/source/read';
import { sourceConfig } from '../source-config';
import { ways } from './database-ways';
import { fillTable, readTable, type TypesDatabase, throughAvro, typesDatabase } from './types-database';

jest.setTimeout(60_000);

const types = { ...sourceConfig.types, exact: true };
const recorded = [...goldenTypes('none').values()].flatMap(({ type, inserted }): (readonly [string, ...string[]])[] =>
  type === null || inserted === null || /NOT NULL|serial/.test(type) ? [] : [[type, ...inserted]],
);

/** What is not among the recorded cases: a type, and values in SQL. */
const MORE: readonly (readonly [string, ...string[]])[] = [
  ['float4', "'-0'", '1e-45', '3.4028235e38', "'NaN'"],
  ['float8', "'-0'", '5e-324', '1.7976931348623157e308', '0.1'],
  ['numeric', "'NaN'", "'-Infinity'", '1e1000', '1e-1000', '1.10', '0.00'],
  ['numeric(10,2)', "'NaN'", '1.50'],
  ['numeric(5,-2)', '12300', '0'],
  ['numeric(3,5)', '0.00123'],
  ['money', "'92233720368547758.07'", "'-0.01'"],
  ['date', "'infinity'", "'-infinity'", "'4713-01-01 BC'", "'5874897-12-31'", "'1582-10-10'"],
  ['time', "'24:00:00'", "'00:00:00.000001'"],
  ['timetz', "'24:00:00-15:59:59'", "'12:00:00.5+05:30:15'"],
  [
    'timestamp',
    "'infinity'",
    "'4713-01-01 00:00:00 BC'",
    "'294276-12-31 23:59:59.999999'",
    "'1582-10-10 00:00:00.000001'",
  ],
  ['timestamptz', "'-infinity'", "'0044-03-15 10:00:00.1+02 BC'", "'2024-02-29 12:34:56.789012+05:30'"],
  ['interval', "'-1 year 2 mons -3 days 04:05:06.000001'", "'178000000 years'"],
  ['bit(3)', "B'101'"],
  ['bit(9)', "B'101010101'"],
  ['bit(64)', "B'101'::bit(64)"],
  ['public.citext', "'Ab'"],
  ['xid8', "'18446744073709551615'"],
  ['pg_snapshot', "'10:20:10,14'"],
  ['oidvector', "'1 2 3'"],
  ['int2vector', "'1 -2'"],
  ['regtype', "'public.mood'"],
  ['tid', "'(0,1)'"],
  ['line', "'{1,2,3}'"],
  ['polygon', "'((0,0),(1,1.5),(1,0))'"],
  ['circle', "'<(1,2),3>'"],
  ['int4[]', "'[0:1]={1,2}'", "'{{1,NULL},{3,4}}'", "'{}'"],
  ['int4[][]', "'{{1,2},{3,4}}'", "'{1}'"],
  ['text[]', "ARRAY['a,b', '', 'NULL', NULL, '{x}', E'\\\\ \"']"],
  ['numeric[]', "'{NaN,1.50,Infinity}'"],
  ['timestamptz[]', "'{infinity,2024-02-29 12:34:56.789012+00}'"],
  ['box[]', "'{(1,1),(0,0);(2,2),(1,1)}'"],
  ['public.comp[]', 'ARRAY[ROW(1, \'a "b", c\')::public.comp, NULL]'],
  ['public.mood[]', "'{sad,NULL}'"],
  ['public.price_dom[]', "'{1.50,NaN}'"],
  ['datemultirange', "'{[2020-01-01,2020-02-01),[2021-01-01,)}'"],
  ['json', `'{"a" : 1.0, "a":1e400}'`],
  ['jsonb', `'{"a": 1e400, "b": "\\u00e9"}'`],
  ['xml', '\'<?xml version="1.0"?><a/>\''],
];

describe.each(ways)('exact types through %s', (_, open) => {
  let from: TypesDatabase;
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    from = await typesDatabase();
    await from.client.query("SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET search_path = pg_catalog");
    ({ database, close } = await open(from.url));
  });

  afterAll(async () => {
    await close();
    await from.drop();
  });

  test.each([...recorded, ...MORE])('%s: cast back it is the same text', async (type, ...values) => {
    // The recorded cases name types as their user does.
    const named = type.replace(/^(mood|comp|posint|price_dom|email|hstore)$/, 'public.$&');
    await fillTable(from.client, named, [...values.map(qualified), 'NULL']);
    const selected = await readTable(database);
    const texts = selected.rows.map(([, text]) => text);
    const back = await castBack(from.client, selected.columns[1]?.declared ?? '', throughAvro(selected, 1, types));
    expect(back).toEqual(texts);
    expect(texts.filter((text) => text !== null).length).toBeGreaterThan(0);
  });
});

function qualified(value: string): string {
  return value.replace(/::comp\b/, '::public.comp');
}

async function castBack(client: Client, type: string, values: readonly unknown[]): Promise<readonly unknown[]> {
  const back: unknown[] = [];
  for (const value of values) {
    const { rows } = await client.query({
      text: `SELECT CASE WHEN $1::text IS NOT NULL THEN format('%s', $1::text::${type}) END`,
      values: [literalOf(value)],
      rowMode: 'array',
    });
    back.push(rows[0]?.[0]);
  }
  return back;
}

/** What a reader of the topic would write into SQL. */
function literalOf(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'object' && 'bytes_hex' in value) return `\\x${value.bytes_hex}`;
  return String(value);
}
