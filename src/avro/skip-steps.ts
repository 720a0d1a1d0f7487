// The steps that compiled skippers are made of: each takes a position and answers the one behind, or BROKEN.

/** Truncated, too long or out of range. Negative, so that one comparison ends a walk. */
export const BROKEN = -1;
/** What must be text is not UTF-8. */
export const NOT_UTF8 = -2;
/** Java's greatest array: no reader could hold more items, and a count of nulls would otherwise prove nothing. */
const MOST_ITEMS = 0x7fffffff - 8;

/** How many bytes a varint may have, and the greatest last one of so many. */
export interface Varint {
  readonly longest: number;
  readonly last: number;
}

/** 32 bits. */
export const INT: Varint = { longest: 5, last: 0x0f };
/** 64 bits. */
export const LONG: Varint = { longest: 10, last: 0x01 };

/** What the last step read beside its position: a step has one result, and an object for each would cost more than the walk. */
export const read = {
  /** The zig-zag form of an index: twice the index, odd when it is negative. */
  zigzag: 0,
  /** Items in a block of an array or a map; 0 ends it. */
  count: 0,
  /** Items that took no bytes, all that were passed over since somebody set it to 0. */
  emptyItems: 0,
  /** Where the block says that it ends, or BROKEN when it does not say. */
  stop: BROKEN,
};

let viewed: { readonly bytes: Uint8Array; readonly view: DataView } | undefined;

/** Of the same memory. Datums lie one behind the other, and a view of its own for each would take longer than the walk. */
export function viewOf(bytes: Uint8Array): DataView {
  if (viewed?.bytes === bytes) return viewed.view;
  viewed = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  return viewed.view;
}

/** A string or bytes: a length and as many bytes. */
export function skipBytes(bytes: Uint8Array, position: number, end: number): number {
  const start = readVarint(bytes, position, end, LONG);
  if (start === BROKEN || isNegative(bytes, position)) return BROKEN;
  const stop = start + read.zigzag / 2;
  return stop <= end ? stop : BROKEN;
}

/** The index of a union's branch or an enum's symbol, left in `read.zigzag`. */
export function readIndex(bytes: Uint8Array, position: number, end: number): number {
  return readVarint(bytes, position, end, INT);
}

/** The head of a block of an array or a map: a count, and behind a negative one the block's size in bytes. */
export function readBlock(bytes: Uint8Array, position: number, end: number): number {
  const start = readVarint(bytes, position, end, LONG);
  if (start === BROKEN) return BROKEN;
  const negative = isNegative(bytes, position);
  const count = negative ? (read.zigzag + 1) / 2 : read.zigzag / 2;
  if (count > MOST_ITEMS) return BROKEN;
  read.count = count;
  read.stop = BROKEN;
  return negative ? readBlockSize(bytes, start, end) : start;
}

function readBlockSize(bytes: Uint8Array, position: number, end: number): number {
  const start = readVarint(bytes, position, end, LONG);
  if (start === BROKEN || isNegative(bytes, position)) return BROKEN;
  read.stop = start + read.zigzag / 2;
  return read.stop <= end ? start : BROKEN;
}

/** Of the varint that begins here. */
function isNegative(bytes: Uint8Array, position: number): boolean {
  return ((bytes[position] ?? 0) & 1) === 1;
}

/** Leaves the value in `read.zigzag`, rounded beyond 2^53: larger than any size or count that can be right. */
function readVarint(bytes: Uint8Array, position: number, end: number, { longest, last }: Varint): number {
  const stop = Math.min(end, position + longest);
  let unit = 1;
  read.zigzag = 0;
  for (let at = position; at < stop; at += 1) {
    const byte = bytes[at] ?? 0xff;
    read.zigzag += (byte & 0x7f) * unit;
    if (byte <= 0x7f) return at - position + 1 < longest || byte <= last ? at + 1 : BROKEN;
    unit *= 0x80;
  }
  return BROKEN;
}
