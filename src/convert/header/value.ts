// A header's value as Connect understands it, and the text that it prints.
import { javaDouble, javaFloat } from '../../avro/java-number';

export type HeaderValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'int8' | 'int16' | 'int32' | 'int64'; readonly value: bigint }
  | { readonly type: 'float' | 'double'; readonly value: number }
  | { readonly type: 'decimal'; readonly unscaled: bigint; readonly scale: number }
  | { readonly type: 'string'; readonly value: string }
  /** Epoch milliseconds. */
  | { readonly type: 'date' | 'time' | 'timestamp'; readonly ms: number }
  | { readonly type: 'array'; readonly items: ReadonlyArray<HeaderValue | null> }
  | { readonly type: 'map'; readonly entries: readonly Entry[] };

export type Entry = readonly [key: HeaderValue, value: HeaderValue | null];

const MS_PER_DAY = 86_400_000;

/** @param embedded in an array or a map, where strings are quoted */
export function printed(value: HeaderValue | null, embedded: boolean): string {
  if (value === null) return 'null';
  switch (value.type) {
    case 'float':
      return javaFloat(value.value);
    case 'double':
      return javaDouble(value.value);
    case 'decimal':
      return decimalText(value.unscaled, value.scale);
    case 'string':
      return embedded ? `"${value.value.replace(/[\\"]/g, '\\$&')}"` : value.value;
    case 'date':
    case 'time':
    case 'timestamp':
      return dateText(value.ms);
    case 'array':
      return `[${value.items.map((item) => printed(item, true))}]`;
    case 'map':
      return `{${value.entries.map(([key, content]) => `${printed(key, true)}:${printed(content, true)}`)}}`;
    default:
      return String(value.value);
  }
}

/** By its size alone: all before the second day of 1970 is a time, all midnights are dates. */
function dateText(ms: number): string {
  // JavaScript has a sign and six digits for years beyond 9999.
  const iso = new Date(ms).toISOString().replace(/^\+0*/, '');
  if (ms < MS_PER_DAY) return iso.slice(iso.indexOf('T') + 1);
  return ms % MS_PER_DAY === 0 ? iso.slice(0, iso.indexOf('T')) : iso;
}

/** Java's `BigDecimal.toString`. */
function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale === 0) return sign + digits;
  const exponent = digits.length - 1 - scale;
  if (scale < 0 || exponent < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}${exponent === 0 ? '' : `E${exponent < 0 ? '' : '+'}${exponent}`}`;
  }
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
