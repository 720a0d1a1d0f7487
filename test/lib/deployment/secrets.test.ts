import { describe, expect, test } from '@jest/globals';
import { deployedSecrets, scramSecretOf } from '../../../lib/deployment/secrets';
import { type Properties, SOURCE } from '../../src/config/files';
import { decided } from './decided';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-b1c2d3';

function sourceWith(own: Properties) {
  const given = { ...SOURCE, 'connection.url': 'jdbc:postgresql://db.example.com/shop', ...own };
  const [file] = decided({ connectors: [given] }).connectors;
  if (file === undefined) throw new Error('there is no connector');
  return file;
}

describe('the secrets of a function', () => {
  const LOGIN = {
    'connection.user': `\${secretsmanager:shop/reader:username}`,
    'connection.password': `\${secretsmanager:shop/reader:password}`,
  };

  test('are those that its files refer to, each once', () => {
    expect(deployedSecrets([{ file: sourceWith(LOGIN), edits: {} }])).toEqual([{ secret: 'shop/reader' }]);
  });

  test('have the region of their ARN', () => {
    const file = sourceWith({ 'connection.password': `\${secretsmanager:${encodeURIComponent(ARN)}:password}` });
    expect(deployedSecrets([{ file, edits: {} }])).toEqual([{ secret: ARN, region: 'eu-central-1' }]);
  });

  test('are not those that the deployment replaces', () => {
    const edits = { 'connection.user': undefined, 'connection.password': 'another' };
    expect(deployedSecrets([{ file: sourceWith(LOGIN), edits }])).toEqual([]);
  });
});

test('the secret of a login by SCRAM is known by its ARN', () => {
  const jaas = (secret: string) =>
    decided({
      worker: {
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="a" password="${secret}";`,
      },
    }).worker;
  expect(scramSecretOf(jaas(`\${secretsmanager:${encodeURIComponent(ARN)}:password}`))).toBe(ARN);
  expect(scramSecretOf(jaas(`\${secretsmanager:a:password}`))).toBeUndefined();
  expect(scramSecretOf(jaas('plain'))).toBeUndefined();
  expect(scramSecretOf(decided().worker)).toBeUndefined();
});
