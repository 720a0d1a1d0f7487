// One object while it grows: datums gather in a block, blocks become bytes, bytes become parts.
import type { Data, DataSchema } from '../convert/data';
import { append, type BlockBuffer, blockBuffer, datumBytes, datumsOf, empty, refill } from './blocks';
import type { FileFormat, FileIdentity, Memo } from './format/format';
import { bytesIn, type CompleteFile, type OpenStream, type StoredSchema } from './partition-state';
import { takeBytes } from './take-bytes';

/**
 * Of the bytes so far at least so many stay behind the parts: a complete file is known by its last bytes. As with the size of a
 * block, files that two versions of this code write together need the same.
 */
const LEAST_TAIL = 16;

/** Changes with each record; everything else is in `base`. */
export interface Stream {
  /** As it was before this batch, or when it was opened. */
  readonly base: Omit<OpenStream, 'schema' | 'memo'>;
  readonly identity: FileIdentity;
  readonly format: FileFormat;
  readonly block: BlockBuffer;
  memo: Memo | undefined;
  readonly tail: Buffer[];
  tailBytes: number;
  /** Full parts, to be uploaded. */
  readonly bodies: Buffer[];
  fullParts: number;
}

/** @param identity of the same file; its schema is what the stream's stored one stands for */
export function resumeStream(stored: OpenStream, identity: FileIdentity, format: FileFormat): Stream {
  const { schema: _, memo, ...base } = stored;
  const block = blockBuffer(stored.block.datums.length + SPARE_BYTES);
  refill(block, stored.block.records, stored.block.datums);
  return {
    base,
    identity,
    format,
    block,
    memo,
    tail: [...stored.tail],
    tailBytes: bytesIn(stored.tail),
    bodies: [],
    fullParts: stored.upload?.etags.length ?? 0,
  };
}

// Of many open files each has few records in a batch.
const SPARE_BYTES = 4 * 1024;

type Beginning = Pick<OpenStream, 'key' | 'partSize' | 'role' | 'format' | 'startOffset' | 'firstTimestamp'>;

export function openStream(
  beginning: Beginning,
  identity: FileIdentity,
  format: FileFormat,
  block: BlockBuffer,
): Stream {
  const { bytes, memo } = format.start(identity);
  const base = { ...beginning, tail: [], block: { records: 0, datums: Buffer.alloc(0) } };
  const tail = bytes.length === 0 ? [] : [bytes];
  return { base, identity, format, block, memo, tail, tailBytes: bytes.length, bodies: [], fullParts: 0 };
}

/** What the block is to hold of a datum. Throws a ConnectlessError, the record's fault. */
export function encoded(format: FileFormat, data: Data): Data {
  if (format.verbatim) return data;
  const bytes = format.encode(data);
  return { schema: data.schema, bytes, start: 0, end: bytes.length };
}

/** Answers by how many bytes more is in no part yet, or fewer. */
export function addTo(stream: Stream, { bytes, start, end }: Data): number {
  const before = stream.tailBytes + datumBytes(stream.block);
  append(stream.block, bytes, start, end);
  if (datumBytes(stream.block) < stream.format.blockBytes) return end - start;
  finishBlock(stream);
  const { partSize } = stream.base;
  while (stream.tailBytes >= partSize + LEAST_TAIL) {
    stream.bodies.push(takeBytes(stream.tail, partSize));
    stream.tailBytes -= partSize;
    stream.fullParts += 1;
  }
  return stream.tailBytes - before;
}

/** Bytes of the file so far, those of the unfinished block as they are. */
export function sizeSoFar({ fullParts, base, tailBytes, block }: Stream): number {
  return fullParts * base.partSize + tailBytes + datumBytes(block);
}

/**
 * Everything that is not in a part yet is the last one's, however much: when the clock closes a file, another writer may be
 * filling the same part with more records, and only the last part is uploaded again when it was replaced.
 */
export function complete(stream: Stream, endOffset: number, records: number): CompleteFile {
  finishBlock(stream);
  const end = stream.format.end(stream.identity, stream.memo);
  if (end.length > 0) stream.tail.push(end);
  const { key, startOffset, firstTimestamp, partSize, upload } = stream.base;
  return {
    key,
    startOffset,
    ...(firstTimestamp === undefined ? {} : { firstTimestamp }),
    partSize,
    ...(upload === undefined ? {} : { upload }),
    tail: stream.tail,
    endOffset,
    records,
  };
}

/** As the state holds it. */
export function stored(stream: Stream): OpenStream {
  const { base, memo, tail, block, identity } = stream;
  return {
    ...base,
    ...(identity.schema === undefined ? {} : { schema: storedSchema(identity.schema) }),
    ...(memo === undefined ? {} : { memo }),
    tail,
    block: { records: block.records, datums: Buffer.from(datumsOf(block)) },
  };
}

function storedSchema({ id, version, text }: DataSchema): StoredSchema {
  return { ...(id === undefined ? {} : { id }), ...(version === undefined ? {} : { version }), text };
}

function finishBlock(stream: Stream): void {
  const { block, format, identity } = stream;
  if (block.records === 0) return;
  const { bytes: written, memo } = format.block(identity, stream.memo, block.records, datumsOf(block));
  // A format without a codec may give the block itself, which is filled again.
  const bytes = written.buffer === block.bytes.buffer ? Buffer.from(written) : written;
  empty(block);
  stream.memo = memo ?? stream.memo;
  if (bytes.length === 0) return;
  stream.tail.push(bytes);
  stream.tailBytes += bytes.length;
}
