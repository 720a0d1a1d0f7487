// What invokes functions with the records of a topic.
import { describe, expect, test } from '@jest/globals';
import { type ConfigurationName, configurationNames } from '../synthesis/configurations';
import { read } from '../synthesis/read';
import { resourcesOf } from '../synthesis/template';

const { template, all } = read('Pipeline');

const triggers = (name?: ConfigurationName) =>
  all('AWS::Lambda::EventSourceMapping', name).map(({ Properties }) => Properties);

describe('triggers', () => {
  test.each(configurationNames)('begin at the oldest record, in the largest batches, one topic each: %s', (name) => {
    expect(triggers(name).length).toBeGreaterThan(0);
    for (const trigger of triggers(name)) {
      expect(trigger).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10_000,
        Topics: [expect.any(String)],
      });
      // AWS takes these in provisioned mode only, and the CDK anywhere.
      expect(trigger).not.toHaveProperty('BisectBatchOnFunctionError');
      expect(trigger).not.toHaveProperty('FunctionResponseTypes');
      expect(trigger).not.toHaveProperty('DestinationConfig');
    }
  });

  const groups = (name: ConfigurationName) =>
    triggers(name)
      .map(({ Topics, AmazonManagedKafkaEventSourceConfig: config }) => `${Topics}: ${Object(config).ConsumerGroupId}`)
      .sort();

  test("join the consumer group of Connect's sink with the first topic, and one of its own with each other", () => {
    expect(groups('defaults')).toEqual([
      'confluent-in-prices: connect-processor',
      'confluent-out-prices: connect-s3-sink',
    ]);
    expect(groups('several')).toEqual([
      'crm.customers: connect-customers-sink',
      'shop-prices: connect-TopicMaker',
      'shop-prices: connect-prices-sink',
      'shop-stock: connect-prices-sink-shop-stock',
    ]);
    expect(groups('sinks')).toEqual([
      'audit: connect-audit-sink',
      'partner-orders: connect-partner-sink',
      'shop-prices: connect-prices-sink-shop-prices',
      'shop-stock: connect-prices-sink-shop-stock',
    ]);
    const every = configurationNames.map((name) => groups(name).map((line) => line.replace(/^.*: /, '')));
    for (const names of every) expect(new Set(names).size).toBe(names.length);
  });

  test('gather for the window that the file says', () => {
    expect(triggers().map(({ MaximumBatchingWindowInSeconds }) => MaximumBatchingWindowInSeconds)).toEqual([1, 1]);
    const windows = triggers('several').map((trigger) => [
      String(trigger.Topics),
      trigger.MaximumBatchingWindowInSeconds,
    ]);
    expect(windows).toContainEqual(['crm.customers', 30]);
  });

  test('are on demand, or all in one group of pollers', () => {
    expect(triggers().map(({ ProvisionedPollerConfig }) => ProvisionedPollerConfig)).toEqual([undefined, undefined]);
    expect(triggers('provisioned-mode').map(({ ProvisionedPollerConfig }) => ProvisionedPollerConfig)).toEqual([
      { MinimumPollers: 1, MaximumPollers: 4, PollerGroupName: 'connectless' },
      { MinimumPollers: 2, MaximumPollers: 2, PollerGroupName: 'connectless' },
    ]);
  });

  test('read with the secret of the login where the cluster has SCRAM, and with their role elsewhere', () => {
    expect(triggers('scram').map(({ SourceAccessConfigurations }) => SourceAccessConfigurations)).toEqual([
      [
        {
          Type: 'SASL_SCRAM_512_AUTH',
          URI: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:AmazonMSK_prices-a1b2c3',
        },
      ],
    ]);
    expect(triggers('existing')[0]).not.toHaveProperty('SourceAccessConfigurations');
  });

  test.each(configurationNames)('come when their topic and the rights of their role are there: %s', (name) => {
    const mappings = resourcesOf(template(name), 'AWS::Lambda::EventSourceMapping');
    const topics = [...resourcesOf(template(name), 'Custom::KafkaTopic').keys()];
    for (const { DependsOn } of mappings.values()) {
      expect(DependsOn).toEqual(expect.arrayContaining(topics));
      expect(DependsOn?.some((id) => template(name).Resources[id]?.Type === 'AWS::IAM::Policy')).toBe(true);
    }
  });
});
