// How records become the bytes of a file: a header, blocks, an end. Same records, same bytes.
import type { Data, DataSchema } from '../../convert/data';
import type { TopicPartition } from '../object-key';

/** What is fixed when a file is opened. */
export interface FileIdentity extends TopicPartition {
  readonly startOffset: number;
  /** Of its data; undefined: they have none. */
  readonly schema: DataSchema | undefined;
}

/** What a format must remember of a file between two blocks, as JSON. */
export type Memo = string | number | boolean | null | readonly Memo[] | { readonly [name: string]: Memo };

interface Written {
  readonly bytes: Buffer;
  /** Replaces what was remembered; absent: that stays. */
  readonly memo?: Memo;
}

/**
 * A format with its settings. All of it is pure: what two versions of this code write together must be the same, so a change
 * of any byte, or of `blockBytes`, needs another `id`.
 */
export interface FileFormat {
  /** Tells it from other formats and settings: a file that another one began is closed before a record is added. */
  readonly id: string;
  /** Of the key, `.avro`. */
  readonly extension: string;
  /** A block ends with the datum that brings it to this size. */
  readonly blockBytes: number;
  /** A block holds the datums' own bytes, one behind the other: `encode` is not called. */
  readonly verbatim: boolean;
  /** What a block holds of one datum. Throws a ConnectlessError, the record's fault, for what the format cannot hold. */
  encode(data: Data): Buffer;
  /** Throws a ConnectlessError, the first record's fault, for a schema that the format cannot hold. */
  start(file: FileIdentity): Written;
  /** At least one record. `bytes` are what was kept or encoded since the last block, one behind the other. */
  block(file: FileIdentity, memo: Memo | undefined, records: number, bytes: Buffer): Written;
  /** What stands behind the last block. */
  end(file: FileIdentity, memo: Memo | undefined): Buffer;
}
