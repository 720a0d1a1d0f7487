// What is advised of a statement that took too long.
import { expect, test } from '@jest/globals';
import type { SourceConfig } from '../../../src/config/source-model';
import { ConnectlessError, messageOf } from '../../../src/errors';
import { slowStatement } from '../../../src/postgres/slow-statements';

const origin = { table: { schema: 'public', name: 'orders' } };
const slow = new ConnectlessError('POSTGRES_STATEMENT_TIMEOUT', 'Postgres ended it.', { retryable: true });
const told = (
  error: unknown,
  mode: SourceConfig['mode'],
  choice = {},
  of: Parameters<typeof slowStatement>[1] = origin,
) => slowStatement(error, of, mode, { timestampColumns: [], ...choice });

test.each<[SourceConfig['mode'], object, string]>([
  ['incrementing', {}, 'Make an index on the incrementing column,'],
  ['incrementing', { incrementingColumn: 'nr' }, 'Make an index on "nr",'],
  ['timestamp', { timestampColumns: ['at', 'made'] }, 'Make an index on "at", "made",'],
  ['timestamp+incrementing', { timestampColumns: ['at'], incrementingColumn: 'nr' }, 'Make an index on "at", "nr",'],
  ['xid8', { incrementingColumn: 'nr' }, 'Make an index on the xid8 column, "nr",'],
  ['bulk', {}, 'To copy it, raise connectless.function.timeout.ms'],
])('%s %j: %s', (mode, choice, advice) => {
  const error = told(slow, mode, choice);
  expect(error).toMatchObject({ code: 'POSTGRES_STATEMENT_TIMEOUT', retryable: true });
  expect(messageOf(error)).toMatch(/^Table "public"\."orders": Postgres ended it\. /);
  expect(messageOf(error)).toContain(advice);
  expect(messageOf(error)).toContain('connectless.function.timeout.ms');
});

test("of the Data API's own limit the table is named, of a query that it is one", () => {
  const limit = new ConnectlessError('DATA_API_STATEMENT_TIMEOUT', '45 s.', { retryable: true });
  expect(messageOf(told(limit, 'incrementing'))).toBe('Table "public"."orders": 45 s.');
  expect(messageOf(told(limit, 'incrementing', {}, { query: 'SELECT 1' }))).toBe('The query: 45 s.');
});

test.each([new ConnectlessError('POSTGRES_FORBIDDEN', 'no'), new Error('other')])('%s is left alone', (error) => {
  expect(told(error, 'incrementing')).toBe(error);
});
