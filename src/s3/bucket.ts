// One S3 bucket as the sink's object store.
import {
  GetObjectCommand,
  HeadObjectCommand,
  type ObjectCannedACL,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectsConfig } from '../config/sink-model';
import { failureOf, isConditionFailed, retryConflicts, type S3Place, throwExplained } from './failure';
import { abortUpload, completeUpload, listParts, openUploads, startUpload, uploadPart } from './multipart';
import type { ObjectStore, PutOutcome } from './object-store';

/**
 * The SDK repeats what failed for a moment (5xx, throttling, a 200 whose body is an error); a 409 is repeated here. Whatever else fails is
 * thrown as a ConnectlessError that names the bucket, its region and the cure.
 */
export function bucketObjects(
  client: S3Client,
  place: S3Place,
  written: Pick<ObjectsConfig, 'acl' | 'sse'> = {},
): ObjectStore {
  const { bucket } = place;
  const settings = objectSettings(written);
  const attempt = <T>(action: string, send: () => Promise<T>): Promise<T> =>
    retryConflicts(send).catch((error: unknown) => throwExplained(error, action, place));

  return {
    putNew: (key, body) =>
      attempt(`write "${key}"`, () => putNew(client, { Bucket: bucket, Key: key, Body: body, ...settings })),
    size: (key) => attempt(`look at "${key}"`, () => size(client, bucket, key)),
    range: (key, start, end) => attempt(`read "${key}"`, () => range(client, bucket, key, start, end)),
    startUpload: (key) =>
      attempt(`start the upload of "${key}"`, () => startUpload(client, { Bucket: bucket, Key: key, ...settings })),
    uploadPart: (Key, UploadId, PartNumber, Body) =>
      attempt(`upload part ${PartNumber} of "${Key}"`, () =>
        uploadPart(client, { Bucket: bucket, Key, UploadId, PartNumber, Body }),
      ),
    listParts: (key, id) => attempt(`list the parts of "${key}"`, () => listParts(client, bucket, key, id)),
    completeUpload: (key, id, parts) =>
      attempt(`complete the upload of "${key}"`, () => completeUpload(client, bucket, key, id, parts)),
    abortUpload: (key, id) => attempt(`abort the upload of "${key}"`, () => abortUpload(client, bucket, key, id)),
    tag: (key, tags) => attempt(`tag "${key}"`, () => tag(client, bucket, key, tags)),
    uploads: (prefix) => attempt(`list the uploads below "${prefix}"`, () => openUploads(client, bucket, prefix)),
  };
}

/** What a new object is written with, and a multipart upload started. */
function objectSettings({ acl, sse }: Pick<ObjectsConfig, 'acl' | 'sse'>) {
  return {
    // The definitions take S3's own list of them.
    ...(acl === undefined ? {} : { ACL: acl as ObjectCannedACL }),
    ...(sse === undefined ? {} : { ServerSideEncryption: sse.algorithm }),
    ...(sse?.kmsKeyId === undefined ? {} : { SSEKMSKeyId: sse.kmsKeyId }),
  };
}

async function putNew(client: S3Client, object: PutObjectCommandInput): Promise<PutOutcome> {
  try {
    await client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' }));
    return 'created';
  } catch (error) {
    if (isConditionFailed(error)) return 'exists';
    throw error;
  }
}

async function size(client: S3Client, Bucket: string, Key: string): Promise<number | undefined> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
  } catch (error) {
    if (failureOf(error).status === 404) return undefined;
    throw error;
  }
}

async function range(client: S3Client, Bucket: string, Key: string, start: number, end: number): Promise<Buffer> {
  if (start === end) return Buffer.alloc(0);
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${start}-${end - 1}` }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

async function tag(client: S3Client, Bucket: string, Key: string, tags: Readonly<Record<string, string>>) {
  const TagSet = Object.entries(tags).map(([name, value]) => ({ Key: name, Value: value }));
  await client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
}
