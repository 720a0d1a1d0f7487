// A source goes on where Kafka Connect was: its offsets topic, taken over by connectless offsets.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { projectRoot } from '../../local/servers/parts';
import type { Standalone } from '../../local/standalone';
import { environment } from './environment';
import { eventually } from './eventually';
import { freshName, freshTopic } from './fresh-topic';
import { type IsolatedPipeline, isolatedPipeline } from './isolated-pipeline';
import { withLog } from './with-log';

jest.setTimeout(400_000);

let pipeline: IsolatedPipeline;
let standalone: Standalone | undefined;
let postgres: Client;
afterEach(async () => {
  await standalone?.stop(20_000);
  await postgres.end();
  await pipeline.close();
});

const logged = (name: string, body: () => Promise<void>) =>
  test(
    name,
    withLog(() => pipeline?.log ?? [], body),
  );

async function offsets(command: string, ...options: string[]) {
  const { workerFile, connectorFiles } = pipeline;
  const args = ['offsets', command, sourceName(), workerFile, ...connectorFiles, ...options];
  return promisify(execFile)(process.execPath, [join(projectRoot, 'bin/connectless.cjs'), ...args]);
}

function sourceName(): string {
  return pipeline.sinkName.replace(/-sink$/, '-source');
}

/** A table `prices` of ten rows. */
async function tableOfTen(): Promise<void> {
  pipeline = await isolatedPipeline();
  postgres = new Client({ connectionString: pipeline.databaseUrl });
  await postgres.connect();
  await postgres.query('CREATE TABLE prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
  await insert(10);
}

async function insert(rows: number): Promise<void> {
  await postgres.query("INSERT INTO prices(item, price) SELECT 'x', n FROM generate_series(1, $1) n", [rows]);
}

/** What a worker with exactly-once support leaves: the last offset that it committed is 6, and one of 9 was aborted. */
async function connectsTopic(): Promise<string> {
  const topic = await freshTopic('connect-offsets', 5);
  const kafka = new Kafka({ brokers: environment().kafkaBrokers.split(','), logLevel: logLevel.NOTHING });
  const transactionalId = freshName('connect');
  const producer = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const database = new URL(pipeline.databaseUrl).pathname.slice(1);
  const key = (connector: string) => JSON.stringify([connector, { protocol: '1', table: `${database}.public.prices` }]);
  const write = async (connector: string, id: number, end: 'commit' | 'abort') => {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ key: key(connector), value: `{"incrementing":${id}}` }] });
    await transaction[end]();
  };
  await write(sourceName(), 3, 'commit');
  await write(sourceName(), 6, 'commit');
  await write('another', 8, 'commit');
  await write(sourceName(), 9, 'abort');
  await producer.disconnect();
  return topic;
}

const inTopic = (count: number) =>
  eventually(
    async () => (await pipeline.look()).inTopic,
    (ids) => ids.length >= count,
  );

describe('connectless offsets', () => {
  logged('takes over what Connect left: rows up to its id are not read again, those behind it are, once', async () => {
    await tableOfTen();
    const { stdout, stderr } = await offsets('import', '--topic', await connectsTopic());
    expect(stderr).toBe('');
    expect(stdout).toBe('public.prices: was at its first row, is {"incrementing":6}\n');
    standalone = await pipeline.start();
    expect(await inTopic(4)).toEqual([7, 8, 9, 10]);
    await insert(2);
    expect(await inTopic(6)).toEqual([7, 8, 9, 10, 11, 12]);
  });

  logged('sets a table back: its rows come again from there', async () => {
    await tableOfTen();
    standalone = await pipeline.start();
    await inTopic(10);
    await standalone.stop(20_000);
    const left = '{"offsets":[{"partition":{"protocol":"1","table":"public.prices"},"offset":{"incrementing":10}}]}\n';
    expect((await offsets('get')).stdout).toBe(left);
    const back = join(pipeline.directory, 'offsets.json');
    await writeFile(back, left.replace('10', '8'));
    await offsets('set', '--offsets', back);
    standalone = await pipeline.start();
    expect(await inTopic(12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 9, 10]);
  });
});
