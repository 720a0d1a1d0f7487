// A bucket in memory with S3's rules for conditions and multipart uploads, races of Complete included.
import { createHash, randomUUID } from 'node:crypto';
import type { ObjectStore, OpenUpload, UploadedPart } from '../../src/s3/object-store';

interface Upload {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly parts: Map<number, { etag: string; body: Buffer }>;
}

export interface MemoryBucket extends ObjectStore {
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Keys by the ids of uploads that were neither completed nor aborted. */
  openUploads(): ReadonlyMap<string, string>;
  /** Keys, whenever an object was made under them. */
  readonly created: readonly string[];
  /** The first parts of an upload, one behind the other. */
  uploaded(id: string, parts: number): Buffer;
  /** What a stranger does. */
  overwrite(key: string, body: Buffer): void;
  remove(key: string): void;
}

interface BucketRules {
  /** Of every part but the last. */
  readonly smallestPart: number;
  /** The MD5 of a part's bytes, or, as with SSE-KMS, another one at each upload. */
  readonly etags: 'md5' | 'unique';
  /** Epoch milliseconds. @default now */
  readonly now?: () => number;
}

const NOTHING = Buffer.alloc(0);

export function memoryBucket(rules: BucketRules): MemoryBucket {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Upload>();
  const created: string[] = [];
  const create = (key: string, body: Buffer) => {
    objects.set(key, body);
    created.push(key);
  };
  return {
    objects,
    created,
    uploaded: (id, parts) =>
      Buffer.concat(
        Array.from({ length: parts }, (_, index) => uploads.get(id)?.parts.get(index + 1)?.body ?? NOTHING),
      ),
    openUploads: () => new Map([...uploads].map(([id, { key }]) => [id, key])),
    overwrite: (key, body) => objects.set(key, body),
    remove: (key) => objects.delete(key),
    putNew: async (key, body) => {
      if (objects.has(key)) return 'exists';
      create(key, Buffer.from(body));
      return 'created';
    },
    tag: async () => {},
    size: async (key) => objects.get(key)?.length,
    range: async (key, start, end) => {
      const body = objects.get(key);
      if (body === undefined) throw new Error(`NoSuchKey: ${key}`);
      return body.subarray(start, end);
    },
    ...multipart(rules, objects, uploads, create),
  };
}

type Multipart = Pick<
  ObjectStore,
  'startUpload' | 'uploadPart' | 'listParts' | 'completeUpload' | 'abortUpload' | 'uploads'
>;

function multipart(
  rules: BucketRules,
  objects: ReadonlyMap<string, Buffer>,
  uploads: Map<string, Upload>,
  create: (key: string, body: Buffer) => void,
): Multipart {
  const uploadOf = (key: string, id: string) => (uploads.get(id)?.key === key ? uploads.get(id) : undefined);
  const etagOf = (body: Buffer) =>
    rules.etags === 'md5' ? createHash('md5').update(body).digest('hex') : `etag-${randomUUID()}`;
  let started = 0;
  return {
    startUpload: async (key) => {
      started += 1;
      uploads.set(`upload-${started}`, { key, startedAt: (rules.now ?? Date.now)(), parts: new Map() });
      return `upload-${started}`;
    },
    uploadPart: async (key, id, number, body) => {
      if (number < 1 || number > 10_000) throw new Error(`InvalidArgument: part ${number}`);
      const upload = uploadOf(key, id);
      const etag = etagOf(body);
      upload?.parts.set(number, { etag, body: Buffer.from(body) });
      return upload === undefined ? undefined : etag;
    },
    listParts: async (key, id) => {
      const parts = uploadOf(key, id)?.parts;
      return parts && [...parts].map(([number, { etag }]) => ({ number, etag })).sort((a, b) => a.number - b.number);
    },
    completeUpload: async (key, id, parts) => {
      const upload = uploadOf(key, id);
      if (upload === undefined) return 'no-such-upload';
      const body = bodyOf(upload, parts, rules.smallestPart);
      if (body === undefined) return 'invalid-part';
      if (objects.has(key)) return 'exists';
      create(key, body);
      uploads.delete(id);
      return 'created';
    },
    abortUpload: async (key, id) => {
      if (uploadOf(key, id) !== undefined) uploads.delete(id);
    },
    uploads: async (prefix) =>
      [...uploads].flatMap(([id, { key, startedAt }]): OpenUpload[] =>
        key.startsWith(prefix) ? [{ key, id, ageMs: (rules.now ?? Date.now)() - startedAt }] : [],
      ),
  };
}

/** Undefined when a part is not the one that was uploaded last under its number. */
function bodyOf(upload: Upload, parts: readonly UploadedPart[], smallestPart: number): Buffer | undefined {
  if (parts.length === 0 || parts.some(({ number }, index) => index > 0 && number <= (parts[index - 1]?.number ?? 0))) {
    throw new Error('InvalidPartOrder');
  }
  const bodies: Buffer[] = [];
  for (const { number, etag } of parts) {
    const part = upload.parts.get(number);
    if (part?.etag !== etag) return undefined;
    bodies.push(part.body);
  }
  if (bodies.slice(0, -1).some(({ length }) => length < smallestPart)) throw new Error('EntityTooSmall');
  return Buffer.concat(bodies);
}
