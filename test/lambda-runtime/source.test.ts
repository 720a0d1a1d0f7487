import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { idsInTopic } from '../../local/demo/ids';
import type { HostedFunction } from '../../local/lambda-runtime/hosted-function';
import { type FreshDatabase, freshDatabase } from '../integration/fresh-database';
import { freshName } from '../integration/fresh-topic';
import { freshTopics } from '../integration/source-harness';
import { type Stage, stage } from './stage';

let place: Stage;
let source: HostedFunction;
let fresh: FreshDatabase;
let database: Client;
let topicPrefix: string;

beforeAll(async () => {
  [place, fresh, topicPrefix] = await Promise.all([stage(), freshDatabase('prices'), freshTopics(['prices'])]);
  database = new Client({ connectionString: fresh.url });
  await database.connect();
  await database.query(`CREATE TABLE prices(id serial PRIMARY KEY, item text);
    INSERT INTO prices(item) VALUES ('a'), ('b'), ('c')`);
  source = await deploy(fresh.url);
});

afterAll(async () => {
  await place.close();
  await database.end();
  await fresh.drop();
});

/** Its next poll is due after the invocation: it ends when the rows are in the topic. */
function deploy(databaseUrl: string): Promise<HostedFunction> {
  const edits = {
    name: freshName('source'),
    'connection.url': `jdbc:${databaseUrl.replace(/\/\/(.*):(.*)@(.*)$/, '//$3?user=$1&password=$2')}`,
    'topic.prefix': topicPrefix,
    'table.whitelist': 'prices',
    'poll.interval.ms': '3600000',
  };
  return place.deploy('source', { file: 'connect-postgresql.properties', edits });
}

const idsInOutput = () => idsInTopic(place.log, `${topicPrefix}prices`, place.registry);

describe('the source’s bundle in Lambda’s runtime client', () => {
  test('is initialised', async () => {
    expect(await source.init()).toBeUndefined();
  });

  test('brings the rows of its table to the topic', async () => {
    expect(await source.invoke({}, 30_000)).toEqual({ type: 'result', result: null });
    expect(await idsInOutput()).toEqual([1, 2, 3]);
  });

  test('posts the error of a database that is not there, with our files and lines', async () => {
    const lost = await deploy(fresh.url.replace(/\/prices_\w+$/, '/nowhere'));
    expect(await lost.invoke({}, 30_000)).toEqual({
      type: 'error',
      error: {
        errorType: 'ConnectlessError',
        errorMessage: expect.stringContaining('nowhere'),
        trace: expect.arrayContaining([expect.stringMatching(/^ {4}at .*\(src\/postgres\/[\w-]+\.ts:\d+:\d+\)$/)]),
      },
    });
  });

  test('is killed at the deadline, and the next invocation brings the rows', async () => {
    await database.query(`INSERT INTO prices(item) VALUES ('d'), ('e')`);
    place.s3.stall();
    expect(await source.invoke({}, 5000)).toEqual({ type: 'timed-out' });
    place.s3.goOn();
    expect(await source.invoke({}, 30_000)).toEqual({ type: 'result', result: null });
    expect(source.starts).toBe(2);
    expect(await idsInOutput()).toEqual([1, 2, 3, 4, 5]);
  });
});
