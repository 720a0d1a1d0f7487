import { describe, expect, test } from '@jest/globals';
import { functionsIn, isLimited } from '../../../src/postgres/query-plan';

const plan = (root: object) => [{ Plan: root }];
const LIMIT = { 'Node Type': 'Limit', Plans: [{ 'Node Type': 'Seq Scan' }] };

describe('a plan', () => {
  test.each<[string, object, boolean]>([
    ['LIMIT', LIMIT, true],
    ['LIMIT … FOR UPDATE', { 'Node Type': 'LockRows', Plans: [LIMIT] }, true],
    ['a filter over LIMIT', { 'Node Type': 'Subquery Scan', Plans: [LIMIT] }, true],
    ['a join with a LIMIT below it', { 'Node Type': 'Nested Loop', Plans: [LIMIT, LIMIT] }, false],
    ['no LIMIT', { 'Node Type': 'Seq Scan' }, false],
  ])('of %s', (_, root, expected) => {
    expect(isLimited(plan(root))).toBe(expected);
  });

  test('names the functions whose rows it reads, and not those of Postgres', () => {
    const scan = (schema: string, name: string) => ({
      'Node Type': 'Function Scan',
      Schema: schema,
      'Function Name': name,
    });
    const root = {
      'Node Type': 'Hash Join',
      Plans: [
        scan('shop', 'f'),
        { 'Node Type': 'Hash', Plans: [scan('pg_catalog', 'generate_series'), scan('a', 'g')] },
      ],
    };
    expect(functionsIn(plan(root))).toEqual([
      { schema: 'shop', name: 'f' },
      { schema: 'a', name: 'g' },
    ]);
  });
});
