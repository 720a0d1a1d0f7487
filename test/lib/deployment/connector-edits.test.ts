import { describe, expect, test } from '@jest/globals';
import { connectorEdits, iamUserOf } from '../../../lib/deployment/connector-edits';
import { PROCESSOR, type Properties, SINK, SOURCE } from '../../src/config/files';
import { CLUSTER_SETTINGS, decided, type Given } from './decided';

function editsOf(connector: Properties, given: Given = {}) {
  const { config, connectors, decisions } = decided({ ...given, connectors: [connector] });
  const [own] = config.connectors;
  const [file] = connectors;
  if (own === undefined || file === undefined) throw new Error('there is no connector');
  return { edits: connectorEdits(file, own, decisions), iamUser: iamUserOf(own, decisions) };
}

const source = (url: string, more: Properties = {}) => ({ ...SOURCE, 'connection.url': url, ...more });
const ARN = 'arn:aws:rds:eu-central-1:123456789012:cluster:shop';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-a1b2c3';
const AMAZONS = 'shop.cluster-abc.eu-central-1.rds.amazonaws.com';
const MADE = `jdbc:aws-wrapper:postgresql://\${env:CONNECTLESS_DATABASE_HOST}:\${env:CONNECTLESS_DATABASE_PORT}`;
const LOGIN = 'wrapperPlugins=iam&user=connectless&sslmode=verify-full&sslrootcert=amazon-rds-ca.pem';

describe('a source whose database is made', () => {
  test('logs in there with IAM, and its password for this machine goes', () => {
    const written = { 'connection.user': 'postgres', 'connection.password': 'postgres' };
    expect(editsOf(source('jdbc:postgresql://localhost/shop', written))).toEqual({
      edits: {
        'connection.url': `${MADE}/shop?${LOGIN}`,
        'connection.user': undefined,
        'connection.password': undefined,
      },
      iamUser: 'connectless',
    });
  });

  test('and called through the Data API gets the address and the secret of its user there, which is no login by IAM', () => {
    const { edits, iamUser } = editsOf(source('jdbc:aws-dataapi://<cluster>/a%20b'));
    expect(edits['connection.url']).toBe(
      `jdbc:aws-dataapi://\${env:CONNECTLESS_DATABASE_CLUSTER_ARN}/a%20b?secretArn=\${env:CONNECTLESS_DATABASE_SECRET_ARN}`,
    );
    expect(iamUser).toBeUndefined();
  });

  test('keeps a name that a URL has to escape', () => {
    const { edits } = editsOf(source('jdbc:postgresql://<database>/a%20b%3Fc?user=a'));
    expect(edits['connection.url']).toBe(`${MADE}/a%20b%3Fc?${LOGIN}`);
  });
});

describe('a source whose database exists', () => {
  test('stays as it is through the Data API', () => {
    const url = `jdbc:aws-dataapi://${ARN}/shop?secretArn=${SECRET}`;
    expect(editsOf(source(url))).toEqual({ edits: {}, iamUser: undefined });
  });

  test.each([
    ['without verification', `jdbc:postgresql://${AMAZONS}/shop?user=a`],
    ['with sslmode=require', `jdbc:postgresql://${AMAZONS}/shop?user=a&sslmode=require`],
    [
      "with authorities that Node has, elsewhere than at Amazon's",
      'jdbc:postgresql://db.example.com/s?sslmode=verify-full&user=a',
    ],
    [
      "at a name that only looks like Amazon's",
      'jdbc:postgresql://rds.amazonaws.com.example.com/s?sslmode=verify-full&user=a',
    ],
  ])('stays as it is %s', (_, url) => expect(editsOf(source(url)).edits).toEqual({}));

  test.each([
    [`jdbc:postgresql://${AMAZONS}/shop?user=a&sslmode=verify-full`, 'user=a&sslmode=verify-full'],
    [
      `jdbc:postgresql://${AMAZONS}/shop?sslrootcert=/home/me/rds.pem&user=a&sslmode=verify-ca`,
      'user=a&sslmode=verify-ca',
    ],
    [`jdbc:postgresql://${AMAZONS}/shop?user=a&ssl=true`, 'user=a&ssl=true'],
  ])("of Amazon's gets Amazon's authorities: %s", (url, parameters) => {
    expect(editsOf(source(url)).edits).toEqual({
      'connection.url': `jdbc:postgresql://${AMAZONS}/shop?${parameters}&sslrootcert=amazon-rds-ca.pem`,
    });
  });

  test('finds the file that it names beside its bundle', () => {
    const url = 'jdbc:postgresql://db.example.com/shop?user=a&sslmode=verify-full&sslrootcert=/etc/ssl/our-ca.pem';
    expect(editsOf(source(url)).edits).toEqual({
      'connection.url': 'jdbc:postgresql://db.example.com/shop?user=a&sslmode=verify-full&sslrootcert=database-ca.pem',
    });
  });

  test('is granted the login of its user where it logs in with IAM', () => {
    const iam = `jdbc:aws-wrapper:postgresql://${AMAZONS}/shop?wrapperPlugins=iam&user=reader&sslmode=verify-full`;
    expect(editsOf(source(iam)).iamUser).toBe('reader');
    expect(editsOf(source(`jdbc:postgresql://${AMAZONS}/shop?user=reader`)).iamUser).toBeUndefined();
  });
});

describe('a sink', () => {
  const sink = (more: Properties) => ({ ...SINK, ...more });

  const bucket = { 's3.bucket.name': `\${env:CONNECTLESS_DATA_BUCKET}` };
  const region = { 's3.region': `\${env:AWS_REGION}` };

  test.each([
    ['is told its bucket, and keeps the region of one that exists', { 's3.region': 'eu-west-1' }, {}],
    [
      'has a bucket that is made in the region of the stack',
      { 's3.bucket.name': '<b>', 's3.region': 'us-east-1' },
      region,
    ],
    ['has the region of the stack where it is to be filled in', { 's3.region': '<region>' }, region],
    ['leaves a local S3 behind', { 'store.url': 'http://localhost:4566' }, { 'store.url': undefined }],
  ] as const)('%s', (_, written, edits) => {
    const found = editsOf(sink(written)).edits;
    expect(found).toEqual({ ...bucket, ...edits });
    expect(Object.keys(found).sort()).toEqual(Object.keys({ ...bucket, ...edits }).sort());
  });
});

describe('a converter that says what the worker says', () => {
  const converter = {
    'value.converter': 'io.confluent.connect.avro.AvroConverter',
    'value.converter.schema.registry.url': 'http://localhost:8081/',
  };

  test('says where the registry is, too', () => {
    expect(editsOf({ ...PROCESSOR, ...converter }).edits).toEqual({
      'value.converter.schema.registry.url': `s3://\${env:CONNECTLESS_STATE_BUCKET}/state`,
    });
  });

  test('says where its own is, whatever the worker has', () => {
    const there = { 'value.converter.schema.registry.url': 'https://registry.example.com' };
    const login = { 'value.converter.basic.auth.credentials.source': 'USER_INFO' };
    const user = { 'value.converter.basic.auth.user.info': 'a:b' };
    const own = { ...SINK, ...converter, ...login, ...user };
    expect(editsOf({ ...own, ...there }).edits).not.toHaveProperty(['value.converter.schema.registry.url']);
    expect(editsOf({ ...own, ...there }).edits).not.toHaveProperty(['value.converter.basic.auth.user.info']);
    const { edits } = editsOf(own, { worker: there, settings: CLUSTER_SETTINGS });
    expect(edits['value.converter.schema.registry.url']).toBe(`s3://\${env:CONNECTLESS_STATE_BUCKET}/state`);
    expect(edits).toHaveProperty(['value.converter.basic.auth.user.info'], undefined);
  });

  test('stays with a registry that exists', () => {
    const url = { 'value.converter.schema.registry.url': 'https://registry.example.com' };
    const given = { worker: url, settings: CLUSTER_SETTINGS };
    expect(editsOf({ ...PROCESSOR, ...converter, ...url }, given).edits).toEqual({});
  });
});
