import { describe, expect, test } from '@jest/globals';
import { type S3Exchange, s3Calls } from './s3-calls';

const exchange = (method: string, url: string, more: Partial<S3Exchange> = {}): S3Exchange => ({
  method,
  url,
  headers: {},
  status: 200,
  ...more,
});
const asked = (...args: Parameters<typeof exchange>) =>
  s3Calls(exchange(...args)).map(({ action, resource }) => `${action} ${resource.replace('arn:aws:s3:::', '')}`);
const missing = { status: 404, error: 'NoSuchKey' };

describe('S3 asks IAM', () => {
  test.each<[string, Parameters<typeof exchange>, string[]]>([
    ['to read', ['GET', '/b/a/k?x-id=GetObject'], ['s3:GetObject b/a/k']],
    ['to look', ['HEAD', '/b/a/k'], ['s3:GetObject b/a/k']],
    ['to say that nothing is there', ['GET', '/b/k', missing], ['s3:GetObject b/k', 's3:ListBucket b']],
    ['to say so to a HEAD', ['HEAD', '/b/k', { status: 404 }], ['s3:GetObject b/k', 's3:ListBucket b']],
    ['to create', ['PUT', '/b/k', { headers: { 'if-none-match': '*' }, status: 412 }], ['s3:PutObject b/k']],
    ['to replace', ['PUT', '/b/k', { headers: { 'if-match': '"e"' } }], ['s3:PutObject b/k', 's3:GetObject b/k']],
    ['to start an upload', ['POST', '/b/k?uploads&x-id=CreateMultipartUpload'], ['s3:PutObject b/k']],
    ['to upload a part', ['PUT', '/b/k?partNumber=1&uploadId=u'], ['s3:PutObject b/k']],
    ['to complete it', ['POST', '/b/k?uploadId=u'], ['s3:PutObject b/k']],
    ['to look at its parts', ['GET', '/b/k?uploadId=u&x-id=ListParts'], ['s3:ListMultipartUploadParts b/k']],
    ['to abort it', ['DELETE', '/b/k?uploadId=u'], ['s3:AbortMultipartUpload b/k']],
    ['about keys as they are', ['GET', '/b/a%2Bb/c%20d'], ['s3:GetObject b/a+b/c d']],
  ])('%s', (_, args, expected) => {
    expect(asked(...args)).toEqual(expected);
  });

  test('to list, with the prefix', () => {
    expect(s3Calls(exchange('GET', '/b?list-type=2&prefix=state%2Fsink%2F'))).toEqual([
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::b', context: { 's3:prefix': 'state/sink/' } },
    ]);
  });

  test.each<[string, Parameters<typeof exchange>]>([
    ['another operation', ['GET', '/b/k?acl']],
    ['a deletion', ['DELETE', '/b/k']],
    ['an older listing', ['GET', '/b']],
    ['buckets', ['GET', '/']],
    ['tags', ['PUT', '/b/k', { headers: { 'x-amz-tagging': 'a=b' } }]],
    ['a bucket that is not there', ['GET', '/b/k', { status: 404, error: 'NoSuchBucket' }]],
  ])('what nobody knows for %s', (_, args) => {
    expect(() => asked(...args)).toThrow('What does');
  });
});
