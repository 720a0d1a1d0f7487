import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { HostedFunction } from '../../local/lambda-runtime/hosted-function';
import { CLUSTER_ARN, type DataApiServer, SECRET_ARN, startDataApi } from '../integration/data-api';
import { type FreshDatabase, freshDatabase } from '../integration/fresh-database';
import { createEvent } from '../src/custom-resource/events';
import { type Stage, stage } from './stage';
import { type StallingProxy, stallingProxy } from './stalling-proxy';

let place: Stage;
let bootstrap: HostedFunction;
let fresh: FreshDatabase;
let dataApi: DataApiServer;
let proxy: StallingProxy;

beforeAll(async () => {
  [place, fresh] = await Promise.all([stage(), freshDatabase('bootstrap')]);
  dataApi = await startDataApi((database) => urlOf(database));
  proxy = await stallingProxy(new URL(dataApi.endpoint).host);
  bootstrap = await place.deploy('bootstrap', undefined, { AWS_ENDPOINT_URL_RDS_DATA: `http://${proxy.address}` });
});

afterAll(async () => {
  await place.close();
  await proxy.close();
  await dataApi.close();
  await fresh.drop();
});

const urlOf = (database: string) => Object.assign(new URL(fresh.url), { pathname: `/${database}` }).href;
const databaseName = () => new URL(fresh.url).pathname.slice(1);
const create = (...statements: readonly string[]) =>
  createEvent({
    ClusterArn: CLUSTER_ARN,
    SecretArn: SECRET_ARN,
    Database: databaseName(),
    Statements: statements,
  });

async function tables(): Promise<string[]> {
  const database = new Client({ connectionString: fresh.url });
  await database.connect();
  const { rows } = await database.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
  await database.end();
  return rows.map(({ tablename }) => tablename);
}

describe('the bootstrap’s bundle in Lambda’s runtime client', () => {
  test('is initialised', async () => {
    expect(await bootstrap.init()).toBeUndefined();
  });

  test('runs the statements in their order', async () => {
    const event = create('CREATE TABLE prices(id serial)', 'ALTER TABLE prices RENAME TO offers');
    const result = { PhysicalResourceId: `${CLUSTER_ARN}/${databaseName()}` };
    expect(await bootstrap.invoke(event, 120_000)).toEqual({ type: 'result', result });
    expect(await tables()).toEqual(['offers']);
  });

  test('posts the error of a statement that fails, with our files and lines', async () => {
    expect(await bootstrap.invoke(create('CREATE TABLE offers(id serial)'), 120_000)).toEqual({
      type: 'error',
      error: {
        errorType: 'ConnectlessError',
        errorMessage: expect.stringContaining('relation "offers" already exists'),
        trace: expect.arrayContaining([
          expect.stringMatching(/^ {4}at .*\(src\/custom-resource\/bootstrap\.ts:\d+:\d+\)$/),
        ]),
      },
    });
    expect(bootstrap.starts).toBe(1);
  });

  test('is killed at the deadline, and CloudFormation’s next attempt runs the statements', async () => {
    proxy.stall();
    expect(await bootstrap.invoke(create('CREATE TABLE late(id serial)'), 3000)).toEqual({ type: 'timed-out' });
    proxy.goOn();
    expect(await bootstrap.invoke(create('CREATE TABLE late(id serial)'), 120_000)).toMatchObject({ type: 'result' });
    expect(bootstrap.starts).toBe(2);
    expect(await tables()).toEqual(['late', 'offers']);
  });
});
