// Avro's object container file: writer and reader.
import { ConnectlessError } from '../errors';
import { type Decompress, decompressor } from './block-codec-reader';
import { longBytes, readLong } from './varint';

/*
 * file     = magic metadata sync *block
 * magic    = "Obj" %x01
 * metadata = *( long *( key value ) ) %x00    an Avro map of bytes; a negative long is followed by the size in bytes
 * key      = long *OCTET                      UTF-8; avro.schema is required, avro.codec is null when absent
 * value    = long *OCTET
 * block    = count size data sync
 * count    = long                             datums
 * size     = long                             bytes of data, after compression
 * sync     = 16 OCTET                         the same everywhere in the file
 */
const MAGIC = Buffer.from('Obj\x01', 'latin1');
export const SYNC_BYTES = 16;

/** One block's datums, one behind the other. */
interface Block {
  readonly count: number;
  /** Uncompressed. */
  readonly data: Buffer;
}

/** What stands in a container file. */
export interface Container {
  /** The writer's schema, verbatim. */
  readonly schema: string;
  readonly codec: string;
  /** `avro.schema` and `avro.codec` among them. */
  readonly metadata: ReadonlyMap<string, Buffer>;
  /** Read as they are asked for. Throws INVALID_CONTAINER at the first byte that cannot be. */
  readonly blocks: Iterable<Block>;
}

/** Everything before the first block, keys in the order given: the same arguments give the same bytes. */
export function containerHeader(metadata: Readonly<Record<string, string>>, sync: Uint8Array): Buffer {
  const entries = Object.entries(metadata);
  const pairs = entries.flatMap(([key, value]) => [...lengthPrefixed(key), ...lengthPrefixed(value)]);
  const map = entries.length === 0 ? [] : [longBytes(entries.length), ...pairs];
  return Buffer.concat([MAGIC, ...map, longBytes(0), sync]);
}

/** A block: `data` is the datums, compressed with the file's codec. */
export function blockBytes(count: number, data: Uint8Array, sync: Uint8Array): Buffer {
  return Buffer.concat([longBytes(count), longBytes(data.length), data, sync]);
}

/** Opens a container file. Throws a ConnectlessError INVALID_CONTAINER that says at which byte it is none. */
export function readContainer(bytes: Buffer): Container {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw invalid(0, 'it does not begin with "Obj" and 1, so it is no Avro container file');
  }
  const { metadata, end } = readMetadata(bytes, MAGIC.length);
  const schema = metadata.get('avro.schema')?.toString();
  if (schema === undefined) throw invalid(MAGIC.length, 'the metadata has no avro.schema');
  const codec = metadata.get('avro.codec')?.toString() ?? 'null';
  const decompress = decompressor(codec);
  const sync = slice(bytes, end, SYNC_BYTES);
  return { schema, codec, metadata, blocks: readBlocks(bytes, end + SYNC_BYTES, sync, decompress) };
}

function* readBlocks(bytes: Buffer, start: number, sync: Buffer, decompress: Decompress): Generator<Block> {
  let position = start;
  while (position < bytes.length) {
    const count = readSize(bytes, position);
    const size = readSize(bytes, count.end);
    const data = slice(bytes, size.end, size.value);
    const marker = size.end + size.value;
    if (!slice(bytes, marker, SYNC_BYTES).equals(sync)) {
      throw invalid(marker, 'the sync marker behind the block is not that of the file');
    }
    yield { count: count.value, data: inflated(data, size.end, decompress) };
    position = marker + SYNC_BYTES;
  }
}

function inflated(data: Buffer, position: number, decompress: Decompress): Buffer {
  try {
    return decompress(data);
  } catch (cause) {
    throw invalid(position, 'the block does not decompress', cause);
  }
}

function readMetadata(bytes: Buffer, start: number): { metadata: Map<string, Buffer>; end: number } {
  const metadata = new Map<string, Buffer>();
  let position = start;
  for (;;) {
    let count = readLong(bytes, position);
    if (count === undefined) throw invalid(position, 'the metadata is truncated');
    if (count.value === 0n) return { metadata, end: count.end };
    if (count.value < 0n) count = { value: -count.value, end: readSize(bytes, count.end).end };
    position = count.end;
    for (let left = count.value; left > 0n; left -= 1n) {
      const key = readSize(bytes, position);
      const value = readSize(bytes, key.end + key.value);
      metadata.set(slice(bytes, key.end, key.value).toString(), slice(bytes, value.end, value.value));
      position = value.end + value.value;
    }
  }
}

function readSize(bytes: Buffer, position: number): { value: number; end: number } {
  const long = readLong(bytes, position);
  if (long === undefined) throw invalid(position, 'a count or a size is missing or too long');
  if (long.value < 0n || long.value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw invalid(position, `a count or a size cannot be ${long.value}`);
  }
  return { value: Number(long.value), end: long.end };
}

function slice(bytes: Buffer, start: number, size: number): Buffer {
  if (start + size > bytes.length) throw invalid(bytes.length, `the file is truncated, ${size} bytes from ${start} on`);
  return bytes.subarray(start, start + size);
}

function lengthPrefixed(text: string): [Buffer, Buffer] {
  const bytes = Buffer.from(text);
  return [longBytes(bytes.length), bytes];
}

function invalid(position: number, what: string, cause?: unknown): ConnectlessError {
  return new ConnectlessError('INVALID_CONTAINER', `Byte ${position}: ${what}`, { cause });
}
