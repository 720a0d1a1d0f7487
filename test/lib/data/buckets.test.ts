// The buckets of files and state: what must not be lost, and who may not get at it.
import { expect, test } from '@jest/globals';
import { read } from '../synthesis/read';

const { template, all } = read('Data');

test('both buckets are encrypted, private, owned by the account, and outlive the stack', () => {
  const buckets = all('AWS::S3::Bucket');
  expect(buckets).toHaveLength(2);
  for (const bucket of buckets) {
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    });
  }
});

test('both buckets refuse whoever comes without TLS 1.2', () => {
  const policies = all('AWS::S3::BucketPolicy');
  expect(policies.map(({ Properties }) => Object(Properties.Bucket).Ref)).toEqual([
    'StateBucket446E0578',
    'DataBucketE3889A50',
  ]);
  const deny = (Condition: unknown) => ({ Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Condition });
  for (const { Properties } of policies) {
    expect(Object(Properties.PolicyDocument).Statement).toMatchObject([
      deny({ Bool: { 'aws:SecureTransport': 'false' } }),
      deny({ NumericLessThan: { 's3:TlsVersion': 1.2 } }),
    ]);
  }
});

const rulesOf = (id: string) => Object(template().Resources[id]?.Properties.LifecycleConfiguration).Rules;

test("the state's bucket has versions: of positions for a day, of schemas for three months", () => {
  expect(template().Resources.StateBucket446E0578?.Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  const expires = (prefix: string, days: number) =>
    expect.objectContaining({ Prefix: `state/${prefix}/`, NoncurrentVersionExpiration: { NoncurrentDays: days } });
  expect(rulesOf('StateBucket446E0578')).toEqual(
    expect.arrayContaining([
      expires('source', 1),
      expires('processor', 1),
      expires('sink', 1),
      expires('registry', 90),
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
    ]),
  );
});

test("the files' bucket has none, and ends an upload only when no open file can be waiting for it", () => {
  expect(template().Resources.DataBucketE3889A50?.Properties).not.toHaveProperty('VersioningConfiguration');
  expect(rulesOf('DataBucketE3889A50')).toEqual([
    { Id: 'unfinished-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 90 } },
  ]);
});
