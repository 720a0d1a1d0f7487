// Avro's variable-length zig-zag integers, written and read.

/*
 * long = *(%x80-FF) %x00-7F     least significant seven bits first, at most ten bytes
 * zig-zag: 0, -1, 1, -2, … are written as 0, 1, 2, 3, …
 */
const LONGEST = 10;

/** The bytes of an Avro int or long. */
export function longBytes(value: number | bigint): Buffer {
  const signed = BigInt(value);
  let rest = BigInt.asUintN(64, (signed << 1n) ^ (signed >> 63n));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** The long at a position and the position behind it; undefined when it is truncated or longer than 64 bits. */
export function readLong(bytes: Uint8Array, position: number): { value: bigint; end: number } | undefined {
  let unsigned = 0n;
  for (let index = 0; index < LONGEST; index += 1) {
    const byte = bytes[position + index];
    if (byte === undefined) return undefined;
    unsigned |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte > 0x7f) continue;
    if (unsigned >> 64n !== 0n) return undefined;
    return { value: (unsigned >> 1n) ^ -(unsigned & 1n), end: position + index + 1 };
  }
  return undefined;
}
