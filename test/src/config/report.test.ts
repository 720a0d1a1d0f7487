// What a report must never hold.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { report } from '../../../src/config/report';
import { SINK, SOURCE, validate, WORKER } from './files';

test('no secret is in a report or a note, whatever else is wrong', () => {
  const secret = 'S3cr3tS3cr3t';
  const names = [
    'connection.password',
    'conection.password',
    'sasl.jaas.config',
    'producer.sasl.jaas.config',
    'value.converter.basic.auth.user.info',
    'aws.secret.access.key',
    's3.proxy.password',
    'connection.url',
    'value.converter.schema.registry.url',
    'store.url',
    'confluent.license',
    'ssl.key.password',
    'something.else',
  ];
  const values = [
    secret,
    `jdbc:postgresql://u:${secret}@h/d`,
    `jdbc:mysql://h/d?password=${secret}`,
    `http://u:${secret}@h`,
    `x password="${secret}"`,
    `jdbc:postgresql://h:x/d?password=${secret}`,
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values)), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(WORKER, SOURCE, SINK),
      (pairs, base) => {
        const plainNames = ['connection.url', 'value.converter.schema.registry.url', 'store.url', 'something.else'];
        const extra = Object.fromEntries(
          pairs.filter(([name, value]) => value !== secret || !plainNames.includes(name)),
        );
        const { faults, notes } =
          base === WORKER ? validate({ ...base, ...extra }) : validate(WORKER, { ...base, ...extra });
        expect(report(faults) + JSON.stringify(notes)).not.toContain(secret);
      },
    ),
  );
});
