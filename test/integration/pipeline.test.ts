import { basename, join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Client } from 'pg';
import { copyWith } from '../../local/demo/connector-files';
import { fileWatch } from '../../local/demo/files';
import { idsInFile } from '../../local/demo/ids';
import { demoFiles, startRegistry } from '../../local/demo/pipeline';
import { freePort } from '../../local/servers/free-port';
import { startStandalone } from '../../local/standalone';
import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import { s3Client } from '../../src/s3/client';
import { environment } from './environment';
import { eventually } from './eventually';
import { readWithAvroTools, readWithFastavro } from './foreign-readers';
import { freshDatabase } from './fresh-database';
import { freshName } from './fresh-topic';
import { temporaryDirectory } from './temporary-directory';
import { withLog } from './with-log';

jest.setTimeout(400_000);

const kafkaConfig = {
  brokers: environment().kafkaBrokers.split(','),
  securityProtocol: 'PLAINTEXT',
  clientId: 'pipeline-test',
  requestTimeoutMs: 30_000,
} as const;
const key = (offset: number) =>
  `topics/confluent-out-prices/partition=0/confluent-out-prices+0+${String(offset).padStart(10, '0')}.avro`;

describe('the tutorial’s pipeline, from its own property files', () => {
  const undo: Array<() => Promise<unknown>> = [];
  const log: string[] = [];
  let registryUrl: string;
  let postgres: Client;
  let files: ReturnType<typeof fileWatch>;
  const topics = kafkaTopicLog(kafkaConfig);

  beforeAll(async () => {
    const { kafkaBrokers, s3Endpoint } = environment();
    const database = await freshDatabase('pipeline');
    undo.push(database.drop);
    postgres = new Client({ connectionString: database.url });
    await postgres.connect();
    undo.push(() => postgres.end(), topics.close);
    await postgres.query('CREATE TABLE PRICES(ID SERIAL PRIMARY KEY, ITEM VARCHAR(100) NOT NULL, PRICE REAL NOT NULL)');
    await insert(['laptop', 999.99], ['phone', 0.1], ['mouse', 1e-45], ['Bücher', -0]);

    await withTopicAdmin(kafkaConfig, async (admin) => {
      for (const topic of ['confluent-in-prices', 'confluent-out-prices']) await admin.create({ topic, partitions: 1 });
    });
    const s3 = s3Client({ region: 'us-east-1', endpoint: s3Endpoint, pathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'connectless-prices' }));
    files = fileWatch(s3, 'connectless-prices', '');

    registryUrl = `http://127.0.0.1:${await freePort()}`;
    const addresses = { postgresUrl: database.url, kafkaBrokers, s3Endpoint, registryUrl };
    const directory = await temporaryDirectory();
    const { worker, connectors } = await demoFiles(directory, addresses);
    const registry = await startRegistry(registryUrl, worker);
    undo.push(registry.stop);
    const standalone = await startStandalone({
      workerFile: worker,
      connectorFiles: await Promise.all(connectors.map((file) => withOwnName(file, join(directory, 'named')))),
      onLog: (line, connector) => log.push(`${connector}: ${line}`),
    });
    undo.push(() => standalone.stop(20_000));
  });

  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  /** A connector's name is that of its consumer group, and other suites run the tutorial's connectors at the same time. */
  function withOwnName(file: string, directory: string): Promise<string> {
    return copyWith(file, directory, { name: freshName(basename(file, '.properties')) });
  }

  const logged = (name: string, body: () => Promise<void>) =>
    test(
      name,
      withLog(() => log, body),
    );

  async function insert(...rows: Array<[item: string, price: number]>) {
    for (const row of rows) await postgres.query('INSERT INTO prices(item, price) VALUES ($1, $2)', row);
  }

  async function filesAfter(rows: number) {
    const seen = await eventually(
      async () => [...(await files()).values()],
      (found) => found.flatMap(({ body }) => idsInFile(body)).length >= rows,
    );
    return seen.sort((a, b) => a.key.localeCompare(b.key));
  }

  async function tableRows(): Promise<unknown[]> {
    return (await postgres.query('SELECT * FROM prices ORDER BY id')).rows;
  }

  logged('brings rows into files whose keys are the tutorial’s', async () => {
    await insert(['pen', 1.5], ['ink', 2.25]);
    const found = await filesAfter(6);
    expect(found.map((file) => file.key)).toEqual([key(0), key(3)]);
  });

  logged('writes files that avro-tools and fastavro read, and that equal the table', async () => {
    const found = await filesAfter(6);
    const byAvroTools = (await Promise.all(found.map(({ body }) => readWithAvroTools(body)))).flat();
    const byFastavro = await Promise.all(found.map(({ body }) => readWithFastavro(body)));
    const rows = await tableRows();
    expect(byFastavro.flatMap(({ records }) => records).map(singlePrecision)).toEqual(rows.map(singlePrecision));
    expect(byAvroTools.map(singlePrecision)).toEqual(rows.map(singlePrecision));
    expect(byFastavro.map(({ codec }) => codec)).toEqual(['null', 'null']);
    expect(byFastavro[1]?.metadata).toMatchObject({
      'connectless.topic': 'confluent-out-prices',
      'connectless.offset': '3',
    });
  });

  logged('registers the schema as Connect does', async () => {
    const answer = await fetch(`${registryUrl}/subjects/confluent-in-prices-value/versions/1`);
    expect(await answer.json()).toEqual({
      subject: 'confluent-in-prices-value',
      version: 1,
      id: 1,
      schema:
        '{"type":"record","name":"prices","fields":[{"name":"id","type":"int"},{"name":"item","type":"string"},{"name":"price","type":"float"}],"connect.name":"prices"}',
    });
  });

  logged('fills topics that an independent deserializer reads through the registry', async () => {
    const deserializer = new SchemaRegistry({ host: registryUrl });
    for (const topic of ['confluent-in-prices', 'confluent-out-prices']) {
      const ends = await topics.ends(topic);
      const rows: unknown[] = [];
      for await (const { key, value } of topics.read(topic, [0], ends)) {
        expect(key).toBeNull();
        rows.push({ ...(await deserializer.decode(value ?? Buffer.alloc(0))) });
      }
      expect(rows.map(singlePrecision)).toEqual((await tableRows()).map(singlePrecision));
    }
  });

  logged('makes version 2 of a column added in mid-stream, and keeps all rows before and after', async () => {
    await insert(['before', 7]);
    await eventually(
      () => topics.ends('confluent-out-prices'),
      ([end]) => end === 7,
    );
    await postgres.query('ALTER TABLE prices ADD COLUMN note TEXT');
    await postgres.query(
      "INSERT INTO prices(item, price, note) VALUES ('after', 8, 'n1'), ('after', 9, NULL), ('after', 10, 'n3')",
    );
    const found = await filesAfter(10);
    expect(found.map((file) => file.key)).toEqual([key(0), key(3), key(6), key(7)]);
    const last = await readWithFastavro(found.at(-1)?.body ?? Buffer.alloc(0));
    expect(last.records).toMatchObject([{ note: 'n1' }, { note: null }, { note: 'n3' }]);
    expect(found.flatMap(({ body }) => idsInFile(body))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const versions = await fetch(`${registryUrl}/subjects/confluent-in-prices-value/versions`);
    expect(await versions.json()).toEqual([1, 2]);
  });

  logged('has no error to tell of', async () => {
    expect(log.filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
  });
});

/** JSON, Postgres and Avro print a float with different numbers of digits. */
function singlePrecision(row: unknown): unknown {
  const { price, ...rest } = row as { price: number };
  return { ...rest, price: Math.fround(price) };
}
