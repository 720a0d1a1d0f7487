import { describe, expect, test } from '@jest/globals';
import { dataApiError, databaseError, isResuming, isTooLarge } from '../../../src/data-api/errors';

const named = (name: string, message = 'said', more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

test.each([
  ['a database that resumes', named('DatabaseResumingException'), 'DATA_API_UNAVAILABLE', true],
  ['a writer that is not there', named('DatabaseUnavailableException'), 'DATA_API_UNAVAILABLE', true],
  ['a cluster without a writer yet', named('DatabaseNotFoundException'), 'DATA_API_UNAVAILABLE', true],
  ['a secret that is not there yet', named('SecretsErrorException'), 'DATA_API_UNAVAILABLE', true],
  ['a service that is down', named('ServiceUnavailableError'), 'DATA_API_UNAVAILABLE', true],
  ['nobody who answers', named('Error', 'connect', { code: 'ECONNREFUSED' }), 'DATA_API_UNAVAILABLE', true],
  ['an answer that does not come', named('TimeoutError'), 'DATA_API_UNAVAILABLE', true],
  ['a right that is missing', named('AccessDeniedException'), 'DATA_API_FORBIDDEN', false],
  ['a statement', named('DatabaseErrorException', 'ERROR: no; SQLState: 42P01'), 'STATEMENT_FAILED', false],
  [
    'a statement, as it was told before',
    named('BadRequestException', 'ERROR; SQLState: 42P01'),
    'STATEMENT_FAILED',
    false,
  ],
  ['a limit of calls', named('ThrottlingException'), 'DATA_API_UNAVAILABLE', true],
  ['a statement that took too long', named('StatementTimeoutException'), 'DATA_API_STATEMENT_TIMEOUT', true],
  ['a transaction that is gone', named('TransactionNotFoundException'), 'DATA_API_TRANSACTION_LOST', true],
  ['a secret that is wrong', named('InvalidSecretException'), 'DATA_API_FAILED', false],
  ['an endpoint that is off', named('HttpEndpointNotEnabledException'), 'DATA_API_FAILED', false],
])('%s', (_, error, code, retryable) => {
  expect(dataApiError(error, 'arn:cluster')).toMatchObject({ code, retryable });
});

test('the SQLSTATE of a statement stands before what Postgres said', () => {
  const error = dataApiError(named('DatabaseErrorException', 'ERROR: denied; Position: 8; SQLState: 42501'), 'arn');
  expect(error.message).toBe('SQLSTATE 42501: ERROR: denied; Position: 8; SQLState: 42501');
});

describe('for a source', () => {
  const place = { clusterArn: 'arn:cluster', secretArn: 'arn:secret', database: 'shop' };
  const statement = (state: string) => named('DatabaseErrorException', `ERROR: no; Position: 8; SQLState: ${state}`);

  test.each([
    ['42P01', 'TABLE_NOT_FOUND', true],
    ['42501', 'POSTGRES_FORBIDDEN', false],
    ['28P01', 'POSTGRES_AUTHENTICATION', false],
    ['3D000', 'POSTGRES_DATABASE_NOT_FOUND', false],
    ['40001', 'POSTGRES_UNAVAILABLE', true],
    ['22012', 'POSTGRES_FAILED', false],
  ])('SQLSTATE %s is %s, as through pg', (state, code, retryable) => {
    const error = databaseError(statement(state), place);
    expect(error).toMatchObject({ code, retryable });
    expect(error.message).toMatch(/^Postgres behind arn:cluster, database shop.*ERROR: no; Position: 8[. ]/);
  });

  test('anything else is as for everybody', () => {
    expect(databaseError(named('TimeoutError'), place)).toMatchObject({ code: 'DATA_API_UNAVAILABLE' });
  });
});

test.each([
  [named('UnsupportedResultException', 'Database returned more than the allowed response size limit'), true],
  [named('BadRequestException', 'Database returned more than the allowed response size limit'), true],
  [named('DatabaseErrorException', 'Packet for query is too large'), true],
  [named('UnsupportedResultException', 'in other words'), true],
  [named('UnsupportedResultException', 'The result contains the unsupported data type "CHAR".'), false],
  [named('UnsupportedResultException', 'The result contains a multidimensional array.'), false],
  [named('DatabaseErrorException', 'ERROR: no; SQLState: 42P01'), false],
])('whether %s is an answer too large: %s', (error, expected) => {
  expect(isTooLarge(error)).toBe(expected);
  expect(isTooLarge(dataApiError(error, 'arn'))).toBe(expected);
});

test('a pause is known under the error that names the cure', () => {
  expect(isResuming(dataApiError(named('DatabaseResumingException'), 'arn'))).toBe(true);
  expect(isResuming(dataApiError(named('ThrottlingException'), 'arn'))).toBe(false);
});
