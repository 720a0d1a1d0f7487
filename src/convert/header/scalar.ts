// Numbers, dates and times in a header's text, as Connect finds them.

import { unscaled } from '../connect/decimal';
import type { HeaderValue } from './value';

/** Java's BigDecimal. */
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const INTEGERS = [
  ['int8', 8],
  ['int16', 16],
  ['int32', 32],
  ['int64', 64],
] as const;

const GREATEST_SCALE = 0x7fffffff;
/** Reading more would take long; what has more is text. */
const MOST_DIGITS = 1000;

/** The smallest integer that holds it exactly, else a float, whatever digits that costs; else a double, else a decimal. */
export function numberOf(token: string): HeaderValue | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(token) ?? [];
  if (whole + fraction === '' || !/^[\d+-]/.test(token)) return undefined;
  const literal = `${sign === '-' ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}e${exponent}`;
  const integer = unscaled(literal, 0);
  const type = INTEGERS.find(([, bits]) => integer !== undefined && BigInt.asIntN(bits, integer) === integer)?.[0];
  if (type !== undefined && integer !== undefined) return { type, value: integer };
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > GREATEST_SCALE || whole.length + fraction.length > MOST_DIGITS) return undefined;
  const value = Number(literal);
  if (scale !== 0 && Number.isFinite(Math.fround(value))) return { type: 'float', value: Math.fround(value) };
  if (scale !== 0 && Number.isFinite(value)) return { type: 'double', value };
  return { type: 'decimal', unscaled: BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n), scale };
}

/** Of SimpleDateFormat, which reads `2024-13-45` as the 45th day of a 13th month, and nothing behind its pattern. */
const DATE = /^(\d+)-(\d+)-(\d+)/;
const TIMESTAMP = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)Z/;
const TIME_LENGTH = 'HH:mm:ss.SSSZ'.length;
const TIMESTAMP_LENGTH = 'yyyy-MM-ddTHH:mm:ss.SSSZ'.length;
const DATE_LENGTH = 'yyyy-MM-dd'.length;

/** In UTC, as Connect's images run. */
export function temporalOf(token: string): HeaderValue | undefined {
  const text = token.replaceAll('\\:', ':');
  if (text.length === TIME_LENGTH) return at('time', TIMESTAMP, `1970-1-1T${text}`);
  if (text.length === TIMESTAMP_LENGTH) return at('timestamp', TIMESTAMP, text);
  return text.length === DATE_LENGTH ? at('date', DATE, text) : undefined;
}

function at(type: 'date' | 'time' | 'timestamp', pattern: RegExp, text: string): HeaderValue | undefined {
  const fields = pattern.exec(text)?.slice(1).map(Number);
  if (fields === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = fields;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hours, minutes, seconds, milliseconds);
  const ms = date.getTime();
  return Number.isNaN(ms) ? undefined : { type, ms };
}
