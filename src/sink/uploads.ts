// Uploads the parts that a plan filled, and takes back uploads that lost their race.
import type { LimitFunction } from 'p-limit';
import { faultPoint } from '../fault';
import type { ObjectStore } from '../s3/object-store';
import type { FullParts } from './draft';
import type { FileBytes, PartitionState, Upload } from './partition-state';

/** Uploads by the keys of their files, each with all the parts it has now. */
export type Uploads = ReadonlyMap<string, Upload & { readonly isNew: boolean }>;

/**
 * Starts the uploads that are missing, uploads the parts. Answers undefined when an upload that the state knows is gone. When it
 * throws, or an upload is gone, the uploads that it started are aborted.
 */
export async function uploadParts(
  objects: ObjectStore,
  limit: LimitFunction,
  parts: readonly FullParts[],
): Promise<Uploads | undefined> {
  const uploads = new Map<string, Upload & { isNew: boolean }>();
  let isComplete = false;
  try {
    await startUploads(objects, parts, uploads);
    isComplete = await uploadBodies(objects, limit, parts, uploads);
    return isComplete ? uploads : undefined;
  } finally {
    if (!isComplete) await abortUnknown(objects, uploads, undefined);
  }
}

async function startUploads(
  objects: ObjectStore,
  parts: readonly FullParts[],
  uploads: Map<string, Upload & { isNew: boolean }>,
): Promise<void> {
  for (const { file } of parts) {
    const id = file.upload?.id ?? (await objects.startUpload(file.key));
    uploads.set(file.key, { id, etags: file.upload?.etags ?? [], isNew: file.upload === undefined });
    faultPoint('sink:upload-started');
  }
}

/** Aborts the uploads of a plan that was not written, unless the state knows them: then the refusal of its write was a false one. */
export async function abortUnknown(
  objects: ObjectStore,
  uploads: Uploads,
  state: PartitionState | undefined,
): Promise<void> {
  const known = knownUploads(state);
  for (const [key, { id, isNew }] of uploads) {
    if (isNew && !known.has(id)) await objects.abortUpload(key, id);
  }
}

/** The ids of all that the state's files are uploaded by. */
export function knownUploads(state: PartitionState | undefined): ReadonlySet<string> {
  const files: FileBytes[] = [...(state?.open ?? []).flatMap(({ streams }) => streams), ...(state?.closing ?? [])];
  return new Set(files.flatMap(({ upload }) => (upload === undefined ? [] : [upload.id])));
}

/** The state with the uploads that its files have now. */
export function withUploads(state: PartitionState, uploads: Uploads): PartitionState {
  if (uploads.size === 0) return state;
  const update = <File extends FileBytes>(file: File): File => {
    const upload = uploads.get(file.key);
    return upload === undefined ? file : { ...file, upload: { id: upload.id, etags: upload.etags } };
  };
  const open = state.open.map((file) => ({ ...file, streams: file.streams.map(update) }));
  return { ...state, open, closing: state.closing.map(update) };
}

async function uploadBodies(
  objects: ObjectStore,
  limit: LimitFunction,
  parts: readonly FullParts[],
  uploads: Map<string, Upload & { isNew: boolean }>,
): Promise<boolean> {
  for (const { file, bodies } of parts) {
    const upload = uploads.get(file.key);
    if (upload === undefined) continue;
    const { etags: before } = upload;
    const etags = await Promise.all(
      bodies.map((body, index) =>
        limit(async () => {
          const etag = await objects.uploadPart(file.key, upload.id, before.length + index + 1, body);
          faultPoint('sink:part-uploaded');
          return etag;
        }),
      ),
    );
    const all = etags.filter((etag) => etag !== undefined);
    if (all.length < etags.length) return false;
    uploads.set(file.key, { ...upload, etags: [...before, ...all] });
  }
  return true;
}
