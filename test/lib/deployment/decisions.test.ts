import { describe, expect, test } from '@jest/globals';
import { makesDatabase } from '../../../lib/deployment/decisions';
import { type Properties, SINK, SOURCE } from '../../src/config/files';
import { CLUSTER_SETTINGS, decided } from './decided';

const decisionsOf = (worker: Properties, settings = {}) => decided({ worker, settings }).decisions;
const ARN = CLUSTER_SETTINGS['connectless.cluster.arn'];
const JAAS = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:AmazonMSK_a-a1b2c3';
const ENCODED = encodeURIComponent(SECRET);

describe('the cluster', () => {
  test.each(['localhost:9092', '127.0.0.1:9092,localhost:9093', '<brokers>', '<brokers>:9092'])(
    'is made for %s',
    (brokers) => {
      expect(decisionsOf({ 'bootstrap.servers': brokers }).cluster).toEqual({ kind: 'make', type: 'provisioned' });
    },
  );

  test('is made where the worker names no brokers', () => {
    expect(decisionsOf({ 'bootstrap.servers': undefined }).cluster).toMatchObject({ kind: 'make' });
  });

  test('is made as Serverless where cdk.json says so', () => {
    const settings = { 'connectless.cluster.type': 'serverless' };
    expect(decisionsOf({}, settings).cluster).toEqual({ kind: 'make', type: 'serverless' });
  });

  test('that cdk.json names is used with IAM, its brokers asked for, where the worker names those of this machine', () => {
    expect(decisionsOf({}, CLUSTER_SETTINGS).cluster).toEqual({
      kind: 'use',
      arn: ARN,
      securityGroupId: 'sg-0123456789abcdef0',
      authentication: 'iam',
    });
  });

  test.each([
    [{}, 'none'],
    [{ 'security.protocol': 'SSL' }, 'none'],
    [{ 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'AWS_MSK_IAM' }, 'iam'],
  ])('that exists is used as the worker says: %j', (login, authentication) => {
    const worker = { 'bootstrap.servers': 'b-1.example.com:9094', ...login };
    expect(decisionsOf(worker, CLUSTER_SETTINGS).cluster).toMatchObject({
      brokers: ['b-1.example.com:9094'],
      authentication,
    });
  });

  test("with SCRAM, the trigger reads the secret of the worker's login", () => {
    const worker = {
      'bootstrap.servers': 'b-1.example.com:9096',
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': `${JAAS} username="\${secretsmanager:${ENCODED}:username}" password="\${secretsmanager:${ENCODED}:password}";`,
    };
    expect(decisionsOf(worker, CLUSTER_SETTINGS).cluster).toMatchObject({
      authentication: 'scram',
      scramSecretArn: SECRET,
    });
  });
});

describe('the registry', () => {
  test.each(['http://localhost:8081', 'http://127.0.0.1:8081/', 'http://<registry>:8081', 'file:///tmp/registry'])(
    'is made for %s',
    (url) => {
      expect(decisionsOf({ 'value.converter.schema.registry.url': url }).registry).toEqual({ kind: 'make' });
    },
  );

  test.each([
    ['https://registry.example.com', 'https://registry.example.com'],
    ['http://u:p@registry:8081/', 'http://registry:8081'],
  ])('is used for %s, without the login', (written, url) => {
    expect(decisionsOf({ 'value.converter.schema.registry.url': written }).registry).toEqual({ kind: 'use', url });
  });
});

describe('the state bucket', () => {
  test.each([undefined, 's3://<bucket>', 's3://<bucket>/prefix', 'file:///var/lib/connectless'])(
    'is made for %s',
    (url) => expect(decisionsOf({ 'connectless.state.url': url }).state).toEqual({ kind: 'make' }),
  );

  test.each([
    ['s3://our-state', 'our-state', ''],
    ['s3://our-state/', 'our-state', ''],
    ['s3://our-state/a/b/', 'our-state', 'a/b'],
  ])('is used for %s', (url, name, prefix) => {
    expect(decisionsOf({ 'connectless.state.url': url }).state).toEqual({ kind: 'use', name, prefix });
  });
});

describe("a source's database", () => {
  const databaseOf = (url: string, settings = {}) =>
    decided({ connectors: [{ ...SOURCE, 'connection.url': url }], settings }).decisions.databases.get('a-source');

  test.each([
    'jdbc:postgresql://localhost:5432/shop?user=a&password=b',
    'jdbc:postgresql://127.0.0.1/shop?user=a',
    'jdbc:postgresql://[::1]:5432/shop?user=a',
    'jdbc:postgresql://<database>/shop?user=a',
    'jdbc:postgresql:///shop?user=a',
  ])('is made for %s', (url) => {
    expect(databaseOf(url)).toEqual({ kind: 'make', engine: 'aurora', database: 'shop', through: 'postgres' });
  });

  test('is made for a placeholder, and used where an ARN names it, through the Data API as well', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:s';
    const arn = 'arn:aws:rds:eu-west-1:123456789012:cluster:c';
    expect(databaseOf('jdbc:aws-dataapi://<cluster>/shop')).toEqual({
      kind: 'make',
      engine: 'aurora',
      database: 'shop',
      through: 'data-api',
    });
    expect(databaseOf(`jdbc:aws-dataapi://${arn}/shop?secretArn=${secret}`)).toEqual({ kind: 'use', clusterArn: arn });
  });

  test('is made as RDS where cdk.json says so', () => {
    expect(databaseOf(SOURCE['connection.url'], { 'connectless.database.engine': 'rds' })).toMatchObject({
      kind: 'make',
      engine: 'rds',
    });
  });

  test('is used where it exists', () => {
    expect(databaseOf('jdbc:postgresql://db.example.com:5433/shop?user=a')).toEqual({
      kind: 'use',
      host: 'db.example.com',
      port: 5433,
    });
  });
});

describe('a server for databases is made', () => {
  const source = (host: string) => ({ ...SOURCE, 'connection.url': `jdbc:postgresql://${host}/shop?user=a` });

  test.each([
    [
      'where one source of several asks for it',
      [source('localhost'), { ...source('db.example.com'), name: 'b' }],
      true,
    ],
    ['not where every source has its own', [source('db.example.com')], false],
    ['where no source is left, beside a cluster that is made', [SINK], true],
  ] as const)('%s', (_, connectors, made) => {
    expect(makesDatabase(decided({ connectors }).decisions)).toBe(made);
  });

  test('not where there is no source, beside a cluster that exists', () => {
    expect(makesDatabase(decided({ connectors: [SINK], settings: CLUSTER_SETTINGS }).decisions)).toBe(false);
  });
});

describe("a sink's bucket", () => {
  const bucketOf = (bucket: string, more: Properties = {}) =>
    decided({ connectors: [{ ...SINK, 's3.bucket.name': bucket, ...more }] }).decisions.dataBuckets.get('a-sink');

  test('is made for a placeholder', () => {
    expect(bucketOf('<bucket>')).toEqual({ kind: 'make' });
  });

  test('is used where it has a name', () => {
    expect(bucketOf('our-files')).toEqual({ kind: 'use', name: 'our-files', prefix: 'topics' });
    expect(bucketOf('our-files', { 'topics.dir': 'raw' })).toMatchObject({ prefix: 'raw' });
  });
});
