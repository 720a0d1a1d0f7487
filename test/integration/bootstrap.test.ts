// The bootstrap of a database: its function against the Data API, and the source as the role that it makes.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { Client } from 'pg';
import { handler } from '../../lambdas/bootstrap';
import { bootstrapStatements } from '../../lib/data/bootstrap-statements';
import { bootstrapResource } from '../../src/custom-resource/bootstrap';
import { scramVerifier } from '../../src/custom-resource/password-statement';
import { patience } from '../../src/custom-resource/patience';
import { dataApi } from '../../src/data-api/client';
import { createEvent, deleteEvent, updateEvent } from '../src/custom-resource/events';
import { CLUSTER_ARN, type DataApiServer, SECRET_ARN, startDataApi } from './data-api';
import { environment } from './environment';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { freshName } from './fresh-topic';
import { freshTopics, type RunningSource, startSource } from './source-harness';

jest.setTimeout(60_000);

const context = { getRemainingTimeInMillis: () => 600_000 } as Context;
// Of an administrator's rights on RDS these are what the statements need; a superuser would need none.
const roles = {
  administrator: freshName('admin'),
  user: freshName('connectless'),
  reader: freshName('connectless_data_api'),
  stranger: freshName('stranger'),
};
const PASSWORD_SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:reader';

let fresh: FreshDatabase;
let superuser: Client;
let admin: Client;
let api: DataApiServer;

const urlOf = (name: string, database: string) => {
  const url = new URL(fresh.url);
  url.username = name;
  url.password = 'password';
  url.pathname = `/${database}`;
  return url.href;
};
const databaseName = () => new URL(fresh.url).pathname.slice(1);
const as = async (name: string) => {
  const client = new Client({ connectionString: urlOf(name, databaseName()) });
  await client.connect();
  return client;
};
const properties = (statements: readonly string[]) => ({
  ClusterArn: CLUSTER_ARN,
  SecretArn: SECRET_ARN,
  Database: databaseName(),
  Statements: statements,
});
const statements = () => bootstrapStatements({ database: databaseName(), user: roles.user, login: 'iam' });

beforeAll(async () => {
  fresh = await freshDatabase('bootstrap');
  superuser = new Client({ connectionString: fresh.url });
  await superuser.connect();
  await superuser.query(`
    DO $$ BEGIN CREATE ROLE rds_iam; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
    CREATE ROLE "${roles.administrator}" LOGIN CREATEROLE CREATEDB PASSWORD 'password';
    CREATE ROLE "${roles.stranger}" LOGIN PASSWORD 'password';
    GRANT rds_iam TO "${roles.administrator}" WITH ADMIN OPTION;
    ALTER DATABASE "${databaseName()}" OWNER TO "${roles.administrator}";
    REVOKE ALL ON DATABASE "${databaseName()}" FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT CONNECT ON DATABASE "${databaseName()}" TO "${roles.stranger}";
    GRANT USAGE, CREATE ON SCHEMA public TO "${roles.stranger}"`);
  admin = await as(roles.administrator);
  await admin.query('CREATE TABLE before(id serial PRIMARY KEY, item text)');
  const other = await as(roles.stranger);
  await other.query('CREATE TABLE strange(id serial PRIMARY KEY)');
  await other.end();
  api = await startDataApi((database) => urlOf(roles.administrator, database));
  process.env.AWS_ENDPOINT_URL_RDS_DATA = api.endpoint;
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_RDS_DATA;
  await api.close();
  await Promise.all([admin.end(), superuser.end()]);
  await fresh.drop();
  const server = new Client({ connectionString: environment().postgresUrl });
  await server.connect();
  for (const role of [roles.user, roles.reader, roles.stranger, roles.administrator]) {
    await server.query(`DROP OWNED BY "${role}"; DROP ROLE "${role}"`);
  }
  await server.end();
});

const itemsIn = (source: RunningSource, topic: string) => async () =>
  (await source.records(topic)).map(({ value }) => value.item);

describe('the bootstrap', () => {
  test('runs through a pause of the database, and again', async () => {
    api.pause(1);
    const answer = { PhysicalResourceId: `${CLUSTER_ARN}/${databaseName()}` };
    expect(await handler(createEvent(properties(statements())), context)).toEqual(answer);
    const make = `CREATE DATABASE "${databaseName()}"`;
    expect(api.asked).toEqual([make, make, ...statements()]);
    expect(await handler(updateEvent(properties([]), properties(statements())), context)).toEqual(answer);
  });

  test('does without a right that the administrator may not pass on', async () => {
    const { rows } = await superuser.query(`SELECT pg_has_role('${roles.user}', 'pg_read_all_stats', 'MEMBER') AS has`);
    expect(rows).toEqual([{ has: false }]);
  });

  test('makes do with pg_monitor where the administrator may pass on that alone', async () => {
    await superuser.query(`GRANT pg_monitor TO "${roles.administrator}" WITH ADMIN OPTION`);
    await handler(createEvent(properties(statements())), context);
    const { rows } = await superuser.query(
      `SELECT pg_has_role('${roles.user}', 'pg_monitor', 'MEMBER') AS monitor, pg_has_role('${roles.user}', 'pg_read_all_stats', 'USAGE') AS stats`,
    );
    expect(rows).toEqual([{ monitor: true, stats: true }]);
  });

  test('makes a role for the Data API, which reads and logs in with the password of its secret alone', async () => {
    const own = bootstrapStatements({ database: databaseName(), user: roles.reader, login: 'password' });
    const readSecret = async () => new Map(Object.entries({ username: roles.reader, password: "it's a secret" }));
    const event = createEvent({ ...properties(own), PasswordSecretArn: PASSWORD_SECRET });
    const patient = patience(() => 600_000);
    // Once more: the salt is another one, and the password the same.
    for (const _ of [1, 2]) await bootstrapResource(event, patient, { connect: dataApi, readSecret });
    const { rows } = await superuser.query(
      'SELECT rolpassword AS kept, rolcanlogin AS may FROM pg_authid WHERE rolname = $1',
      [roles.reader],
    );
    const [{ kept, may }] = rows;
    const [, salt = ''] = /^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(kept) ?? [];
    expect(may).toBe(true);
    expect(kept).toBe(scramVerifier("it's a secret", Buffer.from(salt, 'base64')));
    expect(api.asked.join()).not.toContain('a secret');
    const url = new URL(urlOf(roles.reader, databaseName()));
    url.password = encodeURIComponent("it's a secret");
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query('SELECT * FROM prices');
    await expect(client.query('DELETE FROM prices')).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test('makes a role that a source needs nothing beside, for tables from before and after', async () => {
    await superuser.query(`
      GRANT pg_read_all_stats TO "${roles.administrator}" WITH ADMIN OPTION;
      ALTER ROLE "${roles.user}" PASSWORD 'password'`);
    await handler(createEvent(properties(statements())), context);
    await admin.query(`
      CREATE TABLE after(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item text);
      INSERT INTO PRICES(item, price) VALUES ('laptop', 990.5), ('mobile', 400);
      INSERT INTO before(item) VALUES ('b'); INSERT INTO after(item) VALUES ('a')`);
    const writer = await as(roles.administrator);
    await writer.query('BEGIN');
    await writer.query(`INSERT INTO PRICES(item, price) VALUES ('held', 1)`);

    const tables = ['prices', 'before', 'after'];
    const topicPrefix = await freshTopics(tables);
    const source = startSource(urlOf(roles.user, databaseName()), {
      topicPrefix,
      tables: { whitelist: tables, types: ['TABLE'] },
    });
    await source.until(() => source.lines.length > 0);
    expect(source.lines[0]).toMatch(/wait for open transactions.*INSERT INTO PRICES\(item, price\) VALUES \(\?, \?\)/);
    await writer.query('COMMIT');
    await writer.end();
    await source.until(async () => (await itemsIn(source, `${topicPrefix}prices`)()).length === 3);
    expect(await itemsIn(source, `${topicPrefix}prices`)()).toEqual(['laptop', 'mobile', 'held']);
    await source.until(async () => (await itemsIn(source, `${topicPrefix}before`)()).length === 1);
    await source.until(async () => (await itemsIn(source, `${topicPrefix}after`)()).length === 1);
    await source.stop();
  });

  test.each([
    `INSERT INTO prices(item, price) VALUES ('x', 1)`,
    `UPDATE prices SET price = 2`,
    'DELETE FROM prices',
    'TRUNCATE prices',
    `SELECT nextval('prices_id_seq')`,
    'CREATE TABLE public.mine(id int)',
    'SELECT * FROM strange',
  ])('makes a role that may not %s', async (statement) => {
    const client = await as(roles.user);
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test('says which statement failed, with its SQLSTATE', async () => {
    const failing = handler(createEvent(properties(['SELECT 1', 'SELECT * FROM nowhere'])), context);
    await expect(failing).rejects.toMatchObject({ code: 'BOOTSTRAP_FAILED' });
    await expect(failing).rejects.toThrow(
      /^Statement 2 of 2 on database \S+ failed with SQLSTATE 42P01: ERROR: relation/,
    );
  });

  test('makes the database that it is told, once', async () => {
    const database = freshName('made');
    const event = createEvent({ ...properties(['CREATE TABLE IF NOT EXISTS here(id int)']), Database: database });
    for (const _ of [1, 2]) {
      expect(await handler(event, context)).toEqual({ PhysicalResourceId: `${CLUSTER_ARN}/${database}` });
    }
    const client = new Client({ connectionString: urlOf(roles.administrator, database) });
    await client.connect();
    await client.query('SELECT * FROM here');
    await client.end();
    await superuser.query(`DROP DATABASE "${database}" WITH (FORCE)`);
  });

  test('drops nothing when it is deleted', async () => {
    const asked = api.asked.length;
    expect(await handler(deleteEvent('id'), context)).toEqual({ PhysicalResourceId: 'id' });
    expect(api.asked).toHaveLength(asked);
  });
});
