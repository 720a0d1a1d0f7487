// Writes a field's value so that it stays within its directory's name, and no other value is written the same.
import { createHash } from 'node:crypto';

/** Bytes of a written value: with the field's name a segment that file systems take, too. */
const MOST_BYTES = 224;
/** Before the hash; no escape begins so. */
const CUT = '%-';
const HASH_DIGITS = 64;

/** Connect's text for null. */
export const NULL = 'null';

/**
 * A function that leaves a value as it is, but for its escapes, each `%` and two hexadecimal digits for a byte in UTF-8:
 * - control characters, U+FFFE, U+FFFF and halves of surrogate pairs (these as if they were characters);
 * - `/`, `\`, `%`, and the characters of the delimiter;
 * - the dots of a `.` or `..` that is all of the value, or all between two slashes;
 * - the `n` of the text `null`, which else is what null is written as.
 * What then has more than 224 bytes is cut at a character or an escape, and ends with `%-` and the SHA-256 of all of it.
 * @param delimiter `directory.delim`
 */
export function escaper(delimiter: string): (value: string) => string {
  const delimiters = [...new Set(delimiter)].map((character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  const unsafe = new RegExp(`${DOTS}|[${UNSAFE}${delimiters.join('')}]`, 'gu');
  return (value) => {
    if (value === NULL) return '%6Eull';
    unsafe.lastIndex = 0;
    const escaped = unsafe.test(value) ? value.replace(unsafe, percent) : value;
    return escaped.length * 3 > MOST_BYTES && Buffer.byteLength(escaped) > MOST_BYTES ? cut(escaped) : escaped;
  };
}

const DOTS = String.raw`(?<=^|[/\\])\.{1,2}(?=$|[/\\])`;
const UNSAFE = String.raw`\p{Cc}\p{Cs}/\\%\uFFFE\uFFFF`;

function percent(characters: string): string {
  return Array.from(bytesOf(characters), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** UTF-8, which has no form for half of a surrogate pair: it is written as a character of its number would be. */
function bytesOf(characters: string): Iterable<number> {
  if (!/^\p{Cs}$/u.test(characters)) return Buffer.from(characters);
  const unit = characters.charCodeAt(0);
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
}

function cut(escaped: string): string {
  let kept = '';
  let room = MOST_BYTES - CUT.length - HASH_DIGITS;
  for (const [part] of escaped.matchAll(/%..|[^%]/gsu)) {
    room -= Buffer.byteLength(part);
    if (room < 0) break;
    kept += part;
  }
  return `${kept}${CUT}${createHash('sha256').update(escaped).digest('hex')}`;
}
