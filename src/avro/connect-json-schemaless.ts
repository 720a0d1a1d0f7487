// A record's own JSON, on one line.
import { textJson } from './jackson-text';
import { javaDouble } from './java-number';

/** What a JSON text is made of beside `true`, `false`, `null` and punctuation. */
const TOKEN = /[ \t\r\n]+|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * As Connect prints it, 1000.0 for 1e3, but with the members in their own order, and a number that Connect would round to
 * a double, or to 64 bits, as it stands.
 * @param text one JSON value
 */
export function schemalessJson(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return textJson(String(JSON.parse(token)));
    return token.trim() === '' ? '' : number(token);
  });
}

function number(literal: string): string {
  if (!/[.eE]/.test(literal)) return literal === '-0' ? '0' : literal;
  const printed = javaDouble(Number(literal));
  return isSame(literal, printed) ? printed : literal;
}

function isSame(literal: string, printed: string): boolean {
  const [one, other] = [parts(literal), parts(printed)];
  return one !== undefined && one === other;
}

/**
 * Sign, significant digits and the power of ten of the last: the same for the same number. A power beyond what a JavaScript
 * number holds exactly is never that of a double.
 */
function parts(literal: string): string | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutLastZeros(digits);
  const exponent = Number(power) - fraction.length + (digits.length - significant.length);
  return significant === '' ? sign : `${sign}${significant}e${exponent}`;
}

/** By an expression that ends with `0+$`, each zero of a run would be looked at once for every zero before it. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
