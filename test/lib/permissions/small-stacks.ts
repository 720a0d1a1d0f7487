// Two small stacks, written by hand: one exports its bucket and cluster, the other has a role that may use them.
import type { Json, JsonObject, Stacks, Template } from './template';

export const ROLE = 'Role';

/** `statements`: of the role's policy, beside the one that reads the bucket's objects below `state/`. */
export function smallStacks(...statements: readonly JsonObject[]): Stacks {
  const read = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'data:BucketArn' }, '/state/*']] },
  };
  return new Map([
    ['data', data],
    ['pipeline', pipeline([read, ...statements])],
  ]);
}

const tlsOnly = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Resource: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': `\${Bucket.Arn}/*` }],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const data: Template = {
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    TlsOnly: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [tlsOnly] } },
    },
    Cluster: { Type: 'AWS::MSK::Cluster', Properties: { ClusterName: 'prices' } },
  },
  Outputs: {
    Bucket: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Export: { Name: 'data:BucketArn' } },
    Cluster: {
      Value: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      Export: { Name: { 'Fn::Sub': `\${AWS::StackName}:ClusterArn` } },
    },
  },
};

function pipeline(statements: readonly Json[]): Template {
  return {
    Resources: {
      [ROLE]: { Type: 'AWS::IAM::Role' },
      Other: { Type: 'AWS::IAM::Role' },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyDocument: { Version: '2012-10-17', Statement: [...statements] },
          Roles: [{ Ref: ROLE }],
        },
      },
    },
  };
}
