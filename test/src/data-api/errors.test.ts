import { expect, test } from '@jest/globals';
import { dataApiError } from '../../../src/data-api/errors';

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
  ['a secret that is wrong', named('InvalidSecretException'), 'DATA_API_FAILED', false],
  ['an endpoint that is off', named('HttpEndpointNotEnabledException'), 'DATA_API_FAILED', false],
])('%s', (_, error, code, retryable) => {
  expect(dataApiError(error, 'arn:cluster')).toMatchObject({ code, retryable });
});

test('the SQLSTATE of a statement stands before what Postgres said', () => {
  const error = dataApiError(named('DatabaseErrorException', 'ERROR: denied; Position: 8; SQLState: 42501'), 'arn');
  expect(error.message).toBe('SQLSTATE 42501: ERROR: denied; Position: 8; SQLState: 42501');
});
