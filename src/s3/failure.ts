// What an S3 request's failure means: retry at once, an answer to a condition, or an error that says what to do.
import pRetry from 'p-retry';
import { ConnectlessError, messageOf } from '../errors';

/** Where requests go; named in every error. */
export interface S3Place {
  readonly bucket: string;
  readonly region: string;
}

interface Failure {
  readonly name: string;
  readonly status: number | undefined;
}

/** The error's S3 code and HTTP status. A HEAD request has no body, so only its status is known. */
export function failureOf(error: unknown): Failure {
  const name = property(error, 'name');
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  return { name: typeof name === 'string' ? name : '', status: typeof status === 'number' ? status : undefined };
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

/** A condition (`If-Match`, `If-None-Match`) did not hold. */
export function isConditionFailed(error: unknown): boolean {
  const { name, status } = failureOf(error);
  return name === 'PreconditionFailed' || status === 412;
}

/** Another write of the same key was in flight: the request was not carried out, and S3 asks to send it again. */
function isConflict(error: unknown): boolean {
  const { name, status } = failureOf(error);
  return name === 'ConditionalRequestConflict' || name === 'OperationAborted' || status === 409;
}

/** Sends again after a 409, which the SDK takes for final. */
export function retryConflicts<T>(send: () => Promise<T>): Promise<T> {
  return pRetry(send, {
    retries: 8,
    minTimeout: 50,
    maxTimeout: 2000,
    randomize: true,
    shouldRetry: ({ error }) => isConflict(error),
  });
}

/** Throws the failure as an error that names the bucket and the cure; retryable unless somebody must change something. */
export function throwExplained(error: unknown, action: string, place: S3Place): never {
  if (error instanceof ConnectlessError) throw error;
  const failure = failureOf(error);
  const cure = cureOf(failure, place);
  const what = `S3 bucket "${place.bucket}" (region ${place.region}): cannot ${action}`;
  if (cure !== undefined) throw new ConnectlessError(cure.code, `${what}: ${cure.text}`, { cause: error });
  const clientFault = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
  const retryable = !clientFault || [408, 409, 429].includes(failure.status ?? 0);
  throw new ConnectlessError('S3_FAILED', `${what}: ${failure.name}: ${messageOf(error)}`, { retryable, cause: error });
}

function cureOf({ name, status }: Failure, { bucket, region }: S3Place): { code: string; text: string } | undefined {
  if (name === 'NoSuchBucket') {
    return { code: 'S3_NO_SUCH_BUCKET', text: `there is no such bucket. Create it, or correct the bucket's name.` };
  }
  if (name === 'CredentialsProviderError') {
    return {
      code: 'S3_NO_CREDENTIALS',
      text: 'no AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.',
    };
  }
  if (name === 'InvalidAccessKeyId' || name === 'SignatureDoesNotMatch' || name === 'ExpiredToken') {
    return { code: 'S3_BAD_CREDENTIALS', text: `the AWS credentials were refused (${name}). Correct or renew them.` };
  }
  if (name === 'PermanentRedirect' || name === 'AuthorizationHeaderMalformed' || status === 301) {
    return { code: 'S3_WRONG_REGION', text: `the bucket is not in region ${region}. Set the region that it is in.` };
  }
  if (status === 403) {
    return {
      code: 'S3_ACCESS_DENIED',
      text: `access denied. Grant s3:GetObject, s3:PutObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts on arn:aws:s3:::${bucket}/* and s3:ListBucket on arn:aws:s3:::${bucket}.`,
    };
  }
  return undefined;
}
