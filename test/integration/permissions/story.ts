// What happens to the tutorial's pipeline from its deployment on, with each recovery that asks for a right of its own.
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Client } from 'pg';
import { mskEvent } from '../../../local/event-source/batch';
import { kafkaTopicLog } from '../../../src/kafka/kafka-topic-log';
import { FLUSH_EVENT } from '../../../src/names';
import { objectOf, resourcesOf } from '../../lib/permissions/template';
import { eventually } from '../eventually';
import { freshDatabase } from '../fresh-database';
import type { Stage } from './stage';

const IN = 'confluent-in-prices';
const OUT = 'confluent-out-prices';
const ROWS = 18;
/** Nine rows of 900 kB are a file of two parts. */
const FILE = { 'flush.size': '9' };

export async function tellStory(stage: Stage): Promise<void> {
  await deploy(stage);
  await callRegistry(stage);
  const database = await freshDatabase('permissions');
  try {
    await insertRows(database.url);
    await readTable(stage, database.url);
  } finally {
    await database.drop();
  }
  await copyTopic(stage);
  await writeFiles(stage);
  await replayFromTheStart(stage);
  await loseThePart(stage);
  await loseTheUpload(stage);
  await growTopics(stage);
}

/** The custom resources of the template, the topics a second time as after a roll-back. */
async function deploy(stage: Stage): Promise<void> {
  const bootstrap = await stage.start('bootstrap', { timeoutMs: 600_000 });
  for (const ResourceProperties of propertiesOf(stage, 'Custom::DatabaseBootstrap')) {
    await bootstrap.invoke({ RequestType: 'Create', ResourceProperties });
  }
  await bootstrap.stop(0);
  const topics = await stage.start('topics', { timeoutMs: 600_000 });
  for (const ResourceProperties of propertiesOf(stage, 'Custom::KafkaTopic')) {
    await topics.invoke({ RequestType: 'Create', ResourceProperties });
    await topics.invoke({ RequestType: 'Create', ResourceProperties });
  }
  await topics.stop(0);
  const preflight = await stage.start('preflight', { timeoutMs: 600_000 });
  for (const ResourceProperties of propertiesOf(stage, 'Custom::SourcePreflight')) {
    await preflight.invoke({ RequestType: 'Create', ResourceProperties });
  }
  await preflight.stop(0);
}

async function growTopics(stage: Stage): Promise<void> {
  const topics = await stage.start('topics', { timeoutMs: 600_000 });
  for (const OldResourceProperties of propertiesOf(stage, 'Custom::KafkaTopic')) {
    const ResourceProperties = { ...OldResourceProperties, Partitions: '2' };
    await topics.invoke({ RequestType: 'Update', ResourceProperties, OldResourceProperties });
  }
  await topics.stop(0);
}

function propertiesOf({ stacks, resolve }: Stage, type: string) {
  return resourcesOf(stacks, type).map(({ stack, resource }) => {
    const { ServiceToken: _, ...properties } = objectOf(resolve(stack, resource.Properties ?? {}));
    return properties;
  });
}

/** As the HTTP API would: a schema is registered and looked up. */
async function callRegistry(stage: Stage): Promise<void> {
  const registry = await stage.start('registry');
  const call = async (method: string, path: string, body?: object) => {
    const answer = await registry.invoke({
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: '',
      headers: { 'content-type': 'application/json', host: 'registry' },
      requestContext: { domainName: 'registry', http: { method, path, sourceIp: '127.0.0.1' }, stage: '$default' },
      body: JSON.stringify(body),
      isBase64Encoded: false,
    });
    if (Object(answer).statusCode !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  };
  await call('POST', '/subjects/other-value/versions', { schema: '"string"' });
  await call('GET', '/subjects/other-value/versions/1');
  await registry.stop(0);
}

async function insertRows(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
  await client.query("INSERT INTO prices(item, price) SELECT repeat('x', 900000), n FROM generate_series(1, $1) n", [
    ROWS,
  ]);
  await client.end();
}

/** The process dies with a page in the topic and its intent open; the next one reads the topic. */
async function readTable(stage: Stage, databaseUrl: string): Promise<void> {
  const connector = {
    'connection.url': `jdbc:${databaseUrl.replace(/\/\/(.*):(.*)@(.*)$/, '//$3?user=$1&password=$2')}`,
    'poll.interval.ms': '100',
  };
  const source = await stage.start('source', { connector, fault: 'source:produced', timeoutMs: 4000 });
  const crash = await source.invoke({}).then(() => 'it answered', String);
  if (!crash.includes('SIGKILL')) throw new Error(`The source was to be killed: ${crash}`);
  // The first that finds the intent waits until its writer is surely gone.
  await eventually(
    () => source.invoke({}),
    () => stage.log.some((line) => line.includes('Settled a page that was interrupted')),
  );
  await source.stop(0);
}

async function copyTopic(stage: Stage): Promise<void> {
  const processor = await stage.start('processor', { fault: 'processor:produced', timeoutMs: 4000 });
  const trigger = stage.trigger('processor', 'connect-processor', IN, processor);
  await eventually(
    () => endOf(stage, OUT),
    (end) => end === ROWS,
  );
  await trigger.stop();
  await processor.stop(10_000);
}

/** The process dies with a file in the bucket that the state still lists. */
async function writeFiles(stage: Stage): Promise<void> {
  const sink = await stage.start('sink', { connector: FILE, fault: 'sink:file-closed' });
  const trigger = stage.trigger('sink', 'connect-s3-sink', OUT, sink);
  await eventually(
    () => keysIn(stage, stage.dataBucket, ''),
    (keys) => keys.length === ROWS / 9,
  );
  await trigger.stop();
  await sink.invoke(FLUSH_EVENT);
  await sink.stop(10_000);
}

/** The state is deleted, and the trigger set back: files that are there are compared, their new uploads aborted. */
async function replayFromTheStart(stage: Stage): Promise<void> {
  await forgetState(stage);
  await invokeSink(stage, 0, 9);
}

/** Somebody else uploads a part under the number of one that the state knows: the sink looks at the parts, and completes nothing. */
async function loseThePart(stage: Stage): Promise<void> {
  await forgetState(stage);
  await forgetFiles(stage);
  await invokeSink(stage, 0, 7);
  const upload = await openUpload(stage);
  await stage.s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: Buffer.alloc(5_242_880, 'z') }));
  const refused = await invokeSink(stage, 7, 9).catch(String);
  if (!String(refused).includes('was replaced by other bytes')) throw new Error(`No part was missed: ${refused}`);
  await stage.s3.send(new AbortMultipartUploadCommand(upload));
}

/** A lifecycle rule ends an upload too early: the sink looks for the file, and says that it is lost. */
async function loseTheUpload(stage: Stage): Promise<void> {
  await forgetState(stage);
  await forgetFiles(stage);
  await invokeSink(stage, 0, 7);
  await stage.s3.send(new AbortMultipartUploadCommand(await openUpload(stage)));
  const lost = await invokeSink(stage, 7, 9).catch(String);
  if (!String(lost).includes('The multipart upload')) throw new Error(`No upload was missed: ${lost}`);
}

/** Records of the output topic, `from` included, `until` not, to a new process. */
async function invokeSink(stage: Stage, from: number, until: number): Promise<void> {
  const log = kafkaTopicLog(unwatched(stage));
  const records = [];
  for await (const record of log.read(OUT, [from], [until])) {
    records.push({ topic: OUT, ...record, timestampType: 'CREATE_TIME' as const });
  }
  await log.close();
  const sink = await stage.start('sink', { connector: FILE });
  const origin = { eventSourceArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b-2', bootstrapServers: '' };
  try {
    await sink.invoke(mskEvent(records, origin));
  } finally {
    await sink.stop(0);
  }
}

async function openUpload({ s3, dataBucket }: Stage): Promise<{ Bucket: string; Key: string; UploadId: string }> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: dataBucket }));
  const [{ Key = '', UploadId = '' } = {}, ...others] = Uploads;
  if (UploadId === '' || others.length > 0) throw new Error(`There are ${Uploads.length} uploads, not one`);
  return { Bucket: dataBucket, Key, UploadId };
}

async function forgetState(stage: Stage): Promise<void> {
  for (const key of await keysIn(stage, stage.stateBucket, 'state/sink/')) await remove(stage, stage.stateBucket, key);
}

async function forgetFiles(stage: Stage): Promise<void> {
  for (const key of await keysIn(stage, stage.dataBucket, '')) await remove(stage, stage.dataBucket, key);
}

async function remove({ s3 }: Stage, Bucket: string, Key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
}

async function keysIn({ s3 }: Stage, Bucket: string, Prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

async function endOf(stage: Stage, topic: string): Promise<number> {
  const log = kafkaTopicLog(unwatched(stage));
  const [end = 0] = await log.ends(topic);
  await log.close();
  return end;
}

function unwatched({ kafka }: Stage) {
  return {
    brokers: [kafka.unwatched],
    securityProtocol: 'PLAINTEXT',
    clientId: 'test',
    requestTimeoutMs: 5000,
  } as const;
}
