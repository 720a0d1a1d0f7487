// The source on a real Postgres and a real Kafka: what it does when tables, connections and sequences are not as they should be.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { postgres } from '../../src/postgres/client';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { freshTopics, postgresConfig, type RunningSource, startSource } from './source-harness';

let fresh: FreshDatabase;
let client: Client;

beforeAll(async () => {
  fresh = await freshDatabase('source');
  client = new Client({ connectionString: fresh.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await fresh.drop();
});

const values = async (source: RunningSource, topic: string) => (await source.records(topic)).map(({ value }) => value);
const has = (source: RunningSource, topic: string, count: number) => async () =>
  (await source.records(topic)).length >= count;

describe('source', () => {
  test('reads a table from its smallest id on, negative ones among them, page by page', async () => {
    await client.query(`CREATE TABLE below(id serial PRIMARY KEY, item text);
      INSERT INTO below VALUES (-5, 'a'), (-4, 'b'), (0, 'c'); INSERT INTO below(item) VALUES ('d'), ('e')`);
    const topicPrefix = await freshTopics(['below']);
    const source = startSource(fresh.url, {
      topicPrefix,
      tables: { whitelist: ['below'], types: ['TABLE'] },
      batchMaxRows: 2,
    });
    await source.until(has(source, `${topicPrefix}below`, 5));
    const ids = (await values(source, `${topicPrefix}below`)).map(({ id }) => id);
    await source.stop();
    expect(ids).toEqual(['-5', '-4', '0', '1', '2']);
  });

  test('passes over no row of an id that several rows have, where a page ends', async () => {
    await client.query(`CREATE TABLE twins(id int NOT NULL, item text);
      INSERT INTO twins VALUES (1, 'a'), (2, 'b'), (2, 'c'), (2, 'd'), (3, 'e')`);
    const topicPrefix = await freshTopics(['twins']);
    const settings = {
      topicPrefix,
      tables: { whitelist: ['twins'], types: ['TABLE'] },
      incrementingColumn: 'id',
      batchMaxRows: 2,
    };
    const source = startSource(fresh.url, settings);
    await source.until(has(source, `${topicPrefix}twins`, 5));
    const items = (await values(source, `${topicPrefix}twins`)).map(({ item }) => item);
    await source.stop();
    expect(items.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(source.lines).toEqual([expect.stringContaining('Its ids come from no sequence')]);
  });

  test('a column added in mid-stream makes a new schema, and all rows before and after are there', async () => {
    await client.query(
      `CREATE TABLE grows(id serial PRIMARY KEY, a int NOT NULL); INSERT INTO grows(a) VALUES (1), (2)`,
    );
    const topicPrefix = await freshTopics(['grows']);
    const topic = `${topicPrefix}grows`;
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['public.grows'], types: ['TABLE'] } });
    await source.until(has(source, topic, 2));
    await client.query(`ALTER TABLE grows ADD COLUMN b text; INSERT INTO grows(a, b) VALUES (3, 'new')`);
    await source.until(has(source, topic, 3));
    await client.query(`ALTER TABLE grows ALTER COLUMN a DROP NOT NULL; INSERT INTO grows(a) VALUES (NULL)`);
    await source.until(has(source, topic, 4));
    const records = await source.records(topic);
    await source.stop();
    expect(records.map(({ value }) => value)).toEqual([
      { id: '1', a: '1' },
      { id: '2', a: '2' },
      { id: '3', a: '3', b: 'new' },
      { id: '4', a: null, b: null },
    ]);
    expect(new Set(records.map(({ schema }) => schema)).size).toBe(3);
  });

  test('a table that is created later is waited for, and read', async () => {
    const topicPrefix = await freshTopics(['later']);
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['later'], types: ['TABLE'] } });
    await source.until(() => source.lines.length > 0);
    await client.query(`CREATE TABLE later(id serial PRIMARY KEY, item text); INSERT INTO later(item) VALUES ('here')`);
    await source.until(has(source, `${topicPrefix}later`, 1));
    await source.stop();
    expect(source.lines).toEqual([expect.stringContaining('names what is not there yet: later of table.whitelist')]);
  });

  test('a topic that is missing is told, and the rows are there when it is', async () => {
    await client.query(`CREATE TABLE topicless(id serial PRIMARY KEY); INSERT INTO topicless DEFAULT VALUES`);
    const topicPrefix = await freshTopics(['unrelated']);
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['topicless'], types: ['TABLE'] } });
    await source.until(() => source.lines.length > 0);
    expect(source.lines[0]).toContain(`Topic ${topicPrefix}topicless does not exist`);
    await source.stop();
  });

  test('a lost connection is told once, and the source goes on', async () => {
    await client.query(`CREATE TABLE lost(id serial PRIMARY KEY, item text); INSERT INTO lost(item) VALUES ('before')`);
    const topicPrefix = await freshTopics(['lost']);
    const topic = `${topicPrefix}lost`;
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['lost'], types: ['TABLE'] } });
    await source.until(has(source, topic, 1));
    const ended = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'connectless'`,
    );
    expect(ended.rowCount).toBeGreaterThan(0);
    await client.query(`INSERT INTO lost(item) VALUES ('after')`);
    await source.until(has(source, topic, 2));
    const items = (await values(source, topic)).map(({ item }) => item);
    await source.stop();
    expect(items).toEqual(['before', 'after']);
  });

  test('waits for an open transaction, and names who is waited for without the values of the query', async () => {
    await client.query('CREATE TABLE held(id serial PRIMARY KEY, item text)');
    const topicPrefix = await freshTopics(['held']);
    const topic = `${topicPrefix}held`;
    const holder = new Client({ connectionString: fresh.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query(`INSERT INTO held(item) VALUES ('secret')`);
    await client.query(`INSERT INTO held(item) VALUES ('second')`);
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['held'], types: ['TABLE'] } });
    await source.until(() => source.lines.length > 0);
    expect(source.lines[0]).toMatch(
      /wait for open transactions.*pid \d+, idle in transaction.*INSERT INTO held\(item\) VALUES \(\?\)/,
    );
    expect(await source.records(topic)).toEqual([]);
    await holder.query('COMMIT');
    await holder.end();
    await source.until(has(source, topic, 2));
    const items = (await values(source, topic)).map(({ item }) => item);
    await source.stop();
    expect(items).toEqual(['secret', 'second']);
  });

  test('does not wait for VACUUM, ANALYZE or CREATE INDEX, which insert nothing', async () => {
    await client.query(`CREATE TABLE swept(id serial PRIMARY KEY); INSERT INTO swept DEFAULT VALUES`);
    const topicPrefix = await freshTopics(['swept']);
    await client.query('BEGIN; LOCK TABLE swept IN SHARE UPDATE EXCLUSIVE MODE');
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['swept'], types: ['TABLE'] } });
    await source.until(has(source, `${topicPrefix}swept`, 1));
    await client.query('ROLLBACK');
    await source.stop();
    expect(source.lines).toEqual([]);
  });

  test('reads rows with ids of their own beside those of the sequence, and tells of a sequence that was set back', async () => {
    await client.query(
      `CREATE TABLE odd(id serial PRIMARY KEY); INSERT INTO odd DEFAULT VALUES; INSERT INTO odd VALUES (4), (40)`,
    );
    const topicPrefix = await freshTopics(['odd']);
    const topic = `${topicPrefix}odd`;
    const source = startSource(fresh.url, { topicPrefix, tables: { whitelist: ['odd'], types: ['TABLE'] } });
    await source.until(has(source, topic, 3));
    await client.query('INSERT INTO odd DEFAULT VALUES; INSERT INTO odd DEFAULT VALUES');
    await source.until(has(source, topic, 5));
    await client.query(`SELECT setval('odd_id_seq', 40); INSERT INTO odd DEFAULT VALUES`);
    await source.until(has(source, topic, 6));
    const ids = (await source.records(topic)).map(({ value }) => value.id);
    expect(ids).toEqual(['1', '4', '40', '2', '3', '41']);
    expect(source.lines).toEqual([]);
    await client.query('TRUNCATE odd RESTART IDENTITY');
    await source.until(() => source.lines.length > 0);
    expect(source.lines[0]).toMatch(/set back below the cursor.*"sequence":"0","cursor":"41"/);
    await source.stop();
  });
});

describe('source, refused with what to write instead', () => {
  const refused = async (setup: string, tables: string[], message: RegExp, incrementingColumn?: string) => {
    await client.query(setup);
    const source = startSource(fresh.url, {
      topicPrefix: 'refused-',
      tables: { whitelist: tables, types: ['TABLE'] },
      ...(incrementingColumn === undefined ? {} : { incrementingColumn }),
    });
    await expect(source.until(() => false)).rejects.toThrow(message);
    await expect(source.stop()).rejects.toThrow(message);
  };

  test.each([
    [
      'CREATE TABLE cached(id serial PRIMARY KEY); ALTER SEQUENCE cached_id_seq CACHE 20',
      'cached',
      /ALTER SEQUENCE "public"."cached_id_seq" CACHE 1 INCREMENT 1/,
    ],
    [
      'CREATE TABLE stepped(id int GENERATED ALWAYS AS IDENTITY (INCREMENT 2))',
      'stepped',
      /INCREMENT 2.*ALTER SEQUENCE/,
    ],
    [
      'CREATE TABLE idless(a int NOT NULL)',
      'idless',
      /has no auto-increment column: name the column in incrementing.column.name/,
    ],
    [
      'CREATE TABLE "my table"(id serial)',
      'my table',
      /"refused-my table", which is no name of a topic: write connectless\.table\.public\.my\\ table\.topic=/,
    ],
  ])('%s', (setup, table, message) => refused(setup, [table], message));

  test.each([
    ['CREATE TABLE upper("Id" serial)', 'upper', 'id', /has no column "id": write incrementing.column.name=Id/],
    [
      'CREATE TABLE texts(id text NOT NULL)',
      'texts',
      'id',
      /"id" of type text: an incrementing column must be integral/,
    ],
    [
      'CREATE TABLE cents(id numeric(10,2) NOT NULL)',
      'cents',
      'id',
      /of type numeric\(10,2\): an incrementing column must be integral/,
    ],
    ['CREATE TABLE nullable(id int)', 'nullable', 'id', /"id" nullable.*SET NOT NULL/],
  ])('%s', (setup, table, column, message) => refused(setup, [table], message, column));

  test('all faults of a table at once: names, numerics', () =>
    refused(
      `CREATE TABLE faulty(id serial, "order-id" int, n numeric); INSERT INTO faulty DEFAULT VALUES`,
      ['faulty'],
      /"order-id" has a name.*RENAME COLUMN "order-id" TO order_id\n.*"n" is a numeric without precision.*TYPE numeric\(38,10\)/,
    ));

  test('two tables that would go to one topic', () =>
    refused(
      'CREATE SCHEMA a; CREATE TABLE a.same(id serial); CREATE TABLE same(id serial)',
      ['same'],
      /a\.same and public\.same would go to one topic/,
    ));
});

describe('connecting to Postgres', () => {
  const query = async (change: object) => {
    const database = postgres({ ...postgresConfig(fresh.url), ...change });
    return database.run('SELECT 1').finally(() => database.close());
  };

  test('a database that is not there is named, and not tried again', () =>
    expect(query({ database: 'nowhere' })).rejects.toMatchObject({
      code: 'POSTGRES_DATABASE_NOT_FOUND',
      retryable: false,
      message: expect.stringContaining('"nowhere"'),
    }));

  test('a server that is not there is tried again', () =>
    expect(query({ port: 1 })).rejects.toMatchObject({ code: 'POSTGRES_UNAVAILABLE', retryable: true }));

  test('prefer does without encryption where the server has none, require does not', async () => {
    await expect(query({ sslMode: 'prefer' })).resolves.toMatchObject([{ rows: [['1']] }]);
    await expect(query({ sslMode: 'require' })).rejects.toMatchObject({ code: 'POSTGRES_TLS', retryable: false });
  });

  test('a wrong password is told without the password', async () => {
    await client.query(`CREATE ROLE guarded LOGIN PASSWORD 'right'`);
    const error = await query({ user: 'guarded', password: 'wr0ng' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'POSTGRES_AUTHENTICATION', retryable: false });
    expect(error instanceof Error && error.stack).not.toContain('wr0ng');
    await client.query('DROP ROLE guarded');
  });
});
