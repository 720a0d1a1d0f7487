// The steps that take a datum's parts one after the other; the datum was walked before and is whole.
import { ConnectlessError } from '../errors';
import { readLong } from './varint';

/** Where in a datum; each step moves it behind what it takes. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

/** So many bytes of a varint are exact in a double. */
const EXACT_BYTES = 7;

/** An int or a long. */
export function nextInteger(cursor: Cursor): number | bigint {
  const { bytes, at } = cursor;
  let zigzag = 0;
  let unit = 1;
  for (let index = 0; index < EXACT_BYTES; index += 1) {
    const byte = bytes[at + index] ?? 0;
    zigzag += (byte & 0x7f) * unit;
    if (byte <= 0x7f) {
      cursor.at = at + index + 1;
      return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
    unit *= 0x80;
  }
  return nextLong(cursor);
}

function nextLong(cursor: Cursor): bigint {
  const long = readLong(cursor.bytes, cursor.at);
  if (long === undefined) throw new ConnectlessError('INVALID_DATUM', 'A number of the datum is truncated or too long');
  cursor.at = long.end;
  return long.value;
}

export function nextIndex(cursor: Cursor): number {
  return Number(nextInteger(cursor));
}

export function isTrue(cursor: Cursor): boolean {
  return take(cursor, 1)[0] === 1;
}

export function nextFloat(cursor: Cursor): number {
  cursor.at += 4;
  return cursor.bytes.readFloatLE(cursor.at - 4);
}

export function nextDouble(cursor: Cursor): number {
  cursor.at += 8;
  return cursor.bytes.readDoubleLE(cursor.at - 8);
}

export function nextText(cursor: Cursor): string {
  const size = nextIndex(cursor);
  cursor.at += size;
  return cursor.bytes.toString('utf8', cursor.at - size, cursor.at);
}

export function nextBytes(cursor: Cursor): Buffer {
  return take(cursor, nextIndex(cursor));
}

export function take(cursor: Cursor, size: number): Buffer {
  cursor.at += size;
  return cursor.bytes.subarray(cursor.at - size, cursor.at);
}

/** How many items follow in the next block of an array or a map; 0 ends it. */
export function nextBlock(cursor: Cursor): number {
  const count = nextIndex(cursor);
  if (count >= 0) return count;
  nextInteger(cursor);
  return -count;
}
