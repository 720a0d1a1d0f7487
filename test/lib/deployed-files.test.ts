// The property files that reach AWS: each function's own loader accepts them, with the environment that the function gets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadConnector, loadWorker } from '../../src/config/load';
import type { WorkerConfig } from '../../src/config/model';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import { type ConfigurationName, configurationNames } from './synthesis/configurations';
import { type Deployed, deployedFunctions } from './synthesis/deployed';
import { SYNTHESIS_TIMEOUT_MS, synthesis } from './synthesis/synthesis';

beforeAll(() => synthesis('defaults'), SYNTHESIS_TIMEOUT_MS);

interface Loaded {
  readonly worker: WorkerConfig;
  readonly connector?: ConnectorConfig;
  readonly secrets: readonly string[];
}

/** As the function would when it starts. */
async function load({ kind, environment, files }: Deployed): Promise<Loaded> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-task-'));
  const secrets: string[] = [];
  const readSecret = async (secret: string) => {
    secrets.push(secret);
    return new Map(['username', 'password', 'userInfo'].map((key) => [key, `the-${key}`]));
  };
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, 'latin1');
    const env = { ...environment, LAMBDA_TASK_ROOT: directory, AWS_REGION: 'eu-central-1' };
    if (kind === 'registry' || kind === 'topics') return { worker: await loadWorker(readSecret, env), secrets };
    return { ...(await loadConnector(kind, readSecret, env)), secrets };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function functionOf(name: ConfigurationName | 'own-app', functionName: string): Promise<Deployed & Loaded> {
  const deployed = deployedFunctions(await synthesis(name)).find((one) => one.name === functionName);
  if (deployed === undefined) throw new Error(`there is no function ${functionName}`);
  return { ...deployed, ...(await load(deployed)) };
}

const MSK = {
  brokers: ['boot-1.example.amazonaws.com:9098', 'boot-2.example.amazonaws.com:9098'],
  securityProtocol: 'SASL_SSL',
  sasl: { mechanism: 'AWS_MSK_IAM' },
};
const BUILT_IN = { url: 's3://made-state-bucket/state' };
const SCRAM_SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:AmazonMSK_prices-a1b2c3';

test.each([...configurationNames, 'own-app'] as const)('%s: every function loads its files', async (name) => {
  const functions = deployedFunctions(await synthesis(name));
  expect(functions.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['topics', 'source', 'sink']));
  await expect(Promise.all(functions.map(load))).resolves.toHaveLength(functions.length);
});

describe('what is made', () => {
  test('the source reads the database over verified TLS with IAM, and writes with IAM', async () => {
    const { worker, connector, secrets } = await functionOf('defaults', 'connectless-connect-postgresql');
    expect(worker).toMatchObject({ kafka: MSK, valueRegistry: BUILT_IN, stateUrl: BUILT_IN.url });
    expect(connector).toMatchObject({
      database: {
        host: 'made.cluster-abc.eu-central-1.rds.amazonaws.com',
        port: 5432,
        database: 'postgres',
        user: 'connectless',
        iam: {},
        sslMode: 'verify-full',
        sslRootCert: 'amazon-rds-ca.pem',
      },
      topicPrefix: 'confluent-in-',
      incrementingColumn: 'id',
    });
    expect(connector).not.toHaveProperty('database.password');
    expect(secrets).toEqual([]);
  });

  test("Amazon's authorities for RDS are beside the source's bundle, and nowhere else", async () => {
    const functions = deployedFunctions(await synthesis('defaults'));
    const having = functions.filter(({ files }) => files['amazon-rds-ca.pem']?.includes('BEGIN CERTIFICATE'));
    expect(having.map(({ kind }) => kind)).toEqual(['source']);
  });

  test('the sink writes the bucket in the region of the stack, and knows nothing of brokers', async () => {
    const { worker, connector, environment, files } = await functionOf('defaults', 'connectless-s3-sink');
    expect(connector).toMatchObject({ bucket: 'made-data-bucket', s3: { region: 'eu-central-1' }, flushSize: 3 });
    expect(worker).toMatchObject({ valueRegistry: BUILT_IN, stateUrl: BUILT_IN.url });
    expect(files['worker.properties']).not.toMatch(/bootstrap\.servers|sasl/);
    expect(environment).not.toHaveProperty('CONNECTLESS_BOOTSTRAP_SERVERS');
  });

  test('a database of another name keeps it', async () => {
    const { connector } = await functionOf('several', 'shop-prices-source');
    expect(connector).toMatchObject({ name: 'prices.source', database: { database: 'shop', user: 'connectless' } });
  });

  test("the files' passwords for this machine do not reach AWS", async () => {
    for (const name of ['defaults', 'several'] as const) {
      const texts = deployedFunctions(await synthesis(name)).map(({ files }) => files['connector.properties'] ?? '');
      expect(texts.join('')).not.toContain('password');
    }
  });

  test('what has no effect stays at home, secrets among it', async () => {
    const texts = deployedFunctions(await synthesis('several')).flatMap(({ files }) => Object.values(files));
    expect(texts.join('')).not.toMatch(/listeners|confluent\.license|rest\.port|hidden-at-home/);
  });
});

describe("a sink's file", () => {
  test('with dead letters knows the brokers, and reads the topics of its pattern', async () => {
    const { worker, connector } = await functionOf('sinks', 'connectless-prices-sink');
    expect(worker).toMatchObject({ kafka: MSK, valueRegistry: BUILT_IN });
    expect(connector).toMatchObject({
      topics: [],
      topicsRegex: 'shop-.*',
      converters: { value: { kind: 'avro', registry: BUILT_IN } },
      errors: { deadLetters: { topic: 'dead-prices', replicationFactor: 2, contextHeaders: true } },
    });
  });

  test('with a registry of its own keeps it and its login, beside the built-in one of the worker', async () => {
    const { worker, connector, secrets, environment } = await functionOf('sinks', 'connectless-partner-sink');
    expect(worker.valueRegistry).toEqual(BUILT_IN);
    const registry = { url: 'https://registry.example.com:8443', basicAuth: 'the-userInfo' };
    expect(connector).toMatchObject({ converters: { value: { kind: 'avro', registry } } });
    expect(secrets).toEqual(['partner-registry']);
    expect(environment).not.toHaveProperty('CONNECTLESS_BOOTSTRAP_SERVERS');
  });
});

test('in an app of somebody else, the constructs fill in what the files leave out', async () => {
  const source = await functionOf('own-app', 'orders-orders-source');
  expect(source.connector).toMatchObject({
    database: {
      host: 'made.cluster-abc.eu-central-1.rds.amazonaws.com',
      database: 'shop',
      user: 'connectless',
      iam: {},
    },
  });
  expect(source.worker).toMatchObject({ kafka: MSK, valueRegistry: BUILT_IN, stateUrl: BUILT_IN.url });
  const sink = await functionOf('own-app', 'orders-orders-sink');
  expect(sink.connector).toMatchObject({
    bucket: 'made-data-bucket',
    topicsDir: 'raw',
    s3: { region: 'eu-central-1' },
  });
});

describe('what is there', () => {
  test('brokers, registry and state stay as the worker names them, the login from its secret', async () => {
    const { worker, secrets } = await functionOf('existing', 'connectless-prices-source');
    expect(worker).toMatchObject({
      kafka: {
        brokers: [1, 2].map((n) => `b-${n}.prices.abc123.c2.kafka.eu-central-1.amazonaws.com:9098`),
        securityProtocol: 'SASL_SSL',
        sasl: { mechanism: 'AWS_MSK_IAM' },
      },
      valueRegistry: { url: 'https://registry.example.com:8443', basicAuth: 'the-userInfo' },
      stateUrl: 's3://our-state/connectless',
    });
    expect(secrets).toEqual(['registry-login']);
  });

  test("a database of Amazon's gets Amazon's authorities, and keeps its login", async () => {
    const iam = await functionOf('existing', 'connectless-prices-source');
    expect(iam.connector).toMatchObject({
      database: { port: 5433, database: 'shop', user: 'reader', iam: {}, sslRootCert: 'amazon-rds-ca.pem' },
    });
    const password = await functionOf('scram', 'connectless-prices-source');
    expect(password.connector).toMatchObject({
      database: { user: 'the-username', password: 'the-password', sslRootCert: 'amazon-rds-ca.pem' },
    });
    expect([...password.secrets].sort()).toEqual([SCRAM_SECRET, 'shop/reader']);
    expect(iam.files).toHaveProperty(['amazon-rds-ca.pem']);
    expect(password.files).toHaveProperty(['amazon-rds-ca.pem']);
  });

  test('a bucket keeps name and region, and a local S3 has no meaning', async () => {
    const { connector } = await functionOf('several', 'shop-TopicMaker');
    expect(connector).toMatchObject({ bucket: 'audit-files', topicsDir: '', s3: { region: 'eu-west-1' } });
    expect(connector).not.toHaveProperty('s3.endpoint');
  });

  test("the topics' function logs in with the brokers' secret, and asks for no other", async () => {
    expect((await functionOf('scram', 'connectless-topics')).secrets).toEqual([SCRAM_SECRET]);
    expect((await functionOf('existing', 'connectless-topics')).secrets).toEqual([]);
  });
});
