import { expect, test } from '@jest/globals';
import { maskedQuery } from '../../../src/postgres/masked-query';

test.each([
  [`INSERT INTO t(a) VALUES ('secret', 42, -1.5)`, 'INSERT INTO t(a) VALUES (?, ?, -?)'],
  [`SELECT 'it''s' FROM t1 WHERE a2 = $1`, 'SELECT ? FROM t1 WHERE a2 = $1'],
  ['SELECT $tag$ secret $ $tag$, $$x$$', 'SELECT ?, ?'],
  [`UPDATE t SET a = 'cut off in the mid`, 'UPDATE t SET a = ?'],
  ['DO $$ secret, cut off', 'DO ?'],
  ['SELECT\n  a,\n  b', 'SELECT a, b'],
  [`SELECT ${'a'.repeat(200)}`, `SELECT ${'a'.repeat(93)}…`],
])('%s → %s', (query, expected) => {
  expect(maskedQuery(query)).toBe(expected);
});
