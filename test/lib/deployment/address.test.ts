import { describe, expect, test } from '@jest/globals';
import { hostOf, isToBeMade } from '../../../lib/deployment/address';

describe('an address asks to be made', () => {
  test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1', '[::1]', '<bucket>', '<any words>', ''])(
    '%j does',
    (host) => expect(isToBeMade(host)).toBe(true),
  );

  test.each(['db.example.com', 'localhost.example.com', '10.0.0.1', '1127.0.0.1', 'my-bucket', '<a>b', '<a><b>'])(
    '%j does not',
    (host) => expect(isToBeMade(host)).toBe(false),
  );
});

describe('the host of an address', () => {
  test.each([
    ['localhost:9092', 'localhost'],
    ['b-1.example.com:9098', 'b-1.example.com'],
    ['[::1]:9092', '[::1]'],
    ['<brokers>:9092', '<brokers>'],
    ['<brokers>', '<brokers>'],
    ['http://localhost:8081', 'localhost'],
    ['https://user:pass@registry.example.com:8443/path?x=1', 'registry.example.com'],
    ['http://<registry>', '<registry>'],
    ['http://[::1]:8081/', '[::1]'],
    ['s3.example.com', 's3.example.com'],
  ])('%s: %s', (address, host) => expect(hostOf(address)).toBe(host));
});
