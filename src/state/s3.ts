// The state store on S3: compare-and-set by `If-Match` and `If-None-Match`.
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { ConnectlessError } from '../errors';
import { s3Client } from '../s3/client';
import { failureOf, isConditionFailed, retryConflicts, throwExplained } from '../s3/failure';
import { versionOfOwnWrite } from './own-write';
import type { StateStore, Versioned } from './store';

/** The store under `prefix` of the bucket, in the region and at the endpoint that AWS's environment variables name. */
export function s3State(bucket: string, prefix: string, env: NodeJS.ProcessEnv = process.env): StateStore {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (region === undefined) {
    throw new ConnectlessError(
      'STATE_REGION',
      `The state's bucket "${bucket}" needs a region: set AWS_REGION to the one that the bucket is in.`,
    );
  }
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const client = s3Client({
    region,
    pathStyle: endpoint !== undefined,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const place = { bucket, region };
  const objectKey = (key: string) => `${prefix}${key}`;

  const read = async (key: string): Promise<Versioned | undefined> => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey(key) }));
      const bytes = await answer.Body?.transformToByteArray();
      return { body: Buffer.from(bytes ?? []), version: etagOf(answer.ETag, key) };
    } catch (error) {
      if (failureOf(error).name === 'NoSuchKey') return undefined;
      return throwExplained(error, `read the state "${objectKey(key)}"`, place);
    }
  };

  const write = async (key: string, body: Buffer, condition: { IfMatch: string } | { IfNoneMatch: '*' }) => {
    const command = () => new PutObjectCommand({ Bucket: bucket, Key: objectKey(key), Body: body, ...condition });
    try {
      const answer = await retryConflicts(() => client.send(command()));
      return etagOf(answer.ETag, key);
    } catch (error) {
      if (isConditionFailed(error)) return versionOfOwnWrite(read, key, body);
      if (failureOf(error).name === 'NoSuchKey') return undefined;
      return throwExplained(error, `write the state "${objectKey(key)}"`, place);
    }
  };

  return {
    read,
    create: (key, body) => write(key, body, { IfNoneMatch: '*' }),
    replace: (key, body, version) => write(key, body, { IfMatch: version }),
    list: async (keyPrefix) => {
      const keys: string[] = [];
      try {
        const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: objectKey(keyPrefix) });
        for await (const page of pages) {
          for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key.slice(prefix.length));
        }
      } catch (error) {
        throwExplained(error, `list the state below "${objectKey(keyPrefix)}"`, place);
      }
      return keys;
    },
  };
}

function etagOf(etag: string | undefined, key: string): string {
  if (etag !== undefined) return etag;
  throw new ConnectlessError('STATE_NO_ETAG', `S3 answered without an ETag for the state "${key}".`, {
    retryable: true,
  });
}
