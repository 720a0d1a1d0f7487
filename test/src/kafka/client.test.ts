// Security settings that cannot work are refused before anything is connected.
import { describe, expect, test } from '@jest/globals';
import type { KafkaConfig } from '../../../src/config/model';
import { kafkaClient } from '../../../src/kafka/client';

const plain: KafkaConfig = {
  brokers: ['localhost:9092'],
  securityProtocol: 'PLAINTEXT',
  clientId: 'test',
  requestTimeoutMs: 1000,
};

describe('kafkaClient', () => {
  test('takes every mechanism with a user name and a password', () => {
    for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
      const sasl = { mechanism, username: 'u', password: 'p' };
      expect(() => kafkaClient({ ...plain, securityProtocol: 'SASL_SSL', sasl })).not.toThrow();
    }
  });

  test.each<[string, Partial<KafkaConfig>, RegExp]>([
    ['SASL without a mechanism', { securityProtocol: 'SASL_SSL' }, /sasl.mechanism must be set/],
    [
      'a mechanism without a password',
      { securityProtocol: 'SASL_SSL', sasl: { mechanism: 'PLAIN', username: 'u' } },
      /needs username and password in sasl.jaas.config/,
    ],
    [
      'AWS_MSK_IAM without TLS',
      { securityProtocol: 'SASL_PLAINTEXT', sasl: { mechanism: 'AWS_MSK_IAM' } },
      /AWS_MSK_IAM needs security.protocol=SASL_SSL/,
    ],
  ])('refuses %s', (_, config, message) => {
    expect(() => kafkaClient({ ...plain, ...config })).toThrow(message);
  });
});
