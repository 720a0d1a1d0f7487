// Every type of the recorded cases through a real Postgres: the same schemas and values as Confluent's JDBC source.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { postgres } from '../../src/postgres/client';
import { tableReader } from '../../src/postgres/table-reader';
import { avroOutput } from '../../src/source/record/avro-output';
import { rowWriter } from '../../src/source/record/row';
import { tableSchema } from '../../src/source/record/table-schema';
import { decodeExactly, type GoldenType, goldenTypes } from '../fixtures/golden/source/read';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { postgresConfig } from './source-harness';

const config = { batchMaxRows: 100, tablePollIntervalMs: 60_000, incrementingColumn: 'k' };
const table = { schema: 'public', name: 't' };

/** Where ours is meant to be better than theirs: an error of theirs that ours does not have. */
const better = new Map([['t_timetz', [{ v: '36000000' }, { v: '43199999' }, { v: '0' }, { v: null }]]]);

describe('source types', () => {
  let fresh: FreshDatabase;
  let client: Client;

  beforeAll(async () => {
    fresh = await freshDatabase('types');
    client = new Client({ connectionString: fresh.url });
    await client.connect();
    await client.query(`
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
      CREATE DOMAIN posint AS int CHECK (VALUE > 0);
      CREATE DOMAIN price_dom AS numeric(10,2);
      CREATE DOMAIN email AS text`);
  });

  afterAll(async () => {
    await client.end();
    await fresh.drop();
  });

  const recorded = [...goldenTypes()].filter(([, { type }]) => type !== null && !type.includes('serial'));

  test.each(recorded)('%s: field and values as recorded', async (name, golden) => {
    await createTable(client, golden);
    const database = postgres(postgresConfig(fresh.url));
    try {
      const page = await tableReader(database, table, config).page(undefined, 1000n);
      const schema = tableSchema(table, page.columns);
      const fields = JSON.parse(schema).fields.slice(1);
      if (golden.fields !== undefined) expect(fields).toEqual(golden.fields);
      const write = rowWriter(table, page.columns, page.idIndex);
      const encode = () =>
        page.rows.map((row) => {
          const out = avroOutput();
          write(out, row);
          return decodeExactly(schema, out.bytes.subarray(0, out.end)).v;
        });
      const values = better.get(name) ?? golden.values;
      if (golden.error !== undefined && !better.has(name))
        expect(encode).toThrow(/row k = 1, column "v": (NaN|infinity)/);
      else expect(encode()).toEqual(values?.map(({ v }) => v));
    } finally {
      await database.close();
    }
  });

  test('a serial is NOT NULL, a default and a generated column leave no trace in the schema', async () => {
    await client.query(`DROP TABLE IF EXISTS t; CREATE TABLE t(k bigserial, a int NOT NULL DEFAULT 7, g int
      GENERATED ALWAYS AS (a * 2) STORED, s smallserial, v serial, i int GENERATED ALWAYS AS IDENTITY)`);
    const database = postgres(postgresConfig(fresh.url));
    const { columns } = await tableReader(database, table, config).page(undefined, 0n);
    await database.close();
    expect(JSON.parse(tableSchema(table, columns)).fields).toEqual([
      { name: 'k', type: 'long' },
      { name: 'a', type: 'int' },
      { name: 'g', type: ['null', 'int'], default: null },
      { name: 's', type: { type: 'int', 'connect.type': 'int16' } },
      { name: 'v', type: 'int' },
      { name: 'i', type: 'int' },
    ]);
  });

  test('ten thousand floats of random bits come back bit by bit', async () => {
    await client.query(`DROP TABLE IF EXISTS t; CREATE TABLE t(k serial, v float4, bits text)`);
    await client.query(`
      INSERT INTO t(v, bits) SELECT v, encode(float4send(v), 'hex') FROM (
        SELECT ((random() * 8 + 1) * 10 ^ (random() * 80 - 44)::int)::float4 AS v FROM generate_series(1, 10000)) made`);
    const database = postgres(postgresConfig(fresh.url));
    const page = await tableReader(database, table, { ...config, batchMaxRows: 10_000 }).page(undefined, 10_000n);
    await database.close();
    expect(page.rows).toHaveLength(10_000);
    for (const [, text, bits] of page.rows) {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatBE(Number(text));
      expect(bytes.toString('hex')).toBe(bits);
    }
  });
});

async function createTable(client: Client, { type, inserted }: GoldenType): Promise<void> {
  const rows = (inserted ?? []).map((value) => `INSERT INTO t(v) VALUES (${value})`);
  await client.query(`DROP TABLE IF EXISTS t; CREATE TABLE t(k serial, v ${type}); ${rows.join('; ')}`);
}
