import { describe, expect, test } from '@jest/globals';
import { grantsOf, nameOf, without } from './grants';
import { statementsOf } from './statements';

const statements = statementsOf(
  {
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' },
      { Effect: 'Deny', Action: 's3:*', Resource: '*' },
    ],
  },
  'Policy',
);

describe('what a role is allowed', () => {
  test('is each action on each resource, once', () => {
    expect(grantsOf(statements).map(nameOf)).toEqual([
      's3:GetObject on arn:aws:s3:::a/*',
      's3:GetObject on arn:aws:s3:::b/*',
      's3:PutObject on arn:aws:s3:::a/*',
      's3:PutObject on arn:aws:s3:::b/*',
    ]);
  });

  test('can be taken from all statements that have it, and from nothing else', () => {
    const left = without(statements, { action: 's3:GetObject', resource: 'arn:aws:s3:::a/*' });
    expect(grantsOf(left).map(nameOf)).toEqual([
      's3:GetObject on arn:aws:s3:::b/*',
      's3:PutObject on arn:aws:s3:::a/*',
      's3:PutObject on arn:aws:s3:::b/*',
    ]);
    expect(left.filter(({ effect }) => effect === 'Deny')).toHaveLength(1);
  });
});
