import { describe, expect, test } from '@jest/globals';
import { decisionFaults } from '../../../lib/deployment/decision-faults';
import { faultLine } from '../../../src/config/report';
import { type Properties, SINK, SOURCE } from '../../src/config/files';
import { CLUSTER_SETTINGS, decided, type Given } from './decided';

function faultsOf(given: Given): string[] {
  const { config, decisions, settings, worker } = decided(given);
  return decisionFaults(config, decisions, settings, worker, ({ name }) => `${name}.properties`).map(faultLine);
}

const { 'connectless.cluster.arn': _, 'connectless.cluster.security.group.id': __, ...VPC } = CLUSTER_SETTINGS;
const worker = (own: Properties, settings = {}) => faultsOf({ worker: own, settings });
const source = (url: string, settings = {}) =>
  faultsOf({ connectors: [{ ...SOURCE, 'connection.url': url }], settings });

test('the tutorial has no fault, and neither has all that exists', () => {
  expect(faultsOf({ connectors: [SOURCE, SINK] })).toEqual([]);
  const exists = {
    'bootstrap.servers': 'b-1.example.com:9098',
    'value.converter.schema.registry.url': 'https://r.example.com',
  };
  const connectors = [{ ...SOURCE, 'connection.url': 'jdbc:postgresql://db.example.com/shop?user=a' }, SINK];
  expect(faultsOf({ worker: exists, connectors, settings: CLUSTER_SETTINGS })).toEqual([]);
});

describe('brokers', () => {
  test('of which some exist', () => {
    expect(worker({ 'bootstrap.servers': 'b-1.example.com:9092,localhost:9092' }, CLUSTER_SETTINGS)).toEqual([
      'worker.properties: bootstrap.servers: names localhost:9092 beside brokers that exist; name only brokers that exist, or none of them',
    ]);
  });

  test('that exist, without the ARN of their cluster', () => {
    expect(worker({ 'bootstrap.servers': 'b-1.example.com:9092' })).toEqual([
      'worker.properties: bootstrap.servers: names brokers that exist, and a trigger reads them by the ARN of their MSK cluster; add connectless.cluster.arn to cdk.json, or write localhost:9092 to have a cluster made',
    ]);
  });

  const LOGIN = { 'bootstrap.servers': 'b-1.example.com:9096', 'security.protocol': 'SASL_SSL' };
  const jaas = (password: string) =>
    `org.apache.kafka.common.security.scram.ScramLoginModule required username="a" password="${password}";`;

  test.each(['PLAIN', 'SCRAM-SHA-256'])('with %s, which MSK has not', (mechanism) => {
    const own = { ...LOGIN, 'sasl.mechanism': mechanism, 'sasl.jaas.config': jaas('b') };
    expect(worker(own, CLUSTER_SETTINGS)).toEqual([
      `worker.properties: sasl.mechanism: ${mechanism} is no mechanism of MSK; write SCRAM-SHA-512, or AWS_MSK_IAM`,
    ]);
  });

  test.each(['b', `\${secretsmanager:by-name:password}`])('with SCRAM whose secret has no ARN: %s', (password) => {
    const own = { ...LOGIN, 'sasl.mechanism': 'SCRAM-SHA-512', 'sasl.jaas.config': jaas(password) };
    expect(worker(own, CLUSTER_SETTINGS)).toEqual([
      `worker.properties: sasl.jaas.config: has a password, and the trigger reads it from a secret that it knows by its ARN; write username="\${secretsmanager:ARN:username}" password="\${secretsmanager:ARN:password}", the ARN URL-encoded`,
    ]);
  });
});

describe('the Data API', () => {
  const MADE = 'jdbc:aws-dataapi://<cluster>/shop';
  const RDS = { 'connectless.database.engine': 'rds' };

  test('of a cluster that exists needs no VPC of its own: an endpoint leads there', () => {
    const arns =
      'arn:aws:rds:eu-west-1:123456789012:cluster:c/d?secretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:s';
    expect(source(`jdbc:aws-dataapi://${arns}`)).toEqual([]);
    expect(source(MADE)).toEqual([]);
  });

  test.each([
    ['t4g.micro', ', nor has any instance of a T class, such as db.t4g.micro'],
    ['m7g.large', ''],
  ])('is not there for RDS: %s', (type, also) => {
    expect(source(MADE, { ...RDS, 'connectless.database.instance.type': type })).toEqual([
      `a-source.properties: connection.url: asks for the Data API, which RDS for PostgreSQL does not have (connectless.database.engine=rds)${also}; write jdbc:postgresql://localhost/…, or connectless.database.engine=aurora in cdk.json`,
    ]);
  });
});

describe('a database that exists', () => {
  test('without its VPC', () => {
    expect(source('jdbc:postgresql://db.example.com/shop?user=a')).toEqual([
      'a-source.properties: connection.url: names a database that exists, and the VPC that is made has no way to it; name its VPC as connectless.vpc.id in cdk.json, or write localhost to have a database made',
    ]);
  });

  test('with IAM, without its resource id', () => {
    const url =
      'jdbc:aws-wrapper:postgresql://db.example.com/shop?wrapperPlugins=iam&user=a&sslmode=verify-full&iamRegion=eu-central-1';
    const id = { 'connectless.database.resource.id': 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ' };
    expect(source(url, VPC)).toEqual([
      'a-source.properties: connection.url: asks for IAM authentication, which is granted by the resource id of the database; add connectless.database.resource.id (cluster-… or db-…) to cdk.json',
    ]);
    expect(source(url, { ...VPC, ...id })).toEqual([]);
  });
});

describe('a registry', () => {
  const registry = (url: string, more: Properties = {}, settings = {}) =>
    worker({ 'value.converter.schema.registry.url': url, ...more }, settings);

  test('that exists, without its VPC', () => {
    expect(registry('https://registry.example.com')).toEqual([
      'worker.properties: value.converter.schema.registry.url: names a registry that exists, and the VPC that is made has no way out to it; name its VPC as connectless.vpc.id in cdk.json',
    ]);
    expect(registry('https://registry.example.com', {}, VPC)).toEqual([]);
  });

  test.each([
    ['s3://schemas/a', 's3://our-state/a'],
    ['s3://our-state/b', 's3://our-state/a'],
    ['s3://schemas/a', undefined],
  ])('on S3 beside the state: %s, %s', (url, state) => {
    expect(registry(url, { 'connectless.state.url': state })).toEqual([
      'worker.properties: value.converter.schema.registry.url: names a place on S3 beside the state, and the built-in registry keeps its log with the state; write the same URL as connectless.state.url, or http://localhost:8081',
    ]);
  });

  test('on S3 where the state is, or where a bucket is to be made', () => {
    expect(registry('s3://our-state/a/', { 'connectless.state.url': 's3://our-state/a' })).toEqual([]);
    expect(registry('s3://<state>/a', { 'connectless.state.url': 's3://<state>/a' })).toEqual([]);
  });
});

test("an S3 other than Amazon's is none that a role gives access to", () => {
  const faults = (url: string) => faultsOf({ connectors: [{ ...SINK, 'store.url': url }] });
  expect(faults('http://localhost:4566')).toEqual([]);
  expect(faults('https://minio.example.com')).toEqual([
    "a-sink.properties: store.url: names an S3 other than Amazon's, which no role gives access to; delete the line",
  ]);
});
