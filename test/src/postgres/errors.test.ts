// What pg throws, and what is said instead.
import { describe, expect, test } from '@jest/globals';
import { postgresError } from '../../../src/postgres/errors';

const config = {
  host: 'db',
  port: 5432,
  database: 'shop',
  user: 'reader',
  password: 'secret',
  sslMode: 'prefer',
} as const;
const failure = (code: string, message = 'said so') => Object.assign(new Error(message), { code });

describe('postgresError', () => {
  test.each([
    [failure('28P01'), 'POSTGRES_AUTHENTICATION', false],
    [failure('28000'), 'POSTGRES_AUTHENTICATION', false],
    [new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), 'POSTGRES_AUTHENTICATION', false],
    [failure('3D000'), 'POSTGRES_DATABASE_NOT_FOUND', false],
    [failure('42501'), 'POSTGRES_FORBIDDEN', false],
    [failure('42P01'), 'TABLE_NOT_FOUND', true],
    [failure('SELF_SIGNED_CERT_IN_CHAIN'), 'POSTGRES_TLS', false],
    [new Error('The server does not support SSL connections'), 'POSTGRES_TLS', false],
    [failure('57P01'), 'POSTGRES_UNAVAILABLE', true],
    [failure('57014', 'canceling statement due to statement timeout'), 'POSTGRES_STATEMENT_TIMEOUT', true],
    [failure('25006', 'cannot execute nextval() in a read-only transaction'), 'QUERY_WRITES', false],
    [failure('25006', 'cannot execute LOCK TABLE during recovery'), 'POSTGRES_UNAVAILABLE', true],
    [failure('53300'), 'POSTGRES_UNAVAILABLE', true],
    [failure('40P01'), 'POSTGRES_UNAVAILABLE', true],
    [failure('ECONNREFUSED'), 'POSTGRES_UNAVAILABLE', true],
    [new Error('Connection terminated unexpectedly'), 'POSTGRES_UNAVAILABLE', true],
    [failure('42703'), 'POSTGRES_FAILED', false],
  ])('%s is %s', (error, code, retryable) => {
    const told = postgresError(error, config);
    expect(told).toMatchObject({ code, retryable });
    expect(told.message).toContain('db:5432');
    expect(told.message).not.toContain('secret');
  });

  const aurora = { ...config, host: 'db.cluster-x.eu-central-1.rds.amazonaws.com', sslMode: 'verify-full' } as const;

  test.each(['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    "names Amazon's authorities when RDS shows a certificate of theirs (%s)",
    (code) => {
      expect(postgresError(failure(code), aurora).message).toMatch(/global-bundle\.pem/);
      expect(postgresError(failure(code), { ...aurora, host: 'db' }).message).not.toMatch(/Amazon/);
      expect(postgresError(failure(code), { ...aurora, sslRootCert: 'other.pem' }).message).not.toMatch(/Amazon/);
    },
  );

  test('does not blame the authorities for a wrong host name', () => {
    expect(postgresError(failure('ERR_TLS_CERT_ALTNAME_INVALID'), aurora)).toMatchObject({
      code: 'POSTGRES_TLS',
      message: expect.not.stringMatching(/Amazon/),
    });
  });

  test('says what a login with IAM needs', () => {
    const { password: _, ...iam } = { ...aurora, iam: {} };
    const refused = failure('28000', 'PAM authentication failed for user "reader"');
    expect(postgresError(refused, iam).message).toMatch(
      /PAM authentication failed .* GRANT rds_iam TO reader, .*rds-db:connect.* in eu-central-1/,
    );
    expect(postgresError(refused, { ...iam, iam: { region: 'us-east-1' } }).message).toMatch(/in us-east-1/);
  });
});
