// Multipart uploads of one bucket: start, parts, complete, abort.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/protocol-http';
import { ConnectlessError } from '../errors';
import { failureOf, isConditionFailed } from './failure';
import type { CompleteOutcome, OpenUpload, UploadedPart } from './object-store';

export async function startUpload(client: S3Client, object: CreateMultipartUploadCommandInput & { Key: string }) {
  const answer = await client.send(new CreateMultipartUploadCommand(object));
  return answered(answer.UploadId, 'upload id', object.Key);
}

export async function uploadPart(
  client: S3Client,
  part: { Bucket: string; Key: string; UploadId: string; PartNumber: number; Body: Buffer },
): Promise<string | undefined> {
  try {
    return answered((await client.send(new UploadPartCommand(part))).ETag, 'ETag', part.Key);
  } catch (error) {
    if (failureOf(error).name === 'NoSuchUpload') return undefined;
    throw error;
  }
}

export async function abortUpload(client: S3Client, Bucket: string, Key: string, UploadId: string): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  } catch (error) {
    if (failureOf(error).name !== 'NoSuchUpload') throw error;
  }
}

export async function listParts(
  client: S3Client,
  Bucket: string,
  Key: string,
  UploadId: string,
): Promise<UploadedPart[] | undefined> {
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

export async function completeUpload(
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

export async function openUploads(client: S3Client, Bucket: string, Prefix: string): Promise<OpenUpload[]> {
  const uploads: OpenUpload[] = [];
  for (let [KeyMarker, UploadIdMarker] = ['', '']; ; ) {
    const markers = KeyMarker === '' ? {} : { KeyMarker, UploadIdMarker };
    const command = new ListMultipartUploadsCommand({ Bucket, Prefix, ...markers });
    const now = answeredAt(command);
    const page = await client.send(command);
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined || Initiated === undefined) continue;
      uploads.push({ key: Key, id: UploadId, ageMs: now() - Initiated.getTime() });
    }
    if (page.IsTruncated !== true) return uploads;
    [KeyMarker, UploadIdMarker] = [page.NextKeyMarker ?? '', page.NextUploadIdMarker ?? ''];
  }
}

/** What S3's clock said when it answered, epoch milliseconds: this machine's may have jumped. An answer without a date is of 1970. */
function answeredAt(command: ListMultipartUploadsCommand): () => number {
  let date = 0;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (HttpResponse.isInstance(result.response)) date = Date.parse(result.response.headers.date ?? '');
      return result;
    },
    { step: 'deserialize' },
  );
  return () => (Number.isNaN(date) ? 0 : date);
}

function answered(value: string | undefined, what: string, key: string): string {
  if (value !== undefined) return value;
  throw new ConnectlessError('S3_FAILED', `S3 answered without an ${what} for "${key}".`, { retryable: true });
}
