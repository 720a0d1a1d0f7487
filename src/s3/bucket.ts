// One S3 bucket as the sink's object store.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ConnectlessError } from '../errors';
import { failureOf, isConditionFailed, retryConflicts, type S3Place, throwExplained } from './failure';
import type { CompleteOutcome, ObjectStore, UploadedPart } from './object-store';

/**
 * The SDK repeats what failed for a moment (5xx, throttling, a 200 whose body is an error); a 409 is repeated here. Whatever else fails is
 * thrown as a ConnectlessError that names the bucket, its region and the cure.
 */
export function bucketObjects(client: S3Client, place: S3Place): ObjectStore {
  const { bucket: Bucket } = place;
  const attempt = <T>(action: string, send: () => Promise<T>): Promise<T> =>
    retryConflicts(send).catch((error: unknown) => throwExplained(error, action, place));

  return {
    putNew: (Key, Body) =>
      attempt(`write "${Key}"`, async () => {
        try {
          await client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' }));
          return 'created';
        } catch (error) {
          if (isConditionFailed(error)) return 'exists';
          throw error;
        }
      }),

    size: (Key) =>
      attempt(`look at "${Key}"`, async () => {
        try {
          return (await client.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
        } catch (error) {
          if (failureOf(error).status === 404) return undefined;
          throw error;
        }
      }),

    range: (Key, start, end) =>
      attempt(`read "${Key}"`, async () => {
        if (start === end) return Buffer.alloc(0);
        const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${start}-${end - 1}` }));
        return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
      }),

    startUpload: (Key) =>
      attempt(`start the upload of "${Key}"`, async () => {
        const answer = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        return answered(answer.UploadId, 'upload id', Key);
      }),

    uploadPart: (Key, UploadId, PartNumber, Body) =>
      attempt(`upload part ${PartNumber} of "${Key}"`, async () => {
        try {
          const answer = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
          return answered(answer.ETag, 'ETag', Key);
        } catch (error) {
          if (failureOf(error).name === 'NoSuchUpload') return undefined;
          throw error;
        }
      }),

    listParts: (Key, UploadId) => attempt(`list the parts of "${Key}"`, () => listParts(client, Bucket, Key, UploadId)),

    completeUpload: (Key, UploadId, parts) =>
      attempt(`complete the upload of "${Key}"`, () => completeUpload(client, Bucket, Key, UploadId, parts)),

    abortUpload: (Key, UploadId) =>
      attempt(`abort the upload of "${Key}"`, async () => {
        try {
          await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        } catch (error) {
          if (failureOf(error).name !== 'NoSuchUpload') throw error;
        }
      }),
  };
}

async function listParts(client: S3Client, Bucket: string, Key: string, UploadId: string) {
  const parts: UploadedPart[] = [];
  // The SDK's paginator goes on while there is a marker, and S3 sends one with the last page too: it would never end.
  for (let marker: string | undefined; ; ) {
    const page = await listPage(client, new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker: marker }));
    if (page === undefined) return undefined;
    for (const { PartNumber, ETag } of page.Parts ?? []) {
      if (PartNumber !== undefined && ETag !== undefined) parts.push({ number: PartNumber, etag: ETag });
    }
    if (page.IsTruncated !== true) return parts;
    marker = page.NextPartNumberMarker;
  }
}

async function listPage(client: S3Client, command: ListPartsCommand): Promise<ListPartsCommandOutput | undefined> {
  try {
    return await client.send(command);
  } catch (error) {
    if (failureOf(error).name === 'NoSuchUpload') return undefined;
    throw error;
  }
}

async function completeUpload(
  client: S3Client,
  Bucket: string,
  Key: string,
  UploadId: string,
  parts: readonly UploadedPart[],
): Promise<CompleteOutcome> {
  const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
  try {
    const answer = await client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, IfNoneMatch: '*', MultipartUpload: { Parts } }),
    );
    // A 200 is sent before S3 knows the outcome; only an answer with an ETag says that the object is there.
    answered(answer.ETag, 'ETag', Key);
    return 'created';
  } catch (error) {
    if (isConditionFailed(error)) return 'exists';
    if (failureOf(error).name === 'NoSuchUpload') return 'no-such-upload';
    if (failureOf(error).name === 'InvalidPart') return 'invalid-part';
    throw error;
  }
}

function answered(value: string | undefined, what: string, key: string): string {
  if (value !== undefined) return value;
  throw new ConnectlessError('S3_FAILED', `S3 answered without an ${what} for "${key}".`, { retryable: true });
}
