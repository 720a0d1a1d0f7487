import { expect, test } from '@jest/globals';
import { connectorLog, logFailure } from '../../local/standalone-log';
import { ConnectlessError } from '../../src/errors';

function logged(...errors: unknown[]) {
  const lines: Array<Record<string, unknown>> = [];
  const log = connectorLog('prices', (line, connector) => lines.push({ connector, ...JSON.parse(line) }));
  for (const error of errors) logFailure(log, error, 1000);
  return lines;
}
const functionError = (cause: unknown) => new ConnectlessError('FUNCTION_ERROR', 'no S3', { retryable: true, cause });

test('a function’s own error is its message alone', () => {
  const error = functionError({ errorType: 'ConnectlessError', errorMessage: 'no S3', stackTrace: ['at a'] });
  const [line] = logged(error);
  expect(line).toEqual({
    connector: 'prices',
    level: 'ERROR',
    message: 'no S3',
    timestamp: expect.any(String),
    againInMs: 1000,
  });
});

test('an error that nobody foresaw shows where it was thrown', () => {
  const error = functionError({ errorType: 'TypeError', errorMessage: 'no S3', stackTrace: ['at a'] });
  expect(logged(error)).toMatchObject([{ errorType: 'TypeError', stackTrace: ['at a'] }]);
});

test('what may pass by itself is a warning', () => {
  expect(logged(new ConnectlessError('KAFKA_UNAVAILABLE', 'no Kafka', { retryable: true }))).toMatchObject([
    { level: 'WARN', message: 'no Kafka' },
  ]);
});

test('the same failure is said once, and that the function is being stopped not at all', () => {
  const again = new ConnectlessError('KAFKA_UNAVAILABLE', 'no Kafka', { retryable: true });
  expect(logged(again, again, again, new ConnectlessError('FUNCTION_STOPPED', 'stopped'))).toHaveLength(1);
});
