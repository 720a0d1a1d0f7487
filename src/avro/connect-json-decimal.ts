// Decimals as JSON, exact: they never pass through a double.
import { ConnectlessError } from '../errors';
import type { JsonObject } from './json-text';

/**
 * Digits behind the point; undefined: no decimal. Avro says so by a logical type, Connect by a name.
 * @param properties of a schema of bytes or fixed
 */
export function decimalScale(properties: JsonObject): number | undefined {
  const logicalType = properties.get('logicalType');
  if (typeof logicalType === 'string' && logicalType.toLowerCase() === 'decimal') {
    return Number(properties.get('scale') ?? 0);
  }
  if (properties.get('connect.name') !== 'org.apache.kafka.connect.data.Decimal') return undefined;
  const parameters = properties.get('connect.parameters');
  return Number((parameters instanceof Map && parameters.get('scale')) || 0);
}

/**
 * Base64 of the two's complement in as few bytes as it has, or digits as Java's BigDecimal.toString lays them out.
 * @param bytes two's complement, big-endian. Throws INVALID_DATUM for none.
 */
export function decimalJson(bytes: Buffer, scale: number, format: 'BASE64' | 'NUMERIC'): string {
  if (bytes.length === 0) throw new ConnectlessError('INVALID_DATUM', 'A decimal of the datum has no bytes');
  if (format === 'BASE64') return `"${fewest(bytes).toString('base64')}"`;
  const unscaled = BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex')}`));
  return unscaled < 0n ? `-${digits(-unscaled, scale)}` : digits(unscaled, scale);
}

function fewest(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && repeatsSign(bytes[start], bytes[start + 1] ?? 0)) start += 1;
  return bytes.subarray(start);
}

function repeatsSign(byte: number | undefined, next: number): boolean {
  return next < 0x80 ? byte === 0 : byte === 0xff;
}

/** With an exponent where the point would stand before the digits' end, or more than six zeros behind the point. */
function digits(unscaled: bigint, scale: number): string {
  const text = String(unscaled);
  const exponent = text.length - 1 - scale;
  if (scale === 0) return text;
  if (scale > 0 && exponent >= -6) {
    const padded = text.padStart(scale + 1, '0');
    return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const lead = text.length === 1 ? text : `${text[0]}.${text.slice(1)}`;
  return `${lead}E${exponent > 0 ? '+' : ''}${exponent}`;
}
