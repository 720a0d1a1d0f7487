// What IAM is asked when S3 is sent a request: the actions, and the resources that they are about.
import type { Call } from './evaluator';

export interface S3Exchange {
  readonly method: string;
  /** With path and query as they were sent, the bucket first in the path. */
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** S3's own code of an error; a HEAD has none. */
  readonly error?: string | undefined;
}

interface Request extends S3Exchange {
  readonly query: URLSearchParams;
  readonly bucket: string;
  readonly object: string;
}

type Kind = (request: Request) => readonly Call[];

/** By method and what the query names. */
const OF_OBJECTS: Readonly<Record<string, Kind>> = {
  GET: (request) => [...onObject(request, 'GetObject'), ...absence(request)],
  HEAD: (request) => [...onObject(request, 'GetObject'), ...absence(request)],
  PUT: (request) => [...onObject(request, 'PutObject'), ...comparison(request), ...absence(request)],
  'POST uploads': (request) => onObject(request, 'PutObject'),
  'PUT partNumber uploadId': (request) => onObject(request, 'PutObject'),
  'POST uploadId': (request) => [...onObject(request, 'PutObject'), ...comparison(request)],
  'DELETE uploadId': (request) => onObject(request, 'AbortMultipartUpload'),
  'GET uploadId': (request) => onObject(request, 'ListMultipartUploadParts'),
  'PUT tagging': (request) => onObject(request, 'PutObjectTagging'),
};

/** Which page or how much of an answer: no other question. */
const DETAILS = [
  'x-id',
  'prefix',
  'max-keys',
  'continuation-token',
  'encoding-type',
  'part-number-marker',
  'max-parts',
  'key-marker',
  'upload-id-marker',
];
/** Headers that ask for more rights: tags, access control lists, keys, retention, somebody else's object. */
const MORE_RIGHTS = /^x-amz-(tagging|acl|grant-|server-side-encryption|object-lock|copy-source|website)/;

/** Throws for a request that nobody has thought about yet. */
export function s3Calls(exchange: S3Exchange): readonly Call[] {
  const { pathname, searchParams: query } = new URL(exchange.url, 'http://s3');
  const [, bucket = '', ...key] = decodeURIComponent(pathname).split('/');
  const object = key.join('/');
  const names = [...query.keys()].filter((name) => !DETAILS.includes(name)).sort();
  const request = { ...exchange, query, bucket, object };
  const kind = object === '' ? ofBucket(exchange.method, names) : OF_OBJECTS[[exchange.method, ...names].join(' ')];
  const more = Object.keys(exchange.headers).find((name) => MORE_RIGHTS.test(name));
  if (kind === undefined || bucket === '' || more !== undefined || exchange.error === 'NoSuchBucket') {
    throw new Error(`What does ${exchange.method} ${exchange.url} ${more ?? ''} (${exchange.status}) need?`);
  }
  return kind(request);
}

function ofBucket(method: string, names: readonly string[]): Kind | undefined {
  // IAM is not told the prefix of this list.
  if (method === 'GET' && names.join() === 'uploads') {
    return ({ bucket }) => [{ action: 's3:ListBucketMultipartUploads', resource: `arn:aws:s3:::${bucket}` }];
  }
  if (method !== 'GET' || names.join() !== 'list-type') return undefined;
  return ({ bucket, query }) => [list(bucket, { 's3:prefix': query.get('prefix') ?? '' })];
}

function onObject({ bucket, object }: Request, action: string): readonly Call[] {
  return [{ action: `s3:${action}`, resource: `arn:aws:s3:::${bucket}/${object}` }];
}

/** S3 reads what `If-Match` is to be compared with. */
function comparison(request: Request): readonly Call[] {
  return request.headers['if-match'] === undefined ? [] : onObject(request, 'GetObject');
}

/** Who may not list is not told that an object is absent: 403 in place of 404, and no prefix is there to hold against a condition. */
function absence({ bucket, status }: Request): readonly Call[] {
  return status === 404 ? [list(bucket)] : [];
}

function list(bucket: string, context?: Call['context']): Call {
  return { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, ...(context === undefined ? {} : { context }) };
}
