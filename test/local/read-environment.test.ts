import { expect, test } from '@jest/globals';
import { notingReads } from '../../local/read-environment';

test('answers the variables that were read, and no others', () => {
  const { env, read } = notingReads({ DB_PASSWORD: 'x', OTHER: 'y' });
  expect([env.DB_PASSWORD, env.ABSENT]).toEqual(['x', undefined]);
  expect(read()).toEqual({ DB_PASSWORD: 'x', ABSENT: undefined });
  expect(Object.keys(env)).toEqual(['DB_PASSWORD', 'OTHER']);
});
