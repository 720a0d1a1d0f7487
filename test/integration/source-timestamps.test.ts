// The timestamp modes on a real Postgres: transactions that are open while later rows are committed, in every form that hides them.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { freshTopics, type RunningSource, startSource } from './source-harness';

jest.setTimeout(60_000);

type Settings = Partial<Parameters<typeof startSource>[1]>;

let fresh: FreshDatabase;
let client: Client;
let other: Client;

const connected = async (settings: object = {}) => {
  const made = new Client({ connectionString: fresh.url, ...settings });
  await made.connect();
  if (!('replication' in settings)) await made.query("SET TimeZone = 'UTC'");
  return made;
};

beforeAll(async () => {
  fresh = await freshDatabase('timestamps');
  client = await connected();
});
beforeEach(async () => {
  other = await connected();
});
afterEach(() => other.end());
afterAll(async () => {
  await client.end();
  await fresh.drop();
});

const started = async (name: string, settings: Settings = {}, url = fresh.url) => {
  const topicPrefix = await freshTopics([name]);
  const topic = topicPrefix + name;
  const tables = { whitelist: [name], types: ['TABLE', 'VIEW', 'MATERIALIZED VIEW'] };
  const source = startSource(url, { topicPrefix, tables, mode: 'timestamp', timestampColumn: ['ts'], ...settings });
  const column = async (of: string) => (await source.records(topic)).map(({ value }) => value[of]);
  return { source, column };
};
const isHeld = ({ lines }: RunningSource) => lines.some((line) => line.includes('wait for open transactions'));

/** A committed row A, and a row B of a transaction that is open until A is held back, or read. */
async function bothCome(
  name: string,
  settings: Settings,
  url = fresh.url,
): Promise<{ before: unknown[]; after: unknown[]; lines: readonly string[] }> {
  const { source, column } = await started(name, settings, url);
  await source.until(async () => isHeld(source) || (await column('who')).length > 0);
  const before = await column('who');
  await other.query('COMMIT');
  await client.query(`INSERT INTO ${name === 'latest' ? 'base' : name}(who) VALUES ('C')`);
  await source.until(async () => (await column('who')).includes('C'));
  const after = (await column('who')).sort();
  await source.stop();
  return { before, after, lines: source.lines };
}

describe('a timestamp that is rounded below its transaction’s begin', () => {
  /** `other` is left with such a row, and `client` commits one of the same timestamp. */
  const insertBoth = async (table: string, column: string) => {
    for (;;) {
      await other.query('BEGIN');
      const { rows } = await other.query(
        `INSERT INTO ${table}(who) VALUES ('B') RETURNING ${column}::text AS ts, ${column} < now() AS below`,
      );
      const [{ ts, below }] = rows;
      if (below) {
        await client.query(`INSERT INTO ${table}(who, ${column}) VALUES ('A', $1)`, [ts]);
        return;
      }
      await other.query('ROLLBACK');
    }
  };

  test.each<[string, Settings]>([
    ['timestamptz(0)', {}],
    ['timestamptz(3)', {}],
    ['timestamp(0)', {}],
    ['timestamp(3)', {}],
    ['timestamptz(0)', { mode: 'timestamp+incrementing' }],
  ])('%s is waited for: %j', async (type, settings) => {
    const table = `rounded_${type.replace(/\W/g, '')}_${settings.mode === undefined ? 'ts' : 'both'}`;
    await client.query(`CREATE TABLE ${table}(id serial PRIMARY KEY, who text, ts ${type} NOT NULL DEFAULT now())`);
    await insertBoth(table, 'ts');
    expect(await bothCome(table, settings)).toMatchObject({ before: [], after: ['A', 'B', 'C'] });
  });

  test('is waited for where it is one of several columns', async () => {
    await client.query('CREATE TABLE several(who text, upd timestamptz, cre timestamptz(0) NOT NULL DEFAULT now())');
    await insertBoth('several', 'cre');
    const settings = { timestampColumn: ['upd', 'cre'] };
    expect(await bothCome('several', settings)).toMatchObject({ before: [], after: ['A', 'B', 'C'] });
  });

  test('is waited for where a view does not tell of it', async () => {
    await client.query(`CREATE TABLE base(who text, ts timestamptz(0) NOT NULL DEFAULT now());
      CREATE VIEW latest AS SELECT who, max(ts) AS ts FROM base GROUP BY who`);
    await insertBoth('base', 'ts');
    const settings = { validateNonNull: false };
    expect(await bothCome('latest', settings)).toMatchObject({ before: [], after: ['A', 'B', 'C'] });
  });

  test('of a date, the rows of a day are waited for together', async () => {
    await client.query('CREATE TABLE days(who text, ts date NOT NULL DEFAULT now())');
    await other.query('BEGIN');
    const { rows } = await other.query(`SELECT now()::date::text AS today`);
    await client.query(`INSERT INTO days VALUES ('before', $1::date - 1), ('same day', $1)`, [rows[0].today]);
    const { source, column } = await started('days');
    await source.until(async () => (await column('who')).length > 0);
    expect(await column('who')).toEqual(['before']);
    await source.stop();
    await other.query('COMMIT');
  });
});

test('timestamp.delay.interval.ms comes off the begin of an open transaction, too', async () => {
  await client.query('CREATE TABLE delayed(who text, ts timestamptz NOT NULL DEFAULT now())');
  await other.query('BEGIN');
  const { rows } = await other.query(
    `INSERT INTO delayed VALUES ('B', now() - interval '800 ms') RETURNING (now() - interval '400 ms')::text AS later`,
  );
  await client.query(`INSERT INTO delayed VALUES ('A', $1)`, [rows[0].later]);
  expect(await bothCome('delayed', { timestampDelayMs: 1000 })).toMatchObject({
    before: [],
    after: ['A', 'B', 'C'],
  });
});

describe('an open transaction is seen', () => {
  const insertBoth = async (table: string) => {
    await client.query(`CREATE TABLE ${table}(who text, ts timestamptz NOT NULL DEFAULT now())`);
    await other.query('BEGIN');
    await other.query(`INSERT INTO ${table}(who) VALUES ('B')`);
    await client.query(`INSERT INTO ${table}(who) VALUES ('A')`);
  };

  test('where track_activities is off; a session without one holds nothing back', async () => {
    await other.query('SET track_activities = off');
    await insertBoth('untracked');
    const { lines, ...found } = await bothCome('untracked', {});
    expect(found).toEqual({ before: [], after: ['A', 'B', 'C'] });
    expect(lines.join('\n')).toMatch(/pid \d+, disabled, transaction open for \? s/);
  });

  test('of a connection for replication', async () => {
    await other.end();
    other = await connected({ replication: 'database' });
    await insertBoth('replicating');
    expect(await bothCome('replicating', {})).toMatchObject({ before: [], after: ['A', 'B', 'C'] });
  });

  test('or, when the right to see it is taken away, the source stops', async () => {
    const reader = `timestamps_${process.pid}`;
    await client.query(`CREATE TABLE secluded(who text, ts timestamptz NOT NULL DEFAULT now());
      CREATE ROLE ${reader} LOGIN PASSWORD 'reader' IN ROLE pg_read_all_stats; GRANT SELECT ON secluded TO ${reader};
      INSERT INTO secluded VALUES ('A', '2026-01-01')`);
    const url = new URL(fresh.url);
    url.username = reader;
    url.password = 'reader';
    const { source, column } = await started('secluded', {}, url.href);
    await source.until(async () => (await column('who')).length > 0);
    await client.query(`REVOKE pg_read_all_stats FROM ${reader}`);
    await expect(source.until(() => false)).rejects.toMatchObject({ code: 'STATISTICS_HIDDEN' });
    await source.stop().catch(() => undefined);
    await client.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
  });
});

test('a materialized view is refused: a refresh may bring rows of times that were read', async () => {
  await client.query(`CREATE TABLE beneath(who text, ts timestamptz NOT NULL DEFAULT now());
    CREATE MATERIALIZED VIEW refreshed AS SELECT * FROM beneath`);
  const { source } = await started('refreshed', { validateNonNull: false });
  await expect(source.until(() => false)).rejects.toMatchObject({
    code: 'MATERIALIZED_VIEW',
    message: expect.stringContaining('mode=bulk'),
  });
  await source.stop().catch(() => undefined);
});

test('a zone that sessions of the database begin with, and is not db.timezone, is told', async () => {
  await client.query('CREATE TABLE local(who text, ts timestamp NOT NULL DEFAULT now())');
  await client.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Tokyo''', current_database()); END $$`,
  );
  const { source } = await started('local');
  await source.until(() => source.lines.some((line) => /Asia\/Tokyo.*TIMESTAMP_ZONE/.test(line)));
  await source.stop();
  await client.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET TimeZone', current_database()); END $$`);
});

test('a table that logical replication brings rows to is refused without a delay', async () => {
  await client.query('CREATE TABLE replicated(who text, ts timestamptz NOT NULL DEFAULT now())');
  await client.query(
    `CREATE SUBSCRIPTION theirs CONNECTION 'host=127.0.0.1' PUBLICATION ours WITH (connect = false, slot_name = NONE)`,
  );
  await client.query(`INSERT INTO pg_subscription_rel(srsubid, srrelid, srsubstate)
    SELECT oid, 'replicated'::regclass, 'r' FROM pg_subscription WHERE subname = 'theirs'`);
  const { source } = await started('replicated');
  await expect(source.until(() => false)).rejects.toMatchObject({ code: 'TABLE_SUBSCRIBED' });
  await source.stop().catch(() => undefined);
  await client.query('DROP SUBSCRIPTION theirs');
});
