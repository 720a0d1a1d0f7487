// Avro binary written into one growing buffer, value by value.

/** Bytes up to `end` are written. */
export interface AvroOutput {
  bytes: Buffer;
  end: number;
}

const SMALLEST = 64 * 1024;
/** Up to here twice the value is still an exact integer in a double, minus one included. */
const EXACT = 2 ** 52;
/** Below it, one loop over the characters is quicker than two calls out of JavaScript. */
const SHORT_TEXT = 48;

export function avroOutput(): AvroOutput {
  return { bytes: Buffer.allocUnsafe(SMALLEST), end: 0 };
}

/** Makes room for so many bytes behind `end`. */
export function reserve(out: AvroOutput, size: number): void {
  if (out.end + size <= out.bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(2 * out.bytes.length, out.end + size));
  out.bytes.copy(larger, 0, 0, out.end);
  out.bytes = larger;
}

export function writeByte(out: AvroOutput, byte: number): void {
  reserve(out, 1);
  out.bytes[out.end] = byte;
  out.end += 1;
}

/** An int or a long; exact for every safe integer. */
export function writeLong(out: AvroOutput, value: number): void {
  if (value > EXACT || value < -EXACT) {
    writeBigLong(out, BigInt(value));
    return;
  }
  reserve(out, 10);
  const { bytes } = out;
  let { end } = out;
  let rest = value >= 0 ? 2 * value : -2 * value - 1;
  while (rest >= 0x80) {
    bytes[end] = (rest % 0x80) | 0x80;
    end += 1;
    rest = Math.floor(rest / 0x80);
  }
  bytes[end] = rest;
  out.end = end + 1;
}

/** Any 64-bit long. */
export function writeBigLong(out: AvroOutput, value: bigint): void {
  reserve(out, 10);
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  while (rest > 0x7fn) {
    out.bytes[out.end] = Number(rest & 0x7fn) | 0x80;
    out.end += 1;
    rest >>= 7n;
  }
  out.bytes[out.end] = Number(rest);
  out.end += 1;
}

export function writeString(out: AvroOutput, text: string): void {
  if (text.length <= SHORT_TEXT && writeAscii(out, text)) return;
  const size = Buffer.byteLength(text);
  writeLong(out, size);
  reserve(out, size);
  out.bytes.write(text, out.end, 'utf8');
  out.end += size;
}

/** False, and nothing written, when a character needs more than one byte. */
function writeAscii(out: AvroOutput, text: string): boolean {
  const { length } = text;
  reserve(out, length + 1);
  const { bytes } = out;
  const start = out.end + 1;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return false;
    bytes[start + index] = code;
  }
  bytes[out.end] = 2 * length;
  out.end = start + length;
  return true;
}

/** Bytes that are given as pairs of hexadecimal digits, from a position in the text on. */
export function writeHex(out: AvroOutput, digits: string, from: number): void {
  const size = (digits.length - from) / 2;
  writeLong(out, size);
  reserve(out, size);
  out.bytes.write(from === 0 ? digits : digits.slice(from), out.end, 'hex');
  out.end += size;
}

export function writeFloat(out: AvroOutput, value: number): void {
  reserve(out, 4);
  out.end = out.bytes.writeFloatLE(value, out.end);
}

export function writeDouble(out: AvroOutput, value: number): void {
  reserve(out, 8);
  out.end = out.bytes.writeDoubleLE(value, out.end);
}
