// The state store on S3: compare-and-set by `If-Match` and `If-None-Match`.
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { ConnectlessError } from '../errors';
import { s3Client } from '../s3/client';
import { failureOf, isConditionFailed, retryConflicts, type S3Place, throwExplained } from '../s3/failure';
import { versionOfOwnWrite } from './own-write';
import type { StateStore, Versioned } from './store';

/** Where the state's objects are. */
interface Home {
  readonly client: S3Client;
  readonly place: S3Place;
  /** Before every key. */
  readonly prefix: string;
}

type Condition = { IfMatch: string } | { IfNoneMatch: '*' };

/** The store under `prefix` of the bucket, in the region and at the endpoint that AWS's environment variables name. */
export function s3State(bucket: string, prefix: string, env: NodeJS.ProcessEnv = process.env): StateStore {
  const home = homeOf(bucket, prefix, env);
  return {
    read: (key) => read(home, key),
    create: (key, body) => write(home, key, body, { IfNoneMatch: '*' }),
    replace: (key, body, version) => write(home, key, body, { IfMatch: version }),
    list: (keyPrefix) => list(home, keyPrefix),
  };
}

function homeOf(bucket: string, prefix: string, env: NodeJS.ProcessEnv): Home {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (region === undefined) {
    throw new ConnectlessError(
      'STATE_REGION',
      `The state's bucket "${bucket}" needs a region: set AWS_REGION to the one that the bucket is in.`,
    );
  }
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const elsewhere = endpoint === undefined ? {} : { endpoint };
  const client = s3Client({ region, pathStyle: endpoint !== undefined, ...elsewhere });
  return { client, place: { bucket, region }, prefix };
}

async function read({ client, place, prefix }: Home, key: string): Promise<Versioned | undefined> {
  const Key = `${prefix}${key}`;
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: place.bucket, Key }));
    const bytes = await answer.Body?.transformToByteArray();
    return { body: Buffer.from(bytes ?? []), version: etagOf(answer.ETag, key) };
  } catch (error) {
    if (failureOf(error).name === 'NoSuchKey') return undefined;
    return throwExplained(error, `read the state "${Key}"`, place);
  }
}

async function write(home: Home, key: string, Body: Buffer, condition: Condition): Promise<string | undefined> {
  const { client, place, prefix } = home;
  const input = { Bucket: place.bucket, Key: `${prefix}${key}`, Body, ...condition };
  try {
    const answer = await retryConflicts(() => client.send(new PutObjectCommand(input)));
    return etagOf(answer.ETag, key);
  } catch (error) {
    if (isConditionFailed(error)) return versionOfOwnWrite((own) => read(home, own), key, Body);
    if (failureOf(error).name === 'NoSuchKey') return undefined;
    return throwExplained(error, `write the state "${input.Key}"`, place);
  }
}

async function list({ client, place, prefix }: Home, keyPrefix: string): Promise<string[]> {
  const Prefix = `${prefix}${keyPrefix}`;
  const keys: string[] = [];
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix })) {
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key.slice(prefix.length));
    }
  } catch (error) {
    throwExplained(error, `list the state below "${Prefix}"`, place);
  }
  return keys;
}

function etagOf(etag: string | undefined, key: string): string {
  if (etag !== undefined) return etag;
  throw new ConnectlessError('STATE_NO_ETAG', `S3 answered without an ETag for the state "${key}".`, {
    retryable: true,
  });
}
