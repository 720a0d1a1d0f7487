// Secrets in values that are printed.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { masked } from '../../../src/config/masked';

describe('a masked value', () => {
  test.each([
    ['connection.password', 'hunter2', '[hidden]'],
    ['conection.pasword.password', 'hunter2', '[hidden]'],
    ['producer.sasl.jaas.config', 'x.PlainLoginModule required password="hunter2";', '[hidden]'],
    ['value.converter.basic.auth.user.info', 'me:hunter2', '[hidden]'],
    [
      'connection.url',
      'jdbc:postgresql://h:5432/d?user=me&password=hunter2&ssl=true',
      'jdbc:postgresql://h:5432/d?user=me&password=[hidden]',
    ],
    ['connection.url', 'jdbc:postgresql://me:hunter2@h/d', 'jdbc:postgresql://[hidden]@h/d'],
    ['connection.url', 'jdbc:sqlserver://h;password=hunter2', 'jdbc:sqlserver://h;password=[hidden]'],
    ['value.converter.schema.registry.url', 'https://me:hunter2@h:8081', 'https://[hidden]@h:8081'],
    ['flush.size', '3', '3'],
  ])('%s=%s is shown as %s', (name, value, shown) => expect(masked(name, value)).toBe(shown));

  test('of a URL never holds the password, whatever characters it has', () => {
    const password = fc
      .string({ minLength: 6 })
      .filter((text) => !'jdbc:postgresql://host/db?user=me&password=[hidden]@'.includes(text));
    fc.assert(
      fc.property(password, (secret) => {
        expect(masked('connection.url', `jdbc:postgresql://host/db?user=me&password=${secret}`)).not.toContain(secret);
        expect(masked('connection.url', `jdbc:postgresql://me:${secret}@host/db`)).not.toContain(secret);
      }),
    );
  });
});
