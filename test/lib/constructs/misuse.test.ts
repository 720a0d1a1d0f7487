// What constructs say at synthesis when the files and what they are given do not fit.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { JdbcSource } from '../../../lib/constructs/jdbc-source';
import type { KafkaCluster } from '../../../lib/constructs/kafka-cluster';
import { TopicMaker } from '../../../lib/constructs/kafka-topic';
import { S3Sink } from '../../../lib/constructs/s3-sink';
import type { SourceDatabase } from '../../../lib/constructs/source-database';
import type { PlannedConnector, PlannedFunction } from '../../../lib/deployment/planned';
import type { SourceConfig } from '../../../src/config/source-model';
import { type Properties, SINK, SOURCE } from '../../src/config/files';
import { decided } from '../deployment/decided';

let code: string;
let stack: Stack;
let cluster: KafkaCluster;
let bucket: IBucket;

beforeAll(() => {
  code = mkdtempSync(join(tmpdir(), 'connectless-code-'));
  writeFileSync(join(code, 'index.js'), '');
});

afterAll(() => rmSync(code, { recursive: true }));

beforeEach(() => {
  stack = new Stack();
  bucket = Bucket.fromBucketName(stack, 'Bucket', 'a-bucket');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-01234567',
    availabilityZones: ['a'],
    isolatedSubnetIds: ['subnet-01234567'],
  });
  cluster = {
    clusterArn: 'arn:aws:kafka:eu-central-1:123456789012:cluster/prices/uuid',
    bootstrapServers: 'b-1.example.com:9098',
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-01234567'),
    network: { vpc, subnets: { subnetType: SubnetType.PRIVATE_ISOLATED } },
  };
});

const planned = (more: Partial<PlannedFunction> = {}): PlannedFunction => ({
  functionName: 'f',
  code,
  environment: {},
  memoryMb: 512,
  timeoutMs: 60_000,
  logRetentionDays: 30,
  tags: {},
  secrets: [],
  statePrefix: 'state',
  authentication: 'iam',
  ...more,
});

const REGISTRIES = { builtIn: true, urls: [], glue: false };

function makeSource(
  url: string,
  database: SourceDatabase,
  more: Partial<PlannedConnector<SourceConfig>> = {},
  properties: Properties = {},
) {
  const [config] = decided({ connectors: [{ ...SOURCE, 'connection.url': url, ...properties }] }).config.connectors;
  if (config?.kind !== 'source') throw new Error('it is no source');
  const connector = { config, function: planned(), triggered: [], registries: REGISTRIES, ...more };
  return new JdbcSource(stack, `Source${stack.node.children.length}`, { connector, cluster, database, state: bucket });
}

test('names as long as they may be are cut in the description, which Lambda limits', () => {
  const long = { name: 'n'.repeat(100), 'topic.prefix': 'p'.repeat(200) };
  const url = 'jdbc:postgresql://db.example.com/shop?user=a';
  const { handler } = makeSource(url, {}, {}, long).step;
  expect((handler.node.defaultChild as CfnFunction).description).toHaveLength(256);
});

describe('a source', () => {
  const LOCAL = 'jdbc:postgresql://localhost/shop?user=a';
  const THERE = 'jdbc:postgresql://db.example.com/shop?user=a';

  test.each([LOCAL, 'jdbc:postgresql://<database>/shop?user=a'])('whose database has no address: %s', (url) => {
    expect(() => makeSource(url, {})).toThrow(
      /^a-source: connection\.url: names no host that exists \(.+\): write one, or give the source its database's host\.$/,
    );
    expect(() => makeSource(url, { host: 'db.example.com' })).not.toThrow();
  });

  test('needs no host where the file names one', () => {
    expect(() => makeSource(THERE, {})).not.toThrow();
  });

  test('whose cluster for the Data API has no ARN', () => {
    const url = 'jdbc:aws-dataapi://<cluster>/shop';
    expect(() => makeSource(url, {})).toThrow(
      "a-source: connection.url: names no cluster that exists (<cluster>): write its ARN and ?secretArn=…, or give the source its database's dataApi.",
    );
    expect(() => makeSource(url, { dataApi: { clusterArn: 'arn:cluster', secretArn: 'arn:secret' } })).not.toThrow();
  });

  test('that logs in with IAM to a database without a resource id', () => {
    expect(() => makeSource(THERE, {}, { iamUser: 'reader' })).toThrow(
      'a-source: connection.url: logs in with IAM, which is granted by the resource id of the database: give it to the source.',
    );
    expect(() => makeSource(THERE, { resourceId: 'db-1' }, { iamUser: 'reader' })).not.toThrow();
  });
});

test.each([
  ['iam', 'scram'],
  ['none', 'iam'],
] as const)('files that log in with %s, to a cluster that wants %s', (inFiles, ofCluster) => {
  const other = { ...cluster, authentication: ofCluster };
  const [config] = decided({ connectors: [SINK] }).config.connectors;
  if (config?.kind !== 'sink') throw new Error('it is no sink');
  const connector = { config, function: planned({ authentication: inFiles }), triggered: [], registries: REGISTRIES };
  const says = `the worker's file logs in to brokers with ${inFiles}, and its cluster wants ${ofCluster}: write it in the file, or in the cluster's authentication.`;
  expect(() => new S3Sink(stack, 'Sink', { connector, cluster: other, state: bucket, bucket })).toThrow(
    `a-sink: ${says}`,
  );
  expect(() => new TopicMaker(stack, 'Topics', { function: connector.function, cluster: other })).toThrow(
    `Topics: ${says}`,
  );
});
