import { describe, expect, test } from '@jest/globals';
import { PLACE, resolver } from './resolver';
import { smallStacks } from './small-stacks';
import type { Json } from './template';

const resolve = resolver(smallStacks());
const inPipeline = (value: Json) => resolve('pipeline', value);
const CLUSTER =
  /^arn:aws:kafka:eu-central-1:111122223333:cluster\/prices\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-2$/;

describe('a template’s references and functions', () => {
  test.each<[string, Json, Json]>([
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Ref of a role', { Ref: 'Role' }, 'pipeline-Role-a1b2c3'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/pipeline-Role-a1b2c3'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Role.Arn' }, 'arn:aws:iam::111122223333:role/pipeline-Role-a1b2c3'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Partition' }]] }, 'a-aws'],
    ['Fn::Sub', { 'Fn::Sub': `\${AWS::AccountId}/\${Role}` }, '111122223333/pipeline-Role-a1b2c3'],
    ['Fn::Sub with variables', { 'Fn::Sub': [`\${A}-\${!B}`, { A: { Ref: 'AWS::Region' } }] }, `eu-central-1-\${B}`],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'data:BucketArn' }, 'arn:aws:s3:::data-bucket-a1b2c3'],
    [
      'a list and its members',
      [{ Ref: 'AWS::Region' }, { deep: [{ Ref: 'AWS::Partition' }] }],
      ['eu-central-1', { deep: ['aws'] }],
    ],
  ])('%s', (_, value, expected) => {
    expect(inPipeline(value)).toEqual(expected);
  });

  test('a cluster’s ARN is well-formed, across stacks too, and the same each time', () => {
    const arn = inPipeline({ 'Fn::ImportValue': 'data:ClusterArn' });
    expect(arn).toMatch(CLUSTER);
    expect(resolver(smallStacks())('data', { Ref: 'Cluster' })).toBe(arn);
  });

  test('names that AWS would choose are others in another run', () => {
    const other = resolver(smallStacks(), { ...PLACE, run: 'other' });
    expect(other('data', { Ref: 'Bucket' })).toBe('data-bucket-other');
  });

  test.each<[string, Json, string]>([
    ['a function', { 'Fn::Cidr': [] }, 'Fn::Cidr is not known'],
    ['a resource', { Ref: 'Nobody' }, 'Stack pipeline has no Nobody'],
    ['an attribute', { 'Fn::GetAtt': ['Role', 'Height'] }, 'No answer is known for Height of a AWS::IAM::Role'],
    ['an export', { 'Fn::ImportValue': 'nowhere' }, 'No stack exports nowhere'],
  ])('%s that is not known is refused', (_, value, message) => {
    expect(() => inPipeline(value)).toThrow(message);
  });
});
