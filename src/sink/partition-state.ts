// All that the sink knows of one topic-partition.
import type { FormatConfig } from '../config/sink-model';
import type { Memo } from './format/format';

/** A record that was seen: enough to tell it from another one at the same offset. */
export interface Seen {
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/** A multipart upload; part n is `etags[n - 1]` and has exactly the file's part size. */
export interface Upload {
  readonly id: string;
  readonly etags: readonly string[];
}

/** An object as far as its bytes are final: uploaded parts, and what follows them. */
export interface FileBytes {
  readonly key: string;
  /** Offset of its first record. */
  readonly startOffset: number;
  /** That record's, epoch milliseconds; absent in what an earlier version wrote. */
  readonly firstTimestamp?: number;
  /** Fixed when the file is opened: a change of `s3.part.size` does not touch parts of files that are under way. */
  readonly partSize: number;
  readonly upload?: Upload;
  /** Behind the uploaded parts. Of a complete file its last bytes, which tell it from others; an earlier version could leave none. */
  readonly tail: readonly Buffer[];
}

/** Complete, to be closed. */
export interface CompleteFile extends FileBytes {
  /** Absent in what an earlier version wrote. */
  readonly endOffset?: number;
  readonly records?: number;
}

/** A schema of data, as a state holds it: its text is absent in what an earlier version wrote. */
export interface StoredSchema {
  readonly id?: number | string;
  readonly version?: number;
  readonly text?: string;
}

/** Values, keys and headers of the same records stand row for row in files beside each other. */
export type Role = 'value' | 'keys' | 'headers';

/** An object that grows. */
export interface OpenStream extends FileBytes {
  readonly role: Role;
  /** A file goes on in the format that it was begun with. */
  readonly format: { readonly id: string; readonly config: FormatConfig };
  /** Absent: the data have none. */
  readonly schema?: StoredSchema;
  /** The format's. */
  readonly memo?: Memo;
  /** The block that is being filled. */
  readonly block: { readonly records: number; readonly datums: Buffer };
}

/** A file that takes records, with its siblings. */
export interface OpenFile {
  /** The partitioner's: a record goes to the open file of its own. */
  readonly directory: string;
  /** Of the first record, and of the last. */
  readonly startOffset: number;
  readonly endOffset: number;
  readonly records: number;
  /** In the order of roles; without the values' in a directory of null values. */
  readonly streams: readonly OpenStream[];
}

/** What rotation goes by, since all files were closed last. */
export interface SinceRotation {
  /** Wall clock when the first record was taken, and the last; epoch milliseconds. */
  readonly openedAt: number;
  readonly takenAt: number;
  /** Of the timestamp extractor, of the first record. */
  readonly baseTimestamp?: number;
  /** Of the last record. */
  readonly directory: string;
}

/** What the clock said to whoever planned the records behind the last one, up to `until`: whoever plans them takes this time. */
export interface SaidClock {
  /** Epoch milliseconds. */
  readonly now: number;
  /** An offset. */
  readonly until: number;
}

export interface PartitionState {
  /** The first record that was ever seen, and the last: all between them are in files, dead letters, or said to be skipped. */
  readonly first: Seen;
  readonly last: Seen;
  readonly open: readonly OpenFile[];
  /** With open files. */
  readonly since?: SinceRotation;
  /** To be closed by whoever reads this. */
  readonly closing: readonly CompleteFile[];
  readonly clock?: SaidClock;
}

export function bytesIn(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

/** Where a reader begins who is to make all files of this state anew: each of them begins there or later. */
export function restartOffset({ open, closing }: Pick<PartitionState, 'open' | 'closing'>): number {
  return Math.min(...[...open, ...closing].map(({ startOffset }) => startOffset));
}

/** Bytes of a complete file. */
export function sizeOf({ upload, partSize, tail }: FileBytes): number {
  return (upload?.etags.length ?? 0) * partSize + bytesIn(tail);
}

/** One buffer, without a copy where it is one already. */
export function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
