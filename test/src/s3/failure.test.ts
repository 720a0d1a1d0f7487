import { describe, expect, test } from '@jest/globals';
import { isConditionFailed, retryConflicts, throwExplained } from '../../../src/s3/failure';

const place = { bucket: 'prices', region: 'eu-central-1' };

function s3Error(name: string, status?: number): Error {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status } };
  return Object.assign(new Error(`${name} happened`), { name }, metadata);
}

function explained(error: unknown): unknown {
  try {
    return throwExplained(error, 'write "a.avro"', place);
  } catch (thrown) {
    return thrown;
  }
}

describe('a failed request', () => {
  test.each([
    ['NoSuchBucket', 404, 'S3_NO_SUCH_BUCKET', 'Create it'],
    ['AccessDenied', 403, 'S3_ACCESS_DENIED', 's3:PutObject'],
    ['403', 403, 'S3_ACCESS_DENIED', 's3:ListBucket on arn:aws:s3:::prices'],
    ['PermanentRedirect', 301, 'S3_WRONG_REGION', 'not in region eu-central-1'],
    ['AuthorizationHeaderMalformed', 400, 'S3_WRONG_REGION', 'not in region eu-central-1'],
    ['CredentialsProviderError', undefined, 'S3_NO_CREDENTIALS', 'AWS_ACCESS_KEY_ID'],
    ['InvalidAccessKeyId', 403, 'S3_BAD_CREDENTIALS', 'InvalidAccessKeyId'],
    ['ExpiredToken', 400, 'S3_BAD_CREDENTIALS', 'renew'],
    ['EntityTooSmall', 400, 'S3_FAILED', 'EntityTooSmall happened'],
  ])('%s (%s) is not tried again, and says what to do', (name, status, code, says) => {
    const error = explained(s3Error(name, status));
    expect(error).toMatchObject({ code, retryable: false });
    expect(String(error)).toContain('S3 bucket "prices" (region eu-central-1): cannot write "a.avro"');
    expect(String(error)).toContain(says);
  });

  test.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['TooManyRequests', 429],
    ['ConditionalRequestConflict', 409],
    ['TimeoutError', undefined],
  ])('%s (%s) may pass', (name, status) => {
    expect(explained(s3Error(name, status))).toMatchObject({ code: 'S3_FAILED', retryable: true });
  });
});

test('a conflict is sent again, anything else is not', async () => {
  let sent = 0;
  const answer = await retryConflicts(async () => {
    sent += 1;
    if (sent < 3) throw s3Error('ConditionalRequestConflict', 409);
    return 'done';
  });
  expect([answer, sent]).toEqual(['done', 3]);
  sent = 0;
  const failed = retryConflicts(async () => {
    sent += 1;
    throw s3Error('NoSuchBucket', 404);
  });
  await expect(failed).rejects.toThrow('NoSuchBucket');
  expect(sent).toBe(1);
});

test('a condition that did not hold is told from other failures', () => {
  expect(isConditionFailed(s3Error('PreconditionFailed', 412))).toBe(true);
  expect(isConditionFailed(s3Error('NoSuchKey', 404))).toBe(false);
});
