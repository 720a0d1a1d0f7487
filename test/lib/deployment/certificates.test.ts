import { describe, expect, test } from '@jest/globals';
import { certificateFaults, certificatesOf, withCertificates } from '../../../lib/deployment/certificates';
import { faultLine } from '../../../src/config/report';
import type { SourceConfig } from '../../../src/config/source-model';
import { SOURCE } from '../../src/config/files';
import { decided } from './decided';

function sourceWith(url: string): SourceConfig {
  const [source] = decided({ connectors: [{ ...SOURCE, 'connection.url': url }] }).config.connectors;
  if (source?.kind !== 'source') throw new Error('it is no source');
  return source;
}

const faultsOf = (url: string) => certificateFaults([sourceWith(url)], () => 'source.properties').map(faultLine);

describe('the authorities of a database', () => {
  test.each([
    ['db.rds.amazonaws.com', 'verify-full', { kind: 'amazon' }],
    ['db.cn-north-1.rds.amazonaws.com.cn', 'verify-ca', { kind: 'amazon' }],
    ['db.rds.amazonaws.com', 'require', undefined],
    ['db.example.com', 'verify-full', undefined],
  ])('%s, %s', (host, mode, certificates) => {
    const { database } = sourceWith(`jdbc:postgresql://${host}/shop?user=a&sslmode=${mode}`);
    expect(certificatesOf(database)).toEqual(certificates);
  });

  test('are a file of its own that is not there: a fault', () => {
    const url = 'jdbc:postgresql://db.example.com/shop?user=a&sslmode=verify-full&sslrootcert=';
    expect(faultsOf(`${url}${__filename}`)).toEqual([]);
    expect(faultsOf(`${url}/nowhere/ca.pem`)).toEqual([
      'source.properties: connection.url: names with sslrootcert a file /nowhere/ca.pem that is not there; write the path of a PEM file',
    ]);
  });

  test('do not matter where nothing is verified', () => {
    expect(faultsOf('jdbc:postgresql://db.example.com/shop?user=a&sslrootcert=/nowhere/ca.pem')).toEqual([]);
  });
});

test.each([
  ['jdbc:postgresql://h/d', 'jdbc:postgresql://h/d?sslrootcert=amazon-rds-ca.pem'],
  ['jdbc:postgresql://h/d?', 'jdbc:postgresql://h/d?sslrootcert=amazon-rds-ca.pem'],
  ['jdbc:postgresql://h/d?a=1&sslrootcert=x&b=2', 'jdbc:postgresql://h/d?a=1&b=2&sslrootcert=amazon-rds-ca.pem'],
])('%s becomes %s', (url, deployed) => expect(withCertificates(url, { kind: 'amazon' })).toBe(deployed));
