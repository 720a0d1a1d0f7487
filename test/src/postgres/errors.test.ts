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
    [failure('57014'), 'POSTGRES_UNAVAILABLE', true],
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
});
