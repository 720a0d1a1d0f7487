// A database with the types that the recorded cases are of, and tables of one column in it.
import { Client } from 'pg';
import type { TypesConfig } from '../../src/config/source-model';
import type { Database, Selected } from '../../src/postgres/database';
import { avroOutput } from '../../src/source/record/avro-output';
import { rowWriter } from '../../src/source/record/row';
import { tableSchema } from '../../src/source/record/table-schema';
import { decodeExactly } from '../fixtures/golden/source/read';
import { freshDatabase } from './fresh-database';

export interface TypesDatabase {
  readonly url: string;
  readonly client: Client;
  drop(): Promise<void>;
}

const NOT_NULL_VIOLATION = '23502';
const table = { schema: 'public', name: 't' };

export async function typesDatabase(): Promise<TypesDatabase> {
  const fresh = await freshDatabase('types');
  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(`
    CREATE EXTENSION hstore; CREATE EXTENSION citext;
    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    CREATE TYPE comp AS (a int, b text);
    CREATE DOMAIN posint AS int CHECK (VALUE > 0);
    CREATE DOMAIN price_dom AS numeric(10,2);
    CREATE DOMAIN email AS text;
    SET TimeZone = 'UTC'; SET search_path = pg_catalog, public`);
  return {
    url: fresh.url,
    client,
    drop: async () => {
      await client.end();
      await fresh.drop();
    },
  };
}

/** A table with a column `v` of a type; of rows that the column refuses to have as NULL there is none. */
export async function fillTable(client: Client, type: string, values: readonly string[]): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS public.t; CREATE TABLE public.t(k serial, v ${type})`);
  for (const value of values) {
    await client.query(`INSERT INTO public.t(v) VALUES (${value})`).catch((error: { code?: string }) => {
      if (error.code !== NOT_NULL_VIOLATION) throw error;
    });
  }
}

export function readTable(database: Database): Promise<Selected> {
  return database.select({ origin: { table }, beside: [], clauses: 'ORDER BY "source".k' });
}

/** The values of the column at a place, as Avro has them. */
export function throughAvro({ columns, rows }: Selected, place: number, types: TypesConfig): readonly unknown[] {
  const of = columns.slice(place, place + 1);
  const schema = tableSchema(table, of, { types });
  const write = rowWriter(table, of, types, undefined);
  return rows.map((row) => {
    const out = avroOutput();
    write(out, row.slice(place, place + 1));
    return decodeExactly(schema, out.bytes.subarray(0, out.end))[of[0]?.name ?? ''];
  });
}
