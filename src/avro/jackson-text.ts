// Strings and floating-point numbers as Jackson writes them into bytes; into a text it escapes less, as in json-text.ts.
import { javaDouble, javaFloat } from './java-number';

const SURROGATE = /[\ud800-\udfff]/;

/** Escaped are quotes, backslashes, control characters, and what is beyond U+FFFF: as two escapes. Hexadecimal digits are upper-case. */
export function textJson(text: string): string {
  const json = JSON.stringify(text);
  if (json.length === text.length + 2 && !SURROGATE.test(text)) return json;
  return json.replace(/\\u....|\\.|[\ud800-\udfff]/g, (found) => {
    if (found.length === 1) return `\\u${found.charCodeAt(0).toString(16).toUpperCase()}`;
    return found.startsWith('\\u') ? `\\u${found.slice(2).toUpperCase()}` : found;
  });
}

/** What is no number is a string. */
export function doubleJson(value: number): string {
  return isPlain(value) ? withPoint(String(value)) : quotedIfNone(javaDouble(value));
}

/** No two decimals of so many digits are the same float between 10⁻³ and 10⁷: who is one has no shorter one. */
const FLOAT_DIGITS = 7;

export function floatJson(value: number): string {
  const rounded = Number(value.toPrecision(FLOAT_DIGITS));
  const isShortest = isPlain(value) && Math.fround(rounded) === value;
  return isShortest ? withPoint(String(rounded)) : quotedIfNone(javaFloat(value));
}

/** Java and JavaScript print alike here, but for the `.0` of a whole number. */
function isPlain(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e7;
}

function withPoint(number: string): string {
  return number.includes('.') ? number : `${number}.0`;
}

function quotedIfNone(number: string): string {
  return /[NI]/.test(number) ? `"${number}"` : number;
}
