// Modes, keys and kinds of tables on a real Postgres and a real Kafka, where no recorded situation has them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { partitionOf } from '../../src/kafka/partition';
import type { LogRecord } from '../../src/kafka/topic-log';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { freshTopics, type RunningSource, startSource } from './source-harness';

let fresh: FreshDatabase;
let client: Client;
let other: Client;

beforeAll(async () => {
  fresh = await freshDatabase('modes');
  client = new Client({ connectionString: fresh.url });
  other = new Client({ connectionString: fresh.url });
  await Promise.all([client.connect(), other.connect()]);
});

afterAll(async () => {
  await Promise.all([client.end(), other.end()]);
  await fresh.drop();
});

const column = async (source: RunningSource, topic: string, name: string) =>
  (await source.records(topic)).map(({ value }) => value[name]);
const has = (source: RunningSource, topic: string, count: number) => async () =>
  (await source.records(topic)).length >= count;
const only = (table: string, ...types: string[]) => ({
  whitelist: [table],
  types: types.length > 0 ? types : ['TABLE'],
});

describe('connectless.mode=xid8', () => {
  test('reads in the order of transactions, ids that were drawn before among them', async () => {
    await client.query(`CREATE TABLE xids(id serial PRIMARY KEY, v text, tx xid8 NOT NULL DEFAULT pg_current_xact_id());
      INSERT INTO xids(id, v) VALUES (50, 'first')`);
    const topicPrefix = await freshTopics(['xids']);
    const source = startSource(fresh.url, { topicPrefix, tables: only('xids'), mode: 'xid8' });
    await source.until(has(source, `${topicPrefix}xids`, 1));
    await other.query('BEGIN');
    await other.query(`INSERT INTO xids(id, v) VALUES (7, 'late')`);
    await client.query(`INSERT INTO xids(id, v) VALUES (60, 'held')`);
    await other.query('COMMIT');
    await source.until(has(source, `${topicPrefix}xids`, 3));
    expect(await column(source, `${topicPrefix}xids`, 'id')).toEqual(['50', '7', '60']);
    await source.stop();
  });

  test('names whom it waits for, and looks again before the next poll is due', async () => {
    await client.query(`CREATE TABLE held(id serial PRIMARY KEY, tx xid8 NOT NULL DEFAULT pg_current_xact_id());
      CREATE TABLE busy(id int)`);
    const topicPrefix = await freshTopics(['held']);
    await other.query('BEGIN');
    await other.query('INSERT INTO busy VALUES (1)');
    await client.query('INSERT INTO held DEFAULT VALUES');
    const source = startSource(fresh.url, { topicPrefix, tables: only('held'), mode: 'xid8', pollIntervalMs: 600_000 });
    await source.until(() => source.lines.some((line) => /wait for open transactions.*INSERT INTO busy/.test(line)));
    expect(await column(source, `${topicPrefix}held`, 'id')).toEqual([]);
    await other.query('COMMIT');
    await source.until(has(source, `${topicPrefix}held`, 1));
    await source.stop();
  }, 30_000);

  test('connectless.fence.timeout.ms ends the wait', async () => {
    await client.query('CREATE TABLE held_long(id serial PRIMARY KEY, tx xid8 NOT NULL DEFAULT pg_current_xact_id())');
    await other.query('BEGIN');
    await other.query('INSERT INTO held_long DEFAULT VALUES');
    await client.query('INSERT INTO held_long DEFAULT VALUES');
    const settings = { tables: only('held_long'), mode: 'xid8' as const, fenceTimeoutMs: 700 };
    const source = startSource(fresh.url, { topicPrefix: await freshTopics(['held_long']), ...settings });
    await expect(source.until(() => false)).rejects.toThrow(/after 700 ms .*pid \d+/);
    await other.query('ROLLBACK');
    await source.stop().catch(() => undefined);
  }, 30_000);

  test('refuses a table whose rows predate the column', async () => {
    await client.query(
      'CREATE TABLE older(id serial PRIMARY KEY); INSERT INTO older DEFAULT VALUES; ALTER TABLE older ADD COLUMN tx xid8; ALTER TABLE older ALTER COLUMN tx SET DEFAULT pg_current_xact_id()',
    );
    const source = startSource(fresh.url, { topicPrefix: 'never-', tables: only('older'), mode: 'xid8' });
    await expect(source.until(() => false)).rejects.toThrow(/UPDATE "public"\."older" SET "tx" = DEFAULT/);
    await source.stop().catch(() => undefined);
  });
});

describe('mode=timestamp+incrementing', () => {
  test('holds back rows while an older transaction is open, and names it', async () => {
    await client.query(`CREATE TABLE stamped(id serial PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now())`);
    const topicPrefix = await freshTopics(['stamped']);
    const topic = `${topicPrefix}stamped`;
    await other.query('BEGIN');
    await other.query('SELECT now()');
    const source = startSource(fresh.url, {
      topicPrefix,
      tables: only('stamped'),
      mode: 'timestamp+incrementing',
      timestampColumn: ['ts'],
    });
    await client.query('INSERT INTO stamped DEFAULT VALUES');
    await source.until(() => source.lines.some((line) => /wait for open transactions.*SELECT now\(\)/.test(line)));
    expect(await column(source, topic, 'id')).toEqual([]);
    await other.query('INSERT INTO stamped DEFAULT VALUES; COMMIT');
    await source.until(has(source, topic, 2));
    expect(await column(source, topic, 'id')).toEqual(['2', '1']);
    await client.query('UPDATE stamped SET ts = clock_timestamp() WHERE id = 2');
    await source.until(has(source, topic, 3));
    expect(await column(source, topic, 'id')).toEqual(['2', '1', '2']);
    await source.stop();
  });

  test('connectless.fence.timeout.ms ends the wait, and reads nothing past it', async () => {
    await client.query(`CREATE TABLE impatient(id serial PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now())`);
    const topicPrefix = await freshTopics(['impatient']);
    await other.query('BEGIN; SELECT now()');
    await client.query('INSERT INTO impatient DEFAULT VALUES');
    const source = startSource(fresh.url, {
      topicPrefix,
      tables: only('impatient'),
      mode: 'timestamp+incrementing',
      timestampColumn: ['ts'],
      fenceTimeoutMs: 700,
    });
    await expect(source.until(() => false)).rejects.toThrow(/after 700 ms .*pid \d+/);
    expect(await column(source, `${topicPrefix}impatient`, 'id')).toEqual([]);
    await other.query('ROLLBACK');
    await source.stop().catch(() => undefined);
  });
});

describe('mode=timestamp', () => {
  test('reads rows of one timestamp page by page, in the order of the primary key', async () => {
    await client.query(`CREATE TABLE tied(part text, n int, ts timestamptz NOT NULL, PRIMARY KEY (part, n));
      INSERT INTO tied SELECT chr(97 + n % 3), n, '2024-01-01' FROM generate_series(1, 250) n;
      INSERT INTO tied VALUES ('z', 1, '2023-01-01'), ('a', 999, '2024-01-02')`);
    const topicPrefix = await freshTopics(['tied']);
    const topic = `${topicPrefix}tied`;
    const settings = { mode: 'timestamp' as const, timestampColumn: ['ts'], batchMaxRows: 40 };
    const source = startSource(fresh.url, { topicPrefix, tables: only('tied'), ...settings });
    await source.until(has(source, topic, 252));
    const read = (await source.records(topic)).map(({ value }) => `${value.part}${value.n}`);
    await source.stop();
    const { rows } = await client.query<{ key: string }>('SELECT part || n AS key FROM tied ORDER BY ts, part, n');
    expect(read).toEqual(rows.map(({ key }) => key));
  });
});

describe('the fence', () => {
  const waits = async (
    setup: string,
    table: string,
    insert: string,
    settings: Partial<Parameters<typeof startSource>[1]> = {},
  ) => {
    await client.query(setup);
    const topicPrefix = await freshTopics([table]);
    const topic = `${topicPrefix}${table}`;
    // A query's topic is the prefix alone.
    const place = settings.query === undefined ? { topicPrefix, tables: only(table) } : { topicPrefix: topic };
    const source = startSource(fresh.url, { ...place, ...settings });
    await other.query('BEGIN');
    await other.query(insert);
    await client.query(insert);
    await source.until(() => source.lines.some((line) => line.includes('wait for open transactions')));
    const before = await source.records(topic);
    await other.query('COMMIT');
    await source.until(has(source, topic, 2));
    const after = await column(source, topic, 'id');
    await source.stop();
    return { before: before.length, after };
  };

  test.each<[string, string, string, string, Partial<Parameters<typeof startSource>[1]>]>([
    [
      'a partitioned table',
      `CREATE TABLE parted(id serial, v int) PARTITION BY RANGE (id);
       CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (100)`,
      'parted',
      'INSERT INTO parted(v) VALUES (1)',
      { tables: { whitelist: ['parted'], types: ['PARTITIONED TABLE'] } },
    ],
    [
      'a sequence that another table draws from, too',
      "CREATE SEQUENCE shared; CREATE TABLE one(id int PRIMARY KEY DEFAULT nextval('shared')); CREATE TABLE two(id int PRIMARY KEY DEFAULT nextval('shared'))",
      'one',
      'INSERT INTO one DEFAULT VALUES',
      {},
    ],
    [
      'a view',
      'CREATE TABLE base(id serial PRIMARY KEY); CREATE VIEW seen AS SELECT id FROM base',
      'seen',
      'INSERT INTO base DEFAULT VALUES',
      { tables: { whitelist: ['seen'], types: ['VIEW'] }, validateNonNull: false, incrementingColumn: 'id' },
    ],
    [
      'a query',
      'CREATE TABLE queried(id serial PRIMARY KEY); CREATE TABLE names(id int)',
      'queried',
      'INSERT INTO queried DEFAULT VALUES',
      { query: 'SELECT q.id FROM queried q LEFT JOIN names USING (id) WHERE q.id > 0', incrementingColumn: 'id' },
    ],
  ])('waits for the writers of %s', async (_, setup, table, insert, settings) => {
    expect(await waits(setup, table, insert, settings)).toEqual({ before: 0, after: ['1', '2'] });
  });

  test('waits for a prepared transaction, and for LOCK TABLE', async () => {
    await client.query('CREATE TABLE prepared(id serial PRIMARY KEY)');
    const topicPrefix = await freshTopics(['prepared']);
    const topic = `${topicPrefix}prepared`;
    const source = startSource(fresh.url, { topicPrefix, tables: only('prepared') });
    await other.query('BEGIN');
    await other.query('INSERT INTO prepared DEFAULT VALUES');
    await other.query(`PREPARE TRANSACTION 'modes-1'`);
    await client.query('INSERT INTO prepared DEFAULT VALUES');
    await source.until(() => source.lines.some((line) => line.includes('prepared transaction modes-1')));
    expect(await column(source, topic, 'id')).toEqual([]);
    await client.query(`COMMIT PREPARED 'modes-1'`);
    await source.until(has(source, topic, 2));
    expect(await column(source, topic, 'id')).toEqual(['1', '2']);
    await source.stop();
  });
});

describe('keys', () => {
  /** In the order of their bytes, null ones last. */
  const keys = async (source: RunningSource, topic: string) => {
    const found: Pick<LogRecord, 'key' | 'partition'>[] = [];
    const ends = await source.log.ends(topic);
    for await (const record of source.log.read(
      topic,
      ends.map(() => 0),
      ends,
    )) {
      found.push(record);
    }
    const text = ({ key }: Pick<LogRecord, 'key'>) => key?.toString('hex') ?? 'null';
    return found.toSorted((a, b) => text(a).localeCompare(text(b)));
  };

  test('are the primary key, as a struct or as its one field', async () => {
    await client.query(`CREATE TABLE keyed(id serial PRIMARY KEY, v text); INSERT INTO keyed(v) VALUES ('a'), ('b')`);
    const topicPrefix = await freshTopics(['keyed'], 3);
    const topic = `${topicPrefix}keyed`;
    const settings = {
      topicPrefix,
      tables: only('keyed'),
      tableSettings: new Map([['keyed', { key: 'field' as const }]]),
    };
    const source = startSource(fresh.url, settings);
    await source.until(has(source, topic, 2));
    expect((await keys(source, topic)).map(({ key }) => key?.toString('hex'))).toEqual([
      '000000000102',
      '000000000104',
    ]);
    await source.stop();
  });

  test('are the columns that ValueToKey names, null ones among them, and the partition is theirs', async () => {
    await client.query(`CREATE TABLE pair(id serial PRIMARY KEY, a int NOT NULL, b text);
      INSERT INTO pair(a, b) VALUES (5, 'x'), (6, NULL), (5, 'x')`);
    const topicPrefix = await freshTopics(['pair'], 3);
    const topic = `${topicPrefix}pair`;
    const keyTransform = { fields: ['b', 'a'], form: 'struct' as const };
    const source = startSource(fresh.url, { topicPrefix, tables: only('pair'), keyTransform });
    await source.until(has(source, topic, 3));
    const found = await keys(source, topic);
    expect(found.map(({ key }) => key?.toString('hex'))).toEqual([
      '0000000001000c',
      '00000000010202780a',
      '00000000010202780a',
    ]);
    for (const { key, partition } of found) expect(partition).toBe(partitionOf(key ?? Buffer.alloc(0), 3));
    await source.stop();
  });

  test('of a query are the columns that transforms name; where the one field is null there is none', async () => {
    await client.query('CREATE TABLE half(id serial PRIMARY KEY, v int); INSERT INTO half(v) VALUES (7), (NULL)');
    const topic = `${await freshTopics(['half'])}half`;
    const source = startSource(fresh.url, {
      topicPrefix: topic,
      query: 'SELECT id, v FROM half',
      incrementingColumn: 'id',
      keyTransform: { fields: ['v'], form: 'field' },
    });
    await source.until(has(source, topic, 2));
    expect((await keys(source, topic)).map(({ key }) => key?.toString('hex'))).toEqual(['0000000001020e', undefined]);
    await source.stop();
  });
});
