// The RDS Data API as a way to Postgres, by its emulator: sizes, changes, failures, and how many calls they take.
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { Failure } from '../../local/data-api/failure';
import { type DataApiOptions, type DataApiServer, startDataApi } from '../../local/data-api/server';
import type { DataApiConfig } from '../../src/config/source-model';
import { dataApiDatabase } from '../../src/data-api/database';
import type { Log } from '../../src/log';
import type { Database, Selected, Selection } from '../../src/postgres/database';
import { type FreshDatabase, freshDatabase } from './fresh-database';

jest.setTimeout(120_000);

const place: DataApiConfig = {
  clusterArn: 'arn:aws:rds:us-east-1:000000000000:cluster:pages',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:pages',
  database: '',
};
const table = { schema: 'public', name: 'prices' };
let fresh: FreshDatabase;
let writer: Client;
let api: DataApiServer;
let database: Database;
let lines: string[];

const keep = (message: string, fields = {}) => {
  lines.push(`${message} ${JSON.stringify(fields)}`);
};
const log: Log = { debug: () => undefined, info: keep, warn: keep, error: keep };

async function open(options: Partial<DataApiOptions> = {}): Promise<void> {
  await close();
  api = await startDataApi({ ...place, url: () => fresh.url, ...options });
  process.env.AWS_ENDPOINT_URL_RDS_DATA = api.endpoint;
  database = dataApiDatabase({ ...place, database: new URL(fresh.url).pathname.slice(1) }, { log });
}

async function close(): Promise<void> {
  await database?.close();
  await api?.close();
}

beforeAll(async () => {
  fresh = await freshDatabase('pages');
  writer = new Client({ connectionString: fresh.url });
  await writer.connect();
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_RDS_DATA;
  await close();
  await writer.end();
  await fresh.drop();
});

beforeEach(async () => {
  lines = [];
  await writer.query('DROP TABLE IF EXISTS prices; CREATE TABLE prices (id int PRIMARY KEY, batch int, item text)');
  await open();
});

/** So many rows of so many characters each, behind those that are there. */
const insert = (rows: number, characters: number, batch = 0) =>
  writer.query(
    `INSERT INTO prices SELECT coalesce((SELECT max(id) FROM prices), 0) + n, ${batch}, repeat('x', ${characters}) FROM generate_series(1, ${rows}) n`,
  );
const behind = (id: number, more: Partial<Selection> = {}): Selection => ({
  origin: { table },
  beside: [],
  clauses: `WHERE "source".id > ${id} ORDER BY "source".id`,
  rows: 1000,
  ...more,
});
const ids = ({ rows }: Pick<Selected, 'rows'>) => rows.map(([id]) => Number(id));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const executed = () => api.calls.filter(({ path }) => path === '/Execute').length;

/** All rows by pages, and how many rows each had. */
async function readThrough(rows = 1000): Promise<{ ids: number[]; sizes: number[] }> {
  const read = { ids: [] as number[], sizes: [] as number[] };
  for (let more = true; more; ) {
    const page = await database.select(behind(read.ids.at(-1) ?? 0, { rows }));
    read.ids.push(...ids(page));
    read.sizes.push(page.rows.length);
    more = page.more;
  }
  return read;
}

describe('a page', () => {
  test('shrinks until it fits, and grows back', async () => {
    await insert(300, 10_000);
    await insert(3000, 10);
    const { ids: read, sizes } = await readThrough();
    expect(read).toEqual(upTo(3300));
    expect(sizes[0]).toBe(62);
    expect(Math.max(...sizes)).toBe(1000);
  });

  test('takes one call, and a look at the columns once', async () => {
    await insert(1, 10);
    await database.select(behind(0));
    expect(api.calls.map(({ path }) => path)).toEqual(['/Execute', '/Execute']);
    expect(await database.select(behind(1))).toMatchObject({ rows: [], more: false });
    expect(api.calls).toHaveLength(3);
  });

  test('has the rows that are equal to its last one, also when they do not fit into an answer', async () => {
    await insert(200, 10_000, 1);
    await insert(1, 10, 2);
    const clauses = 'ORDER BY "source".batch';
    const page = await database.select(behind(0, { clauses, rows: 10, beside: ['"source".batch + 1'] }));
    expect(page.rows).toHaveLength(200);
    expect(page.more).toBe(true);
    expect(page.rows.every((row) => row.length === 4 && row[3] === '2')).toBe(true);
  });

  test('without a limit comes whole', async () => {
    await insert(300, 10_000);
    const { rows: _, ...all } = behind(0);
    const page = await database.select(all);
    expect(ids(page)).toEqual(upTo(300));
    expect(page.more).toBe(false);
  });

  test('with a row that no answer can hold is an error that names the table', async () => {
    await insert(3, 10);
    await insert(1, 70_000);
    await expect(readThrough()).rejects.toMatchObject({
      code: 'DATA_API_ROW_TOO_LARGE',
      retryable: false,
      message: expect.stringMatching(/^A row of table \S*prices\S* is larger/),
    });
  });
});

describe('the columns of a page are those that its rows have', () => {
  const columns = (selected: Selected) => selected.columns.map(({ name, declared }) => `${name} ${declared}`);

  test.each([
    ['added', 'ADD COLUMN note text', ['id integer', 'batch integer', 'item text', 'note text'], 4],
    ['dropped', 'DROP COLUMN item', ['id integer', 'batch integer'], 2],
    ['renamed', 'RENAME COLUMN item TO what', ['id integer', 'batch integer', 'what text'], 3],
    ['widened', 'ALTER COLUMN batch TYPE bigint', ['id integer', 'batch bigint', 'item text'], 3],
  ])('also when one was %s between two pages', async (_, change, expected, count) => {
    await insert(5, 10);
    await database.select(behind(0));
    await writer.query(`ALTER TABLE prices ${change}`);
    const page = await database.select(behind(2));
    expect(columns(page)).toEqual(expected);
    expect(page.rows.map((row) => row.length)).toEqual([count, count, count]);
    expect(ids(page)).toEqual([3, 4, 5]);
  });

  test('also of a query, and of a copy', async () => {
    await insert(2, 10);
    const origin = { query: 'SELECT * FROM public.prices' };
    await database.select(behind(0, { origin }));
    await writer.query('ALTER TABLE prices ADD COLUMN span int4range, ALTER COLUMN batch TYPE numeric(9,2)');
    const expected = ['id integer', 'batch numeric(9,2)', 'item text', 'span int4range'];
    expect(columns(await database.select(behind(0, { origin })))).toEqual(expected);
    await writer.query('ALTER TABLE prices DROP COLUMN item');
    const remaining = expected.filter((column) => column !== 'item text');
    expect(columns(await database.select(behind(0, { origin })))).toEqual(remaining);
    for await (const part of database.copy(behind(0), 10)) expect(columns(part)).toEqual(remaining);
  });
});

describe('a copy', () => {
  const parts = async (size: number, meanwhile: () => Promise<unknown> = async () => undefined) => {
    const all: Selected[] = [];
    for await (const part of database.copy({ origin: { table }, beside: [], clauses: '' }, size)) {
      all.push(part);
      await meanwhile();
    }
    return all;
  };

  test('is one snapshot, in parts that fit', async () => {
    await insert(2000, 10);
    await insert(300, 10_000);
    await insert(20, 60_000);
    const all = await parts(1000, () => insert(1, 10));
    expect(all.flatMap(ids)).toEqual(upTo(2320));
    expect(Math.max(...all.map(({ rows }) => rows.length))).toBeLessThanOrEqual(1000);
    expect(all.map(({ more }) => more)).toEqual(all.map((_, index) => index < all.length - 1));
    // The last row says that it is the last one: no call brings nothing.
    expect(api.calls.filter(({ sql = '' }) => sql.startsWith('FETCH'))).toHaveLength(all.length);
  });

  test('takes what stands behind a query', async () => {
    await insert(10, 10);
    const clauses = 'ORDER BY "source".id DESC OFFSET 3 -- the first ones';
    const all: Selected[] = [];
    for await (const part of database.copy({ origin: { table }, beside: [], clauses }, 5)) all.push(part);
    expect(all.flatMap(ids)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  test('is whole before its last part is given away', async () => {
    await insert(10, 10);
    for await (const part of database.copy({ origin: { table }, beside: [], clauses: '' }, 4)) {
      expect(api.calls.at(-1)?.path).toBe(part.more ? '/Execute' : '/CommitTransaction');
    }
  });

  test('of nothing has no parts', async () => {
    expect(await parts(10)).toEqual([]);
  });

  test('leaves no transaction behind when its reader stops', async () => {
    await insert(10, 10);
    for await (const part of database.copy({ origin: { table }, beside: [], clauses: '' }, 2)) {
      expect(part.more).toBe(true);
      break;
    }
    expect(api.calls.at(-1)?.path).toBe('/RollbackTransaction');
    await writer.query("SET lock_timeout = '5s'; LOCK TABLE prices; RESET lock_timeout");
  });

  test('that is open is rolled back when its database is closed', async () => {
    await insert(10, 10);
    await database.copy({ origin: { table }, beside: [], clauses: '' }, 2)[Symbol.asyncIterator]().next();
    await database.close();
    expect(api.calls.at(-1)?.path).toBe('/RollbackTransaction');
    await writer.query("SET lock_timeout = '5s'; LOCK TABLE prices; RESET lock_timeout");
  });

  test('whose reader takes too long says so', async () => {
    await open({ transactionIdleMs: 20 });
    await insert(10, 10);
    const slow = async () => {
      const idle = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`;
      while ((await writer.query(idle)).rowCount !== 0);
    };
    await expect(parts(2, slow)).rejects.toMatchObject({ code: 'DATA_API_TRANSACTION_LOST', retryable: true });
  });
});

describe('statements', () => {
  const settings = ["SELECT current_setting('TimeZone')", 'SELECT now(), true, NULL, 1.50'];

  test('alone take one call', async () => {
    expect(await database.query(['SELECT id, item FROM public.prices'])).toEqual([[]]);
    expect(api.calls).toHaveLength(1);
  });

  test('that are several are one transaction', async () => {
    const [[[first]], , [[second]]] = (await database.query([
      'SELECT pg_current_xact_id_if_assigned(), now()',
      'LOCK TABLE public.prices IN ACCESS SHARE MODE',
      'SELECT now()',
    ])) as [[[string]], [], [[string]]];
    expect([first, second]).toEqual([null, expect.stringMatching(/\+00$/)]);
    const paths = api.calls.map(({ path }) => path);
    expect(paths).toEqual(['/BeginTransaction', '/Execute', '/Execute', '/Execute', '/CommitTransaction']);
  });

  test('that are no SELECT are answered as they come', async () => {
    const [plan] = await database.query(['EXPLAIN SELECT * FROM public.prices']);
    expect(plan?.[0]?.[0]).toMatch(/^Seq Scan on prices/);
  });

  test('that may share a snapshot take one call', async () => {
    const [zone, values] = await database.query(settings, { together: true });
    expect(zone).toEqual([['UTC']]);
    expect(values).toEqual([[expect.stringMatching(/\+00$/), 't', null, '1.50']]);
    expect(api.calls).toHaveLength(1);
  });

  test('that may share a snapshot are carried out one after the other', async () => {
    const slow = 'SELECT clock_timestamp() FROM (SELECT pg_sleep(0.1)) AS slept';
    const answers = await database.query([slow, 'SELECT clock_timestamp()', slow], { together: true });
    const times = answers.map((rows) => String(rows[0]?.[0]));
    expect(times).toEqual([...times].sort());
  });

  test('write nothing', async () => {
    await writer.query('CREATE SEQUENCE numbers');
    await expect(database.query(["SELECT nextval('public.numbers')"])).rejects.toMatchObject({
      message: expect.stringContaining('read-only transaction'),
    });
  });
});

describe('a failure', () => {
  test('of a pause is waited for, and told', async () => {
    api.pause(1500);
    expect(await database.query(['SELECT 1'])).toEqual([[['1']]]);
    expect(lines[0]).toMatch(/^The database was paused and is resuming .*resuming from its pause/);
  });

  test.each([
    ['ThrottlingException', 'Rate exceeded'],
    ['DatabaseUnavailableException', "The writer instance in the DB cluster isn't available"],
  ])('that passes (%s) is tried again, and told', async (type, message) => {
    api.failures.push(new Failure(type, message));
    expect(await database.query(['SELECT 1'])).toEqual([[['1']]]);
    expect(lines).toEqual([expect.stringContaining(message)]);
  });

  test('that does not pass is retryable in the end', async () => {
    api.failures.push(...Array.from({ length: 10 }, () => new Failure('ServiceUnavailableError', 'down')));
    await expect(database.query(['SELECT 1'])).rejects.toMatchObject({ code: 'DATA_API_UNAVAILABLE', retryable: true });
  });

  test('within a transaction is not tried again: its statements would be missing', async () => {
    await insert(10, 10);
    const copy = database.copy(behind(0), 5)[Symbol.asyncIterator]();
    await copy.next();
    api.failures.push(new Failure('DatabaseUnavailableException', 'gone'));
    const before = executed();
    await expect(copy.next()).rejects.toMatchObject({ code: 'DATA_API_UNAVAILABLE', retryable: true });
    expect(executed()).toBe(before + 1);
  });

  test('of a table that is not there is the same as through pg', async () => {
    const origin = { table: { schema: 'public', name: 'nowhere' } };
    await expect(database.select(behind(0, { origin }))).rejects.toMatchObject({
      code: 'TABLE_NOT_FOUND',
      retryable: true,
    });
    await expect(database.columns(origin)).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
  });

  test('of a statement that takes too long says what helps', async () => {
    await open({ limits: { statementMs: 100 } });
    await expect(database.query(['SELECT pg_sleep(60)'])).rejects.toMatchObject({
      code: 'DATA_API_STATEMENT_TIMEOUT',
      retryable: true,
    });
  });

  test('of a statement that takes longer than the invocation says that', async () => {
    const config = { ...place, database: new URL(fresh.url).pathname.slice(1) };
    const short = dataApiDatabase(config, { log, remainingMs: () => 1500 });
    await expect(short.query(['SELECT pg_sleep(3)'])).rejects.toMatchObject({
      code: 'DATA_API_STATEMENT_TIMEOUT',
      retryable: true,
      message: expect.stringContaining('connectless.function.timeout.ms'),
    });
    await short.close();
    const late = dataApiDatabase(config, { log, remainingMs: () => 0 });
    await expect(late.query(['SELECT 1'])).rejects.toMatchObject({ code: 'OUT_OF_TIME' });
    await late.close();
  });
});
