// All that the sink knows of one topic-partition, and its form in the state store.
import { ConnectlessError } from '../errors';

/*
 * state  = length header *( tail block )      one tail and block for each open file, then one tail for each file to close
 * length = int32, big-endian: bytes of header
 * header = JSON, UTF-8
 */
const VERSION = 1;
const LENGTH_BYTES = 4;

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

/** A file as far as its bytes are final: uploaded parts, and what follows them. */
export interface FileBytes {
  /** The object's. */
  readonly key: string;
  /** Offset of its first record. */
  readonly startOffset: number;
  /** That record's, epoch milliseconds; absent in what an earlier version wrote. */
  readonly firstTimestamp?: number;
  /** Fixed when the file is opened: a change of `s3.part.size` does not touch parts of files that are under way. */
  readonly partSize: number;
  /** 16 bytes, the last ones of every block. */
  readonly sync: Buffer;
  readonly upload?: Upload;
  /** Header and blocks behind the uploaded parts, less than a part. */
  readonly tail: readonly Buffer[];
}

/** A file that takes records. */
export interface OpenFile extends FileBytes {
  /** The partitioner's directory: a record goes to the open file of its own. */
  readonly encodedPartition: string;
  readonly schemaId: number;
  readonly records: number;
  /** The block that is being filled. */
  readonly block: { readonly records: number; readonly datums: Buffer };
}

export interface PartitionState {
  /** The first record that was ever taken, and the last: all between them are in files, open or closed. */
  readonly first: Seen;
  readonly last: Seen;
  readonly open: readonly OpenFile[];
  /** Complete; to be closed by whoever reads this. */
  readonly closing: readonly FileBytes[];
}

interface FileHeader {
  readonly key: string;
  readonly startOffset: number;
  readonly firstTimestamp?: number;
  readonly partSize: number;
  readonly sync: string;
  readonly upload?: Upload;
  readonly tailBytes: number;
}

interface OpenFileHeader extends FileHeader {
  readonly encodedPartition: string;
  readonly schemaId: number;
  readonly records: number;
  readonly block: { readonly records: number; readonly bytes: number };
}

interface Header {
  readonly version: number;
  readonly first: Seen;
  readonly last: Seen;
  readonly open: readonly OpenFileHeader[];
  readonly closing: readonly FileHeader[];
}

export function bytesIn(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
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

export function encodeState({ first, last, open, closing }: PartitionState): Buffer {
  const header: Header = {
    version: VERSION,
    first,
    last,
    open: open.map((file) => ({
      ...fileHeader(file),
      encodedPartition: file.encodedPartition,
      schemaId: file.schemaId,
      records: file.records,
      block: { records: file.block.records, bytes: file.block.datums.length },
    })),
    closing: closing.map(fileHeader),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  const openBytes = open.flatMap((file) => [...file.tail, file.block.datums]);
  return Buffer.concat([length, json, ...openBytes, ...closing.flatMap((file) => file.tail)]);
}

/** Throws STATE_VERSION for what another version of this code wrote, STATE_CORRUPT for what none did. `key` is the state's, for the message. */
export function decodeState(body: Buffer, key: string): PartitionState {
  const { header, start } = readHeader(body, key);
  let position = start;
  const take = (bytes: number) => {
    position += bytes;
    return body.subarray(position - bytes, position);
  };
  const open = header.open.map((file) => ({
    ...fileBytes(file, take(file.tailBytes)),
    encodedPartition: file.encodedPartition,
    schemaId: file.schemaId,
    records: file.records,
    block: { records: file.block.records, datums: take(file.block.bytes) },
  }));
  const closing = header.closing.map((file) => fileBytes(file, take(file.tailBytes)));
  if (position !== body.length) throw corrupt(key, `it has ${body.length} bytes instead of ${position}`);
  return { first: header.first, last: header.last, open, closing };
}

function fileHeader(file: FileBytes): FileHeader {
  return {
    key: file.key,
    startOffset: file.startOffset,
    ...(file.firstTimestamp === undefined ? {} : { firstTimestamp: file.firstTimestamp }),
    partSize: file.partSize,
    sync: file.sync.toString('base64'),
    ...(file.upload === undefined ? {} : { upload: file.upload }),
    tailBytes: bytesIn(file.tail),
  };
}

function fileBytes(header: FileHeader, tail: Buffer): FileBytes {
  return {
    key: header.key,
    startOffset: header.startOffset,
    ...(header.firstTimestamp === undefined ? {} : { firstTimestamp: header.firstTimestamp }),
    partSize: header.partSize,
    sync: Buffer.from(header.sync, 'base64'),
    ...(header.upload === undefined ? {} : { upload: header.upload }),
    tail: tail.length === 0 ? [] : [tail],
  };
}

function readHeader(body: Buffer, key: string): { header: Header; start: number } {
  const start = body.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + body.readUInt32BE();
  if (start > body.length) throw corrupt(key, 'it is truncated');
  let header: Header;
  try {
    header = JSON.parse(body.toString('utf8', LENGTH_BYTES, start));
  } catch {
    throw corrupt(key, 'its header is no JSON');
  }
  if (header.version === VERSION) return { header, start };
  throw new ConnectlessError(
    'STATE_VERSION',
    `The state object "${key}" has version ${header.version}, this code reads ${VERSION}: run the version that wrote it.`,
  );
}

function corrupt(key: string, what: string): ConnectlessError {
  return new ConnectlessError(
    'STATE_CORRUPT',
    `The state object "${key}" is not what the sink wrote: ${what}. Restore it from a backup of the state.`,
  );
}
