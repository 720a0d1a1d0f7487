import { describe, expect, test } from '@jest/globals';
import { sinkFaults } from '../../../lib/deployment/sink-faults';
import { faultLine } from '../../../src/config/report';
import { type Properties, SINK } from '../../src/config/files';
import { CLUSTER_SETTINGS, decided } from './decided';

const VPC = Object.fromEntries(Object.entries(CLUSTER_SETTINGS).filter(([name]) => name.includes('.vpc.')));

function faultsOf(properties: Properties, settings: Readonly<Record<string, string>> = {}): string[] {
  const { config, ...rest } = decided({ connectors: [{ ...SINK, ...properties }], settings });
  const sinks = config.connectors.filter((connector) => connector.kind === 'sink');
  return sinkFaults(sinks, { ...rest, worker: config.worker }, ({ name }) => `${name}.properties`).map(faultLine);
}

const GLUE = {
  'value.converter': 'com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter',
};
const LETTERS = { 'errors.tolerance': 'all', 'errors.deadletterqueue.topic.name': 'dead' };

describe('a sink on AWS', () => {
  test('may have dead letters, tags, a key and a list of rights', () => {
    const key = { 's3.ssea.name': 'aws:kms', 's3.sse.kms.key.id': '1234abcd-12ab-34cd-56ef-1234567890ab' };
    const more = { 's3.object.tagging': 'true', 's3.acl.canned': 'public-read' };
    expect(faultsOf({ ...LETTERS, ...key, ...more })).toEqual([]);
  });

  test.each(['https://minio.example.com', 'http://10.0.0.1:9000'])("has no S3 other than Amazon's: %s", (url) => {
    expect(faultsOf({ 'store.url': url })).toEqual([
      "a-sink.properties: store.url: names an S3 other than Amazon's, which no role gives access to; delete the line",
    ]);
    expect(faultsOf({ 'store.url': 'http://localhost:4566' })).toEqual([]);
  });

  test('reaches a registry of its own from a VPC that is there alone', () => {
    const registry = {
      'value.converter': 'io.confluent.connect.avro.AvroConverter',
      'value.converter.schema.registry.url': 'https://registry.example.com',
    };
    expect(faultsOf(registry)).toEqual([
      'a-sink.properties: value.converter.schema.registry.url: names a registry that exists, and the VPC that is made has no way out to it; name its VPC as connectless.vpc.id in cdk.json',
    ]);
    expect(faultsOf(registry, VPC)).toEqual([]);
  });

  test('with dead letters reaches AWS Glue from a VPC that is there alone', () => {
    expect(faultsOf({ ...GLUE, ...LETTERS })).toEqual([
      'a-sink.properties: errors.deadletterqueue.topic.name: puts the sink into the VPC of the brokers, and the VPC that is made has no way out to AWS Glue; delete the line, or name a VPC that has one as connectless.vpc.id in cdk.json',
    ]);
    expect(faultsOf({ ...GLUE, ...LETTERS }, VPC)).toEqual([]);
    expect(faultsOf(GLUE)).toEqual([]);
  });

  test.each(['alias/files', 'arn:aws:kms:eu-central-1:123456789012:alias/files'])(
    'has a key, and no alias: %s',
    (id) => {
      expect(faultsOf({ 's3.ssea.name': 'aws:kms', 's3.sse.kms.key.id': id })).toEqual([
        "a-sink.properties: s3.sse.kms.key.id: names a key by an alias, and a right is granted on a key; write the key's ARN: aws kms describe-key --key-id alias/… --query KeyMetadata.Arn",
      ]);
    },
  );

  test('has no list of rights in a bucket that is made', () => {
    const made = { 's3.bucket.name': '<bucket>' };
    expect(faultsOf({ ...made, 's3.acl.canned': 'public-read' })).toEqual([
      'a-sink.properties: s3.acl.canned: is public-read, and the bucket that is made takes no access control lists; delete the line, or name a bucket of yours that takes them',
    ]);
    expect(faultsOf({ ...made, 's3.acl.canned': 'bucket-owner-full-control' })).toEqual([]);
  });
});
