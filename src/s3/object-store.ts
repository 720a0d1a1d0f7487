// A bucket as the sink sees it: conditional puts, multipart uploads, ranges.

/** `exists`: an object is there under that key, whoever wrote it. */
export type PutOutcome = 'created' | 'exists';
/** `no-such-upload`: completed, aborted or expired. `invalid-part`: a part's ETag is not the uploaded one. */
export type CompleteOutcome = 'created' | 'exists' | 'no-such-upload' | 'invalid-part';

export interface UploadedPart {
  /** From 1 to 10,000. */
  readonly number: number;
  readonly etag: string;
}

/** A multipart upload that was neither completed nor aborted. */
export interface OpenUpload {
  readonly key: string;
  readonly id: string;
  /** Since it was started, by the store's own clock, milliseconds. */
  readonly ageMs: number;
}

export interface ObjectStore {
  /** PutObject with `If-None-Match: *`. */
  putNew(key: string, body: Buffer): Promise<PutOutcome>;
  /** Size in bytes, or undefined when there is no such object. */
  size(key: string): Promise<number | undefined>;
  /** Bytes from start (inclusive) to end (exclusive). */
  range(key: string, start: number, end: number): Promise<Buffer>;
  startUpload(key: string): Promise<string>;
  /** Answers the part's ETag; undefined when there is no such upload. */
  uploadPart(key: string, uploadId: string, number: number, body: Buffer): Promise<string | undefined>;
  /** The parts as they are in the upload now; undefined when there is no such upload. */
  listParts(key: string, uploadId: string): Promise<UploadedPart[] | undefined>;
  /** CompleteMultipartUpload with `If-None-Match: *`. */
  completeUpload(key: string, uploadId: string, parts: readonly UploadedPart[]): Promise<CompleteOutcome>;
  /** An upload that is gone already is no error. */
  abortUpload(key: string, uploadId: string): Promise<void>;
  /** Replaces the object's tags. */
  tag(key: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** All whose keys begin so. */
  uploads(prefix: string): Promise<OpenUpload[]>;
}
