// What the pipeline's stack is made of.
import { expect, test } from '@jest/globals';
import type { ConfigurationName } from './synthesis/configurations';
import { read } from './synthesis/read';

const { template, all } = read('Pipeline');

/** Ours have names; the CDK's own have none. */
const functions = (name?: ConfigurationName) =>
  new Map(
    all('AWS::Lambda::Function', name).flatMap(({ Properties }) =>
      Properties.FunctionName === undefined ? [] : [[String(Properties.FunctionName), Properties] as const],
    ),
  );

test('functions are one for each connector, one for the registry, one that makes topics and one that asks sources', () => {
  expect([...functions().keys()].sort()).toEqual([
    'connectless-connect-postgresql',
    'connectless-preflight',
    'connectless-processor',
    'connectless-registry',
    'connectless-s3-sink',
    'connectless-topics',
  ]);
  expect([...functions('several').keys()].sort()).toEqual([
    'crm-customers-to-s3',
    'shop-TopicMaker',
    'shop-customers-source',
    'shop-preflight',
    'shop-prices-sink',
    'shop-prices-source',
    'shop-registry',
    'shop-topics',
  ]);
});

test('brokers are asked for at deployment, unless the worker names those of a cluster that exists', () => {
  expect(all('Custom::BootstrapBrokers')).toHaveLength(1);
  expect(all('Custom::BootstrapBrokers', 'existing')).toEqual([]);
  expect(functions('existing').get('connectless-topics')).toMatchObject({
    Environment: {
      Variables: {
        CONNECTLESS_BOOTSTRAP_SERVERS:
          'b-1.prices.abc123.c2.kafka.eu-central-1.amazonaws.com:9098,b-2.prices.abc123.c2.kafka.eu-central-1.amazonaws.com:9098',
      },
    },
  });
});

test('outputs say where the registry is', () => {
  const outputs = (name: ConfigurationName) =>
    Object.keys(template(name).Outputs ?? {}).filter((output) => !output.startsWith('Exports'));
  expect(outputs('defaults')).toEqual(['RegistryUrl']);
  expect(outputs('existing')).toEqual([]);
});
