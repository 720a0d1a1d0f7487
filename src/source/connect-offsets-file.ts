// A standalone worker's offset.storage.file.filename: a java.util.HashMap<byte[], byte[]>, as Java's object streams write it.
import { messageOf } from '../errors';
import { invalidOffsets } from './connect-offsets-position';
import type { OffsetRecord } from './connect-offsets-records';

/** STREAM_MAGIC and STREAM_VERSION of the Java Object Serialization Specification; the TC_ constants below are its own, too. */
const MAGIC = Buffer.from('aced0005', 'hex');
/** TC_OBJECT, the description of HashMap's class with its two fields, then their values: 4 + 4 bytes. */
const HASH_MAP = Buffer.from(
  '737200116a6176612e7574696c2e486173684d61700507dac1c31660d1030002460' +
    '00a6c6f6164466163746f724900097468726573686f6c647870',
  'hex',
);
const FIELDS_BYTES = 8;
/** TC_BLOCKDATA of 8 bytes: the capacity, and behind it the number of entries. */
const BLOCK = Buffer.from('7708', 'hex');
/** TC_CLASSDESC of byte[], with its first array; TC_REFERENCE to it with all others. */
const BYTES_CLASS = Buffer.from('7200025b42acf317f8060854e0020000' + '7870', 'hex');
const BYTES_REFERENCE = Buffer.from('71007e0002', 'hex');
const TC_NULL = 0x70;
const TC_ARRAY = 0x75;
const TC_ENDBLOCKDATA = 0x78;

export function isOffsetsFile(bytes: Buffer): boolean {
  return bytes.subarray(0, MAGIC.length).equals(MAGIC);
}

/** Its entries, each key once, in no order. Throws OFFSETS_INVALID for any other object, and for half of one. */
export function offsetsFileRecords(bytes: Buffer): OffsetRecord[] {
  const reader = { bytes, position: 0 };
  try {
    for (const part of [MAGIC, HASH_MAP]) expect(reader, part);
    take(reader, FIELDS_BYTES);
    expect(reader, BLOCK);
    take(reader, 4);
    const entries = take(reader, 4).readInt32BE();
    const records: OffsetRecord[] = [];
    while (records.length < entries) records.push({ key: text(reader), value: text(reader) });
    expect(reader, Buffer.from([TC_ENDBLOCKDATA]));
    return records;
  } catch (cause) {
    throw invalidOffsets(
      `The file is no offset.storage.file.filename of a standalone worker (${messageOf(cause)}): stop the worker, and copy it again; or write what GET /connectors/NAME/offsets answers.`,
      cause,
    );
  }
}

interface Reader {
  readonly bytes: Buffer;
  position: number;
}

function text(reader: Reader): string | null {
  const kind = take(reader, 1)[0];
  if (kind === TC_NULL) return null;
  if (kind !== TC_ARRAY) throw new Error(`byte ${reader.position - 1} begins no byte[]`);
  const isReference = reader.bytes.subarray(reader.position).indexOf(BYTES_REFERENCE) === 0;
  expect(reader, isReference ? BYTES_REFERENCE : BYTES_CLASS);
  const length = take(reader, 4).readInt32BE();
  return take(reader, length).toString();
}

function expect(reader: Reader, part: Buffer): void {
  const start = reader.position;
  if (!take(reader, part.length).equals(part)) throw new Error(`byte ${start} begins something else`);
}

function take(reader: Reader, length: number): Buffer {
  const end = reader.position + length;
  if (length < 0 || end > reader.bytes.length) throw new Error('it ends too early');
  const taken = reader.bytes.subarray(reader.position, end);
  reader.position = end;
  return taken;
}
