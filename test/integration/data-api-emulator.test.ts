// The emulator of the RDS Data API over a real Postgres, asked through AWS's SDK.

import {
  BatchExecuteStatementCommand,
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  type Field,
  RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Failure } from '../../local/data-api/failure';
import { type DataApiServer, startDataApi } from '../../local/data-api/server';
import { eventually } from './eventually';
import { type FreshDatabase, freshDatabase } from './fresh-database';

jest.setTimeout(60_000);

const place = {
  resourceArn: 'arn:aws:rds:us-east-1:000000000000:cluster:emulated',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:emulated',
};
let fresh: FreshDatabase;
let api: DataApiServer;
/** With short limits of time. */
let hasty: DataApiServer;
let client: RDSDataClient;
let hastyClient: RDSDataClient;
let database: string;

beforeAll(async () => {
  fresh = await freshDatabase('emulator');
  database = new URL(fresh.url).pathname.slice(1);
  const options = { clusterArn: place.resourceArn, secretArn: place.secretArn, url: () => fresh.url };
  api = await startDataApi(options);
  hasty = await startDataApi({ ...options, transactionIdleMs: 50, limits: { statementMs: 100 } });
  client = new RDSDataClient({ endpoint: api.endpoint, region: 'us-east-1', maxAttempts: 1 });
  hastyClient = new RDSDataClient({ endpoint: hasty.endpoint, region: 'us-east-1', maxAttempts: 1 });
  await execute(`CREATE TYPE mood AS ENUM ('glad', 'sad')`);
  await execute('CREATE TABLE prices (id serial PRIMARY KEY, item varchar(20) NOT NULL, price numeric(10,2))');
});

afterAll(async () => {
  client.destroy();
  hastyClient.destroy();
  await Promise.all([api.close(), hasty.close()]);
  await fresh.drop();
});

const execute = (sql: string, more: Partial<ExecuteStatementCommandInput> = {}) =>
  client.send(new ExecuteStatementCommand({ ...place, database, sql, ...more }));
const values = async (sql: string, more: Partial<ExecuteStatementCommandInput> = {}) =>
  (await execute(sql, more)).records?.[0];
const begin = async () => (await client.send(new BeginTransactionCommand({ ...place, database }))).transactionId ?? '';

describe('a value comes as', () => {
  test.each<[string, Field]>([
    ['NULL::int', { isNull: true }],
    ['true', { booleanValue: true }],
    ['1::int2', { longValue: 1 }],
    ['1.5::float8', { doubleValue: 1.5 }],
    ["'NaN'::float8", { doubleValue: Number.NaN }],
    ['1.50::numeric', { stringValue: '1.50' }],
    ["'text'", { stringValue: 'text' }],
    ["'a'::char(3)", { stringValue: 'a  ' }],
    ["'sad'::mood", { stringValue: 'sad' }],
    [`'{"a": 1}'::jsonb`, { stringValue: '{"a": 1}' }],
    ["'\\x00ff'::bytea", { blobValue: new Uint8Array([0, 255]) }],
    ["'2026-11-25'::date", { stringValue: '2026-11-25' }],
    ["'2026-11-25 12:00:00.5'::timestamp", { stringValue: '2026-11-25 12:00:00.5' }],
    ["'2026-11-25 12:00:00+02'::timestamptz", { stringValue: '2026-11-25 10:00:00' }],
    ["'{1,NULL}'::int8[]", { arrayValue: { longValues: [1, null as unknown as number] } }],
    ['\'{a,"b,c"}\'::text[]', { arrayValue: { stringValues: ['a', 'b,c'] } }],
    ["'{t,f}'::bool[]", { arrayValue: { booleanValues: [true, false] } }],
    ["'{0.5}'::float4[]", { arrayValue: { doubleValues: [0.5] } }],
  ])('%s', async (expression, expected) => {
    const [field] = (await values(`SELECT ${expression}`)) ?? [];
    expect(field).toMatchObject(expected);
  });

  test('a long above 2^53 rounded, or as a string', async () => {
    const sql = 'SELECT 9007199254740993::int8';
    expect(await values(sql)).toEqual([{ longValue: 9007199254740992 }]);
    const resultSetOptions = { longReturnType: 'STRING' } as const;
    expect(await values(sql, { resultSetOptions })).toEqual([{ stringValue: '9007199254740993' }]);
  });

  test('a decimal as a number on demand', async () => {
    const resultSetOptions = { decimalReturnType: 'DOUBLE_OR_LONG' } as const;
    expect(await values('SELECT 1.5::numeric, 2::numeric', { resultSetOptions })).toEqual([
      { doubleValue: 1.5 },
      { longValue: 2 },
    ]);
  });

  test.each(["'int4'::regtype", `'c'::"char"`, "'1 day'::interval", "'a=>b'::name", "'[1,2)'::int4range"])(
    'nothing, for %s is a type that it does not carry',
    async (expression) => {
      await expect(execute(`SELECT ${expression}`)).rejects.toMatchObject({
        name: 'UnsupportedResultException',
        message: expect.stringMatching(/^The result contains the unsupported data type "[A-Z0-9]+"\.$/),
      });
    },
  );

  test('nothing, for an array has two dimensions', async () => {
    await expect(execute("SELECT '{{1},{2}}'::int[]")).rejects.toMatchObject({ name: 'UnsupportedResultException' });
  });

  test('JSON on demand', async () => {
    const { formattedRecords, records } = await execute(`SELECT 1 AS a, NULL AS b, 'x' AS c`, {
      formatRecordsAs: 'JSON',
    });
    expect(formattedRecords).toBe('[{"a":1,"b":null,"c":"x"}]');
    expect(records).toBeUndefined();
  });
});

describe('a parameter', () => {
  test('of each kind is bound', async () => {
    const parameters = [
      { name: 'n', value: { isNull: true } },
      { name: 'b', value: { booleanValue: true } },
      { name: 'l', value: { longValue: 7 } },
      { name: 'd', value: { doubleValue: 0.5 } },
      { name: 's', value: { stringValue: "it's :l" } },
      { name: 'y', value: { blobValue: new Uint8Array([1, 2]) } },
    ];
    expect(await values('SELECT :n::text, :b, :l, :d, :s, :y', { parameters })).toMatchObject([
      { isNull: true },
      { booleanValue: true },
      { longValue: 7 },
      { doubleValue: 0.5 },
      { stringValue: "it's :l" },
      { blobValue: new Uint8Array([1, 2]) },
    ]);
  });

  test('with a hint has the type', async () => {
    const parameters = [
      { name: 'd', value: { stringValue: '2026-11-25' }, typeHint: 'DATE' as const },
      { name: 'u', value: { stringValue: '01234567-89ab-cdef-0123-456789abcdef' }, typeHint: 'UUID' as const },
      { name: 'j', value: { stringValue: '{"a":1}' }, typeHint: 'JSON' as const },
    ];
    const sql = `SELECT :d + 1, pg_typeof(:u)::text, :j::jsonb -> 'a'`;
    expect(await values(sql, { parameters })).toEqual([
      { stringValue: '2026-11-26' },
      { stringValue: 'uuid' },
      { stringValue: '1' },
    ]);
  });

  test('without a hint is no date', async () => {
    const parameters = [{ name: 'd', value: { stringValue: '2026-11-25' } }];
    await expect(execute('SELECT current_date = :d', { parameters })).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: expect.stringContaining('SQLState: 42883'),
    });
  });
});

test('a column is described as pgjdbc describes it', async () => {
  const { columnMetadata } = await execute('SELECT id, item AS what, price, now() AS at FROM prices', {
    includeResultMetadata: true,
  });
  expect(columnMetadata).toMatchObject([
    { name: 'id', label: 'id', typeName: 'serial', type: 4, isAutoIncrement: true, nullable: 0, precision: 10 },
    { name: 'item', label: 'what', typeName: 'varchar', precision: 20, tableName: 'prices', schemaName: 'public' },
    { name: 'price', typeName: 'numeric', precision: 10, scale: 2, nullable: 1 },
    { name: 'at', typeName: 'timestamptz', nullable: 2, tableName: '' },
  ]);
});

test('an error has Postgres’s words, the position and the SQLSTATE', async () => {
  await expect(execute('SELECT * FROM nowhere')).rejects.toMatchObject({
    name: 'DatabaseErrorException',
    message: 'ERROR: relation "nowhere" does not exist; Position: 15; SQLState: 42P01',
  });
});

test('several statements in one call are refused', async () => {
  await expect(execute('SELECT 1; SELECT 2')).rejects.toMatchObject({
    name: 'ValidationException',
    message: "Multistatements aren't supported",
  });
});

test('a batch runs once for each set, all or nothing', async () => {
  const sets = (...items: (string | null)[]) =>
    items.map((item) => [{ name: 'item', value: item === null ? { isNull: true } : { stringValue: item } }]);
  const batch = (...items: (string | null)[]) =>
    client.send(
      new BatchExecuteStatementCommand({
        ...place,
        database,
        sql: 'INSERT INTO prices (item) VALUES (:item)',
        parameterSets: sets(...items),
      }),
    );
  expect((await batch('laptop', 'mobile')).updateResults).toHaveLength(2);
  await expect(batch('tablet', null)).rejects.toMatchObject({ message: expect.stringContaining('SQLState: 23502') });
  expect(await values('SELECT count(*) FROM prices')).toEqual([{ longValue: 2 }]);
  expect((await execute("UPDATE prices SET price = 1 WHERE item = 'laptop'")).numberOfRecordsUpdated).toBe(1);
});

describe('a transaction', () => {
  const unseen = { name: 'TransactionNotFoundException' };

  test('is seen when it is committed', async () => {
    const transactionId = await begin();
    await execute('CREATE TABLE made (id int)', { transactionId });
    await expect(execute('SELECT * FROM made')).rejects.toMatchObject({ name: 'DatabaseErrorException' });
    await client.send(new CommitTransactionCommand({ ...place, transactionId }));
    expect((await execute('SELECT * FROM made')).records).toEqual([]);
    await expect(execute('SELECT 1', { transactionId })).rejects.toMatchObject(unseen);
  });

  test('is gone when it is rolled back', async () => {
    const transactionId = await begin();
    await execute('CREATE TABLE unmade (id int)', { transactionId });
    await client.send(new RollbackTransactionCommand({ ...place, transactionId }));
    await expect(execute('SELECT * FROM unmade')).rejects.toMatchObject({ name: 'DatabaseErrorException' });
  });

  test('ends with an error', async () => {
    const transactionId = await begin();
    await expect(execute('SELECT 1/0', { transactionId })).rejects.toThrow('SQLState: 22012');
    await expect(execute('SELECT 1', { transactionId })).rejects.toMatchObject(unseen);
  });

  test('ends when it is left alone', async () => {
    const { transactionId } = await hastyClient.send(new BeginTransactionCommand({ ...place, database }));
    const others = `SELECT 1 FROM pg_stat_activity WHERE datname = '${database}' AND state = 'idle in transaction'`;
    await eventually(
      () => execute(others),
      ({ records }) => records?.length === 0,
    );
    const late = hastyClient.send(new ExecuteStatementCommand({ ...place, database, sql: 'SELECT 1', transactionId }));
    await expect(late).rejects.toMatchObject(unseen);
  });

  test('runs one statement at a time', async () => {
    const transactionId = await begin();
    const before = api.calls.length;
    const first = execute('SELECT pg_sleep(1)::text', { transactionId });
    await eventually(
      async () => api.calls.length,
      (calls) => calls > before,
    );
    await expect(execute('SELECT 1', { transactionId })).rejects.toThrow('Transaction is still running a query');
    await first;
  });
});

describe('a limit', () => {
  test('of 1 MiB ends a call', async () => {
    expect((await execute("SELECT repeat('x', 60000) FROM generate_series(1, 17)")).records).toHaveLength(17);
    await expect(execute("SELECT repeat('x', 60000) FROM generate_series(1, 18)")).rejects.toMatchObject({
      name: 'UnsupportedResultException',
      message: 'Database returned more than the allowed response size limit',
    });
  });

  test('of 64 KB ends a call for one row', async () => {
    await expect(execute("SELECT repeat('x', 65536)")).rejects.toMatchObject({ name: 'UnsupportedResultException' });
  });

  test('of 4 MiB refuses a request', async () => {
    await expect(execute(`SELECT '${'x'.repeat(4 * 1024 ** 2)}'`)).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });

  test('of time cancels a statement, unless it may go on', async () => {
    const sleep = (seconds: number, continueAfterTimeout: boolean) =>
      hastyClient.send(
        new ExecuteStatementCommand({
          ...place,
          database,
          sql: `SELECT pg_sleep(${seconds})::text`,
          continueAfterTimeout,
        }),
      );
    await expect(sleep(60, false)).rejects.toMatchObject({ name: 'StatementTimeoutException' });
    expect((await sleep(0.5, true)).records).toHaveLength(1);
  });
});

describe('a call is refused', () => {
  test('while the database resumes', async () => {
    api.pause(300);
    await expect(execute('SELECT 1')).rejects.toMatchObject({ name: 'DatabaseResumingException' });
    await eventually(() => execute('SELECT 1').then(Boolean, () => false), Boolean);
  });

  test('as often as a test says', async () => {
    api.failures.push(new Failure('ThrottlingException', 'Rate exceeded'));
    await expect(execute('SELECT 1')).rejects.toMatchObject({ name: 'ThrottlingException' });
    await execute('SELECT 1');
  });

  test('with another secret', async () => {
    const secretArn = `${place.secretArn}-other`;
    await expect(execute('SELECT 1', { secretArn })).rejects.toMatchObject({ name: 'SecretsErrorException' });
  });
});
