// Topics as custom resources.
import { describe, expect, test } from '@jest/globals';
import type { ConfigurationName } from '../synthesis/configurations';
import { read } from '../synthesis/read';

const { all } = read('Pipeline');

const topics = (name?: ConfigurationName) =>
  all('Custom::KafkaTopic', name).map(({ Properties: { ServiceToken: _, ...properties } }) => properties);

describe('topics', () => {
  test('are all that the files name, with what their writer says', () => {
    expect(topics()).toEqual([{ Topic: 'confluent-in-prices' }, { Topic: 'confluent-out-prices' }]);
    expect(topics('several')).toEqual([
      { Topic: 'crm.customers' },
      { Topic: 'shop-prices', Partitions: '6', ReplicationFactor: '3' },
      { Topic: 'shop-stock', Partitions: '6', ReplicationFactor: '3' },
    ]);
  });

  test('are made by the same function on provisioned and serverless clusters', () => {
    expect(topics('serverless')).toEqual(topics());
    expect(all('AWS::MSK::Topic', 'serverless')).toEqual([]);
  });
});
