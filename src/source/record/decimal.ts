// A decimal's unscaled value as Avro bytes: two's complement, big-endian, as short as can be.
import { type AvroOutput, reserve, writeHex, writeLong } from './avro-output';

/** So many characters, a sign among them, are at most six bytes: what Buffer writes of a number. */
const SIX_BYTES = 14;

/** `text` has exactly as many digits behind the point as the scale says: Postgres prints numeric(p,s) so. */
export function writeDecimal(out: AvroOutput, text: string): void {
  const digits = text.replace('.', '');
  if (digits.length > SIX_BYTES) writeBigDecimal(out, BigInt(digits));
  else writeSmallDecimal(out, Number(digits));
}

function writeSmallDecimal(out: AvroOutput, value: number): void {
  let size = 1;
  for (let limit = 0x80; value < -limit || value >= limit; limit *= 0x100) size += 1;
  writeLong(out, size);
  reserve(out, size);
  out.end = out.bytes.writeIntBE(value, out.end, size);
}

function writeBigDecimal(out: AvroOutput, value: bigint): void {
  const magnitude = value < 0n ? ~value : value;
  // One bit more than the magnitude has, for the sign.
  const size = Math.floor(magnitude.toString(2).length / 8) + 1;
  const unsigned = BigInt.asUintN(8 * size, value);
  writeHex(out, unsigned.toString(16).padStart(2 * size, '0'), 0);
}
