// A record's own JSON, on one line.
import { textJson } from './connect-json-text';
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

/** Sign, significant digits and the power of ten of the last: the same for the same number. */
function parts(literal: string): string | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const exponent = BigInt(power) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return significant === '' ? sign : `${sign}${significant}e${exponent}`;
}
