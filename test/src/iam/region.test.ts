// The region that a token is signed for.
import { describe, expect, test } from '@jest/globals';
import { databaseRegion, kafkaRegion } from '../../../src/iam/region';

describe('the region of a token', () => {
  test.each([
    ['b-1.demo.abc123.c2.kafka.eu-central-1.amazonaws.com:9098', 'eu-central-1'],
    ['boot-x1.c1.kafka-serverless.us-gov-west-1.amazonaws.com:9098', 'us-gov-west-1'],
    ['b-1.iam.demo.abc.c2.kafka.us-east-1.vpce.amazonaws.com:14001', 'us-east-1'],
    ['b-1.demo.abc123.c2.kafka.cn-north-1.amazonaws.com.cn:9098', 'cn-north-1'],
    ['kafka.example.com:9098', 'us-west-2'],
  ])('for Kafka at %s is %s', (broker, region) => {
    expect(kafkaRegion(['own.name:9098', broker], { AWS_REGION: 'us-west-2' })).toBe(region);
  });

  test.each([
    ['demo.cluster-abc.eu-central-1.rds.amazonaws.com', 'eu-central-1'],
    ['demo.abc.us-gov-west-1.rds.amazonaws.com', 'us-gov-west-1'],
    ['demo.abc.rds.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['db.example.com', 'us-west-2'],
  ])('for the database %s is %s', (host, region) => {
    expect(databaseRegion(host, { AWS_DEFAULT_REGION: 'us-west-2' })).toBe(region);
  });

  test('is asked for by name where nothing says it', () => {
    expect(() => kafkaRegion(['k:9098'], {})).toThrow('the name of the brokers k:9098 has none: set AWS_REGION');
    expect(() => databaseRegion('db', {})).toThrow('the name of the host db has none: set AWS_REGION');
  });
});
