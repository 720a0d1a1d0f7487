// Makes a complete file an object of the bucket, once, whoever else tries at the same time.
import { createHash } from 'node:crypto';
import { ConnectlessError } from '../errors';
import { faultPoint } from '../fault';
import type { ObjectStore, UploadedPart } from '../s3/object-store';
import { type FileBytes, joined, sizeOf, type Upload } from './partition-state';

// Only a zombie that uploads a part again and again at the wrong moment could need more.
const MOST_ATTEMPTS = 5;

/** What to do when a file cannot be made any more: the state to delete, and where to read again from. */
export interface Restart {
  readonly stateKey: string;
  readonly offset: number;
}

/**
 * Closes a file that the state lists as complete. What is there already counts when it has the file's size and its last
 * bytes: another writer, or this one before a crash, was first. Throws FILE_NOT_OURS when it is something else, UPLOAD_LOST
 * when the uploaded parts are gone, PART_REPLACED when they have other bytes.
 */
export async function closeFile(objects: ObjectStore, file: FileBytes, restart: Restart): Promise<void> {
  const tail = joined(file.tail);
  if (file.upload === undefined) {
    const outcome = await objects.putNew(file.key, tail);
    if (outcome === 'exists') await requireOurs(objects, file, tail);
  } else {
    await completeFile(objects, file, file.upload, tail, restart);
  }
  faultPoint('sink:file-closed');
}

/** The error of a file whose upload was aborted, or has expired, before the file was complete. */
export function uploadLost({ key }: FileBytes, restart: Restart): ConnectlessError {
  return new ConnectlessError(
    'UPLOAD_LOST',
    `The multipart upload of "${key}" is gone: it was aborted, or a lifecycle rule of the bucket ended it. ${cure(restart)} ` +
      'If the file was in the bucket and somebody has moved it away, put it back for a moment instead: the sink sees it and goes on.',
  );
}

function cure({ stateKey, offset }: Restart): string {
  return (
    `Its records are still in the topic: delete the state object "${stateKey}" and set the consumer group of the trigger back ` +
    `to offset ${offset} of this partition; files that are there already are recognised.`
  );
}

async function completeFile(
  objects: ObjectStore,
  file: FileBytes,
  upload: Upload,
  tail: Buffer,
  restart: Restart,
): Promise<void> {
  let parts: readonly UploadedPart[] = upload.etags.map((etag, index) => ({ number: index + 1, etag }));
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const all = await withLastPart(objects, file, upload, parts, tail);
    const outcome = all === undefined ? 'no-such-upload' : await objects.completeUpload(file.key, upload.id, all);
    if (outcome === 'created') return;
    if (outcome === 'exists') {
      await requireOurs(objects, file, tail);
      return objects.abortUpload(file.key, upload.id);
    }
    if (outcome === 'no-such-upload') {
      if ((await isOurs(objects, file, tail)) === true) return;
      throw uploadLost(file, restart);
    }
    parts = await partsThere(objects, file, { upload, parts, lastEtag: all?.at(-1)?.etag, tail, restart });
  }
  throw new ConnectlessError('UPLOAD_CONTENDED', `Other writers keep replacing the parts of "${file.key}".`, {
    retryable: true,
  });
}

interface Replaced {
  readonly upload: Upload;
  readonly parts: readonly UploadedPart[];
  readonly lastEtag: string | undefined;
  readonly tail: Buffer;
  readonly restart: Restart;
}

/**
 * Somebody uploaded parts under the same numbers since: full ones have the same bytes, so theirs are as good. Where ETags are
 * MD5s of the bytes, another one tells that they are not: that writer had another configuration.
 */
async function partsThere(
  objects: ObjectStore,
  { key }: FileBytes,
  { upload, parts, lastEtag, tail, restart }: Replaced,
): Promise<readonly UploadedPart[]> {
  const now = (await objects.listParts(key, upload.id)) ?? [];
  const there = parts.map((part) => now.find(({ number }) => number === part.number) ?? part);
  const areMd5s = lastEtag !== undefined && unquoted(lastEtag) === createHash('md5').update(tail).digest('hex');
  if (!areMd5s || there.every(({ etag }, index) => unquoted(etag) === unquoted(upload.etags[index] ?? '')))
    return there;
  throw new ConnectlessError(
    'PART_REPLACED',
    `A part of the multipart upload of "${key}" was replaced by other bytes: a writer that was late had another configuration. The file ` +
      `was not completed. ${cure(restart)}`,
  );
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}

/** The full parts and the tail, uploaded behind them; undefined when there is no such upload. */
async function withLastPart(
  objects: ObjectStore,
  file: FileBytes,
  upload: Upload,
  parts: readonly UploadedPart[],
  tail: Buffer,
): Promise<readonly UploadedPart[] | undefined> {
  // Only what an earlier version completed can end with its last full part.
  if (tail.length === 0) return parts;
  const number = parts.length + 1;
  const etag = await objects.uploadPart(file.key, upload.id, number, tail);
  faultPoint('sink:last-part-uploaded');
  return etag === undefined ? undefined : [...parts, { number, etag }];
}

async function requireOurs(objects: ObjectStore, file: FileBytes, tail: Buffer): Promise<void> {
  const ours = await isOurs(objects, file, tail);
  if (ours === true) return;
  const found = ours === undefined ? 'was there a moment ago and has gone' : 'has other content';
  throw new ConnectlessError(
    'FILE_NOT_OURS',
    `The file "${file.key}" is to be written, but an object of that name ${found}. It was not overwritten. If it is from an ` +
      'earlier life of the topic or of the connector, move it away, or set another topics.dir: the file is then written.',
    { retryable: ours === undefined },
  );
}

/** Whether the object is this file, by its size and last bytes; undefined when there is none. */
async function isOurs(objects: ObjectStore, file: FileBytes, tail: Buffer): Promise<boolean | undefined> {
  const size = sizeOf(file);
  const there = await objects.size(file.key);
  if (there === undefined) return undefined;
  if (there !== size) return false;
  return (await objects.range(file.key, size - tail.length, size)).equals(tail);
}
