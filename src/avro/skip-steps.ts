// The steps that compiled skippers are made of: each takes a position and answers the one behind, or BROKEN.

/** Truncated, too long or out of range. Negative, so that one comparison ends a walk. */
export const BROKEN = -1;
/** Java's greatest array: no reader could hold more items, and a count of nulls would otherwise prove nothing. */
const MOST_ITEMS = 0x7fffffff - 8;
const LONGEST_INT = 5;
const LONGEST_LONG = 10;

/** What the last step read beside its position: a step has one result, and an object for each would cost more than the walk. */
export const read = {
  /** The zig-zag form of an index: twice the index, odd when it is negative. */
  zigzag: 0,
  /** Items in a block of an array or a map; 0 ends it. */
  count: 0,
  /** Where the block says that it ends, or BROKEN when it does not say. */
  stop: BROKEN,
};

/** An int: 32 bits, so the fifth byte is below 16. */
export function skipInt(bytes: Uint8Array, position: number, end: number): number {
  return skipVarint(bytes, position, end, LONGEST_INT, 0x0f);
}

/** A long: 64 bits, so the tenth byte is below 2. */
export function skipLong(bytes: Uint8Array, position: number, end: number): number {
  return skipVarint(bytes, position, end, LONGEST_LONG, 0x01);
}

/** A string or bytes: a length and as many bytes. */
export function skipBytes(bytes: Uint8Array, position: number, end: number): number {
  const first = position < end ? (bytes[position] ?? 0xff) : 0xff;
  const start = first < 0x80 ? position + 1 : readVarint(bytes, position, end, LONGEST_LONG, 0x01);
  const zigzag = first < 0x80 ? first : read.zigzag;
  if (start === BROKEN || (first & 1) === 1) return BROKEN;
  const stop = start + zigzag / 2;
  return stop <= end ? stop : BROKEN;
}

/** The index of a union's branch or an enum's symbol, left in `read.zigzag`. */
export function readIndex(bytes: Uint8Array, position: number, end: number): number {
  return readVarint(bytes, position, end, LONGEST_INT, 0x0f);
}

/** The head of a block of an array or a map: a count, and behind a negative one the block's size in bytes. */
export function readBlock(bytes: Uint8Array, position: number, end: number): number {
  const start = readVarint(bytes, position, end, LONGEST_LONG, 0x01);
  if (start === BROKEN) return BROKEN;
  const negative = ((bytes[position] ?? 0) & 1) === 1;
  const count = negative ? (read.zigzag + 1) / 2 : read.zigzag / 2;
  if (count > MOST_ITEMS) return BROKEN;
  read.count = count;
  read.stop = BROKEN;
  return negative ? readBlockSize(bytes, start, end) : start;
}

function readBlockSize(bytes: Uint8Array, position: number, end: number): number {
  const start = readVarint(bytes, position, end, LONGEST_LONG, 0x01);
  if (start === BROKEN || ((bytes[position] ?? 0) & 1) === 1) return BROKEN;
  read.stop = start + read.zigzag / 2;
  return read.stop <= end ? start : BROKEN;
}

/** @param last the greatest last byte of a varint of full length */
function skipVarint(bytes: Uint8Array, position: number, end: number, longest: number, last: number): number {
  const stop = Math.min(end, position + longest);
  for (let at = position; at < stop; at += 1) {
    const byte = bytes[at] ?? 0xff;
    if (byte > 0x7f) continue;
    return at - position + 1 < longest || byte <= last ? at + 1 : BROKEN;
  }
  return BROKEN;
}

/** Leaves the value in `read.zigzag`, rounded beyond 2^53: larger than any size or count that can be right. */
function readVarint(bytes: Uint8Array, position: number, end: number, longest: number, last: number): number {
  const stop = skipVarint(bytes, position, end, longest, last);
  let value = 0;
  for (let at = stop - 1; at >= position; at -= 1) value = value * 0x80 + ((bytes[at] ?? 0) & 0x7f);
  read.zigzag = value;
  return stop;
}
