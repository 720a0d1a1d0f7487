// The preflight on a real Postgres: what it says of tables, rights and poolers, and of an ALTER TABLE that is not run.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { preflightCommand } from '../../cli/preflight';
import type { SourceConfig } from '../../src/config/source-model';
import { dataApiDatabase } from '../../src/data-api/database';
import { readDatabaseFacts } from '../../src/postgres/database-facts';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { preflightDdl } from '../../src/preflight/ddl';
import type { Finding } from '../../src/preflight/finding';
import { type Preflight, preflight } from '../../src/preflight/preflight';
import { type BuiltInRegistry, builtInRegistry } from '../../src/registry/built-in';
import { memoryState } from '../../src/state/memory';
import { sourceConfig } from '../source-config';
import { CLUSTER_ARN, SECRET_ARN, startDataApi } from './data-api';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { startPooler } from './pooler';
import { postgresConfig } from './source-harness';
import { temporaryDirectory } from './temporary-directory';

let fresh: FreshDatabase;
let owner: Client;
let registry: BuiltInRegistry;
const reader = `reader_${process.pid}`;

beforeAll(async () => {
  fresh = await freshDatabase('preflight');
  owner = new Client({ connectionString: fresh.url });
  await owner.connect();
  await owner.query(`CREATE ROLE ${reader} LOGIN PASSWORD 'reader'`);
});
afterAll(async () => {
  await owner.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
  await owner.end();
  await fresh.drop();
});
beforeEach(async () => {
  registry = builtInRegistry(memoryState());
  await owner.query('DROP SCHEMA IF EXISTS shop CASCADE; CREATE SCHEMA shop');
});
afterEach(() => {
  jest.restoreAllMocks();
});

type Settings = Partial<SourceConfig> & { readonly user?: string; readonly port?: number };

/** Of the schema `shop`. */
async function looked(settings: Settings = {}, ddl?: string): Promise<Preflight> {
  const { user, port, ...others } = settings;
  const connection = { ...postgresConfig(fresh.url), ...(user && { user, password: 'reader' }), ...(port && { port }) };
  const config: SourceConfig = {
    ...sourceConfig,
    database: connection,
    topicPrefix: '',
    tables: { types: ['TABLE', 'PARTITIONED TABLE', 'VIEW'], schemaPattern: 'shop' },
    ...others,
  };
  const database = postgresDatabase(connection);
  try {
    const work = { config, database, registry };
    return await (ddl === undefined ? preflight(work) : preflightDdl(work, ddl));
  } finally {
    await database.close();
  }
}

const lines = ({ findings }: Preflight, severities: readonly Finding['severity'][] = ['error', 'warning']) =>
  findings
    .filter(({ severity }) => severities.includes(severity))
    .map(({ code, table, column }) => [code, table, column].filter((part) => part !== undefined).join(' '))
    .sort();

describe('a preflight', () => {
  test('of a table that is as it should be finds nothing against it', async () => {
    await owner.query('CREATE TABLE shop.prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
    const found = await looked();
    expect(found.looked).toEqual(['shop.prices']);
    expect(lines(found)).toEqual([]);
    expect(lines(found, ['note'])).toEqual(['INCREMENTING_COLUMN shop.prices id', 'SCHEMA_FIRST shop.prices']);
  });

  test('sees sequences that are shared, cached, turned and cycled, of serials, identities and partitions', async () => {
    await owner.query(`
      CREATE SEQUENCE shop.common;
      CREATE TABLE shop.a(id bigint NOT NULL DEFAULT nextval('shop.common') PRIMARY KEY);
      CREATE TABLE shop.b(id bigint NOT NULL DEFAULT nextval('shop.common') PRIMARY KEY);
      CREATE TABLE shop.cached(id int GENERATED ALWAYS AS IDENTITY (CACHE 20) PRIMARY KEY);
      CREATE TABLE shop.cycled(id serial PRIMARY KEY); ALTER SEQUENCE shop.cycled_id_seq CYCLE;
      CREATE TABLE shop.turned(id serial PRIMARY KEY); ALTER SEQUENCE shop.turned_id_seq INCREMENT -1;
      CREATE TABLE shop.none(id int PRIMARY KEY);
      CREATE TABLE shop.whole(id bigserial, k int NOT NULL, PRIMARY KEY (id, k)) PARTITION BY LIST (k);
      CREATE TABLE shop.part PARTITION OF shop.whole FOR VALUES IN (1)`);
    const found = await looked({ incrementingColumn: 'id' });
    expect(lines(found)).toEqual([
      'SEQUENCE_CYCLES shop.cycled id',
      'SEQUENCE_MISSING shop.none id',
      'SEQUENCE_UNSAFE shop.cached id',
      'SEQUENCE_UNSAFE shop.turned id',
    ]);
    const shared = found.findings.filter(({ code }) => code === 'SEQUENCE_SHARED');
    expect(shared.map(({ table, what }) => [table, /"shop"\."[ab]"/.exec(what)?.[0]])).toEqual([
      ['shop.a', '"shop"."b"'],
      ['shop.b', '"shop"."a"'],
    ]);
    expect(found.findings.find(({ code }) => code === 'PARTITION')?.table).toBe('shop.part');
    expect(found.findings.find(({ code }) => code === 'PARTITIONED_TABLE')?.what).toMatch(/^Its 1 partition/);
  });

  test('names columns that no mode or no schema can take, and goes on with the next table', async () => {
    await owner.query(`
      CREATE TABLE shop.a(id text PRIMARY KEY); CREATE TABLE shop.b(id serial PRIMARY KEY, n numeric, "order-id" int);
      CREATE TABLE shop.c(id serial PRIMARY KEY, ts timestamptz); CREATE VIEW shop.d AS SELECT id FROM shop.c`);
    expect(lines(await looked({ incrementingColumn: 'id', validateNonNull: false }))).toEqual([
      'CUT_OFF shop.c',
      'ID_NULLABLE shop.d id',
      'INCREMENTING_COLUMN_INVALID shop.a',
      'SEQUENCE_MISSING shop.a id',
      'SEQUENCE_MISSING shop.d id',
      'TABLE_UNSUPPORTED shop.b',
    ]);
    const timestamps = await looked({
      mode: 'timestamp',
      timestampColumn: ['ts'],
      tables: { types: ['TABLE'], whitelist: ['a', 'c'] },
    });
    expect(lines(timestamps)).toEqual([
      'CUT_OFF shop.c',
      'TIMESTAMP_COLUMN_INVALID shop.a',
      'TIMESTAMP_COLUMN_INVALID shop.c',
    ]);
  });

  test('says what a reader may not see, and the grants that it proposes suffice', async () => {
    await owner.query(`
      CREATE TABLE shop.prices(id serial PRIMARY KEY, item text);
      CREATE TABLE shop.guarded(id serial PRIMARY KEY);
      ALTER TABLE shop.guarded ENABLE ROW LEVEL SECURITY`);
    const before = await looked({ user: reader });
    expect(lines(before)).toEqual([
      'ROW_SECURITY shop.guarded',
      'SEQUENCE_FORBIDDEN shop.guarded id',
      'SEQUENCE_FORBIDDEN shop.prices id',
      'STATISTICS_HIDDEN',
      'TABLE_FORBIDDEN shop.guarded',
      'TABLE_FORBIDDEN shop.prices',
    ]);
    for (const { code, write } of before.findings) {
      if (/_(FORBIDDEN|HIDDEN)$/.test(code)) await owner.query(write ?? '');
    }
    expect(lines(await looked({ user: reader }))).toEqual(['ROW_SECURITY shop.guarded']);
  });

  test('prints what xid8 needs, and finds nothing missing when that was run', async () => {
    await owner.query(`
      CREATE TABLE shop.plain(id serial PRIMARY KEY); INSERT INTO shop.plain DEFAULT VALUES;
      CREATE TABLE shop.whole(id serial, k int NOT NULL) PARTITION BY LIST (k);
      CREATE TABLE shop.part PARTITION OF shop.whole FOR VALUES IN (1); INSERT INTO shop.whole(k) VALUES (1), (1)`);
    const settings = {
      mode: 'xid8',
      tables: { types: ['TABLE', 'PARTITIONED TABLE'], whitelist: ['plain', 'whole'] },
    } as const;
    const before = await looked(settings);
    expect(lines(before)).toEqual(['XID_COLUMN_MISSING shop.plain', 'XID_COLUMN_MISSING shop.whole']);
    for (const { code, write = '' } of before.findings) {
      if (code !== 'XID_COLUMN_MISSING') continue;
      for (const statement of write.split('\n')) await owner.query(statement);
    }
    expect(lines(await looked(settings))).toEqual([]);
    await owner.query(`
      ALTER TABLE shop.plain ALTER COLUMN xid DROP NOT NULL; INSERT INTO shop.plain(xid) VALUES (NULL);
      ALTER TABLE shop.whole ALTER COLUMN xid DROP DEFAULT`);
    expect(lines(await looked(settings))).toEqual([
      'XID_DEFAULT_MISSING shop.whole xid',
      'XID_NULL shop.plain xid',
      'XID_NULLABLE shop.plain xid',
    ]);
  });

  test('looks at a query', async () => {
    await owner.query('CREATE TABLE shop.prices(id serial PRIMARY KEY, ts timestamp)');
    const query = 'SELECT * FROM shop.prices WHERE id > 0';
    const of = (settings: Settings) => looked({ topicPrefix: 'rows', ...settings });
    expect(lines(await of({ query, incrementingColumn: 'id' }), ['error', 'warning', 'note'])).toEqual([
      'CUT_OFF query',
      'SCHEMA_FIRST query',
    ]);
    expect(lines(await of({ query, incrementingColumn: 'no' }))).toContain('INCREMENTING_COLUMN_INVALID query');
    expect(lines(await of({ query: 'SELECT 1 +' }))).toEqual(['POSTGRES_FAILED query']);
  });

  test('says that there is no table, and which names are not there', async () => {
    expect(lines(await looked())).toEqual(['TABLE_MISSING']);
    const { findings } = await looked({ tables: { types: ['TABLE'], whitelist: ['prices'] } });
    expect(findings).toMatchObject([
      { code: 'TABLE_MISSING', what: expect.stringContaining('prices of table.whitelist') },
    ]);
  });
});

describe('over the RDS Data API', () => {
  test('the same is found, and a statement is tried and undone', async () => {
    await owner.query(
      'CREATE TABLE shop.t(id int GENERATED ALWAYS AS IDENTITY (CACHE 5) PRIMARY KEY, ts timestamptz, a int)',
    );
    const place = { clusterArn: CLUSTER_ARN, secretArn: SECRET_ARN, database: new URL(fresh.url).pathname.slice(1) };
    const api = await startDataApi(() => fresh.url);
    process.env.AWS_ENDPOINT_URL_RDS_DATA = api.endpoint;
    const database = dataApiDatabase(place);
    const tables = { types: ['TABLE'], schemaPattern: 'shop' };
    const work = { config: { ...sourceConfig, database: place, topicPrefix: '', tables }, database, registry };
    try {
      expect(await preflight(work)).toEqual(await looked());
      const ddl = 'ALTER TABLE shop.t DROP COLUMN a';
      const tried = await preflightDdl(work, ddl);
      expect(tried).toEqual(await looked({}, ddl));
      expect(tried.findings.map(({ what }) => what)).toContainEqual(expect.stringContaining('column "a" is gone'));
    } finally {
      delete process.env.AWS_ENDPOINT_URL_RDS_DATA;
      await database.close();
      await api.close();
    }
  });
});

describe('a pooler', () => {
  test('is recognised before it gets a setting of ours, and the server behind it is none', async () => {
    const { port: postgresPort } = postgresConfig(fresh.url);
    const pooler = await startPooler(postgresPort);
    const direct = postgresDatabase(postgresConfig(fresh.url));
    try {
      const { findings } = await looked({ port: pooler.port });
      expect(findings).toMatchObject([
        {
          severity: 'error',
          code: 'POSTGRES_POOLED',
          what: expect.stringMatching(`127.0.0.1:${pooler.port} is a connection pooler`),
        },
      ]);
      expect(await readDatabaseFacts(direct, 'incrementing')).toMatchObject({
        user: 'postgres',
        isReplica: false,
        canReadLocks: true,
      });
    } finally {
      await direct.close();
      await pooler.close();
    }
  });
});

describe('an ALTER TABLE that is tried', () => {
  /** A table whose schema is registered; the notes and errors after the statement. */
  async function tried(ddl: string): Promise<Preflight> {
    await owner.query(
      'CREATE TABLE shop.t(id serial PRIMARY KEY, a int, b int NOT NULL); CREATE TABLE shop.u(id serial PRIMARY KEY)',
    );
    await owner.query(`GRANT USAGE ON SCHEMA shop TO ${reader}`);
    await registry.register(
      't-value',
      JSON.stringify({
        type: 'record',
        name: 't',
        fields: [
          { name: 'id', type: 'int' },
          { name: 'a', type: ['null', 'int'], default: null },
          { name: 'b', type: 'int' },
        ],
        'connect.name': 't',
      }),
    );
    const before = await shape();
    const found = await looked({}, ddl);
    expect(await shape()).toEqual(before);
    return found;
  }

  const shape = async () =>
    (
      await owner.query(
        "SELECT relname, attname, atttypid, attnotnull FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'shop'::regnamespace ORDER BY 1, attnum",
      )
    ).rows;

  test.each<[string, string[], RegExp | undefined]>([
    ['ALTER TABLE shop.t ADD COLUMN c text', ['SCHEMA_NEW shop.t'], /column "c" is new \(string, nullable\)/],
    [
      'ALTER TABLE shop.t ALTER a SET NOT NULL',
      ['NULLABLE_AS_BEFORE shop.t', 'SCHEMA_KNOWN shop.t'],
      /nullable in the newest/,
    ],
    [
      'ALTER TABLE shop.t ADD COLUMN c int NOT NULL DEFAULT 5',
      ['SCHEMA_INCOMPATIBLE shop.t'],
      /column "c" is new and NOT NULL/,
    ],
    ['ALTER TABLE shop.t DROP COLUMN b', ['SCHEMA_NEW shop.t'], /column "b" is gone/],
    ['ALTER TABLE shop.t RENAME b TO c', ['SCHEMA_INCOMPATIBLE shop.t'], /column "c" is new and NOT NULL/],
    ['ALTER TABLE shop.t ALTER id TYPE bigint', ['SCHEMA_NEW shop.t'], /column "id" was int and becomes long/],
    [
      'ALTER TABLE shop.t ALTER a TYPE text',
      ['SCHEMA_INCOMPATIBLE shop.t'],
      /column "a" was int, nullable and is string, nullable now/,
    ],
    [
      'ALTER TABLE shop.t ALTER id TYPE text',
      ['INCREMENTING_COLUMN_INVALID shop.t', 'SCHEMA_INCOMPATIBLE shop.t'],
      /must be integral/,
    ],
    [
      'ALTER TABLE shop.t DROP COLUMN id',
      ['INCREMENTING_COLUMN_INVALID shop.t', 'SCHEMA_NEW shop.t'],
      /no auto-increment column/,
    ],
    ['ALTER TABLE shop.t RENAME TO v', ['SCHEMA_FIRST shop.v', 'TABLE_RENAMED shop.v'], /another table than shop.t/],
    ['DROP TABLE shop.t', ['TABLE_DROPPED shop.t'], undefined],
    ["CREATE TABLE shop.new(); COMMENT ON TABLE shop.t IS 'it''s'", ['DDL_CHANGES_NOTHING'], undefined],
    ['ALTER TABLE shop.t ADD COLUMN c int; COMMIT', ['POSTGRES_FAILED'], /nothing is changed/],
    ['ALTER TABLE shop.missing ADD COLUMN c int', ['TABLE_NOT_FOUND'], /could not be tried/],
  ])('%s: it is said what would be, and nothing is', async (ddl, expected, what) => {
    const found = await tried(ddl);
    const told = lines(found, ['error', 'warning', 'note']).filter(
      (line) => !/^(INCREMENTING_COLUMN|DDL_CHANGES|INDEX_MISSING) /.test(line),
    );
    expect(told).toEqual(expected);
    if (what !== undefined) expect(found.findings.map((finding) => finding.what).join('\n')).toMatch(what);
  });

  test('names are looked up as those of its user', async () => {
    await owner.query(
      `ALTER ROLE postgres IN DATABASE "${new URL(fresh.url).pathname.slice(1)}" SET search_path = shop`,
    );
    try {
      expect(lines(await tried('ALTER TABLE t ADD COLUMN c text'), ['note'])).toContain('SCHEMA_NEW shop.t');
    } finally {
      await owner.query(`ALTER ROLE postgres IN DATABASE "${new URL(fresh.url).pathname.slice(1)}" RESET search_path`);
    }
  });

  test('whoever may not run it is told so', async () => {
    await tried('SELECT 1');
    const { findings } = await looked({ user: reader }, 'ALTER TABLE shop.t ADD COLUMN c int');
    expect(findings).toMatchObject([{ code: 'POSTGRES_FORBIDDEN', write: expect.stringContaining('owns the table') }]);
  });

  test('a lock that somebody holds is not waited for without end', async () => {
    await tried('SELECT 1');
    await owner.query('BEGIN; INSERT INTO shop.t(b) VALUES (1)');
    try {
      const { findings } = await looked({}, 'ALTER TABLE shop.t ADD COLUMN c int');
      expect(findings).toMatchObject([
        { what: expect.stringContaining('lock timeout'), write: expect.stringContaining('are over') },
      ]);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});

describe('connectless preflight', () => {
  test('tells it in text, and fails with an error', async () => {
    await owner.query('CREATE TABLE shop.prices(id int GENERATED ALWAYS AS IDENTITY (CACHE 5) PRIMARY KEY)');
    const directory = await temporaryDirectory();
    const { host, port, database, user, password } = postgresConfig(fresh.url);
    const registryUrl = pathToFileURL(join(directory, 'state')).href;
    const worker = join(directory, 'worker.properties');
    const source = join(directory, 'source.properties');
    await writeFile(
      worker,
      `bootstrap.servers=127.0.0.1:9
key.converter=org.apache.kafka.connect.storage.StringConverter
value.converter=io.confluent.connect.avro.AvroConverter
value.converter.schema.registry.url=${registryUrl}
connectless.state.url=${registryUrl}
`,
    );
    await writeFile(
      source,
      `name=shop
connector.class=io.confluent.connect.jdbc.JdbcSourceConnector
connection.url=jdbc:postgresql://${host}:${port}/${database}
connection.user=${user}
connection.password=${password}
mode=incrementing
table.whitelist=shop.prices
topic.prefix=shop-
`,
    );
    const printed: string[] = [];
    jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    const before = process.exitCode;
    try {
      await preflightCommand().parseAsync(['shop', worker, source], { from: 'user' });
      expect(process.exitCode).toBe(1);
    } finally {
      process.exitCode = before;
    }
    expect(printed.join('\n')).toMatch(
      /^shop\.prices\n {2}error {4}column id: Its sequence .* has CACHE 5[\s\S]*\n\n1 error, no warnings$/,
    );
  });
});
