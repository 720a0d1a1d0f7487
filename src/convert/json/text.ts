// Connect's JsonConverter with schemas.enable=false: one JSON value, its text kept.
import { isUtf8 } from 'node:buffer';
import { ConnectlessError } from '../../errors';
import type { Converter } from '../data';
import { fault, type Side } from '../fault';
import { readWholeJson } from './reader';

/** Blanks between tokens go, so that the value is one line; numbers, escapes and the order of members stay as they are. */
export function jsonTextConverter(side: Side): Converter {
  return (bytes, start, end) => {
    const text = jsonTextOf(bytes.subarray(start, end));
    const wrong = text === undefined ? notUtf8(side) : syntaxFault(side, text);
    if (wrong !== undefined) return wrong;
    const line = Buffer.from(withoutBlanks(text ?? ''));
    return { schema: undefined, bytes: line, start: 0, end: line.length };
  };
}

/** Without a byte order mark; undefined: it is not UTF-8. */
export function jsonTextOf(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

export function notUtf8(side: Side): ConnectlessError {
  return fault('INVALID_JSON', `its ${side} is not JSON: it is not UTF-8. ${cure(side)}`);
}

/** @param error of the reader */
export function notJson(side: Side, error: ConnectlessError): ConnectlessError {
  return fault('INVALID_JSON', `its ${side} is not JSON: ${error.message}. ${cure(side)}`);
}

function cure(side: Side): string {
  return `Produce JSON, or set ${side}.converter to what it was produced with.`;
}

/** Node's own parser decides, because it is fast; its message would quote the text. */
function syntaxFault(side: Side, text: string): ConnectlessError | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return notJson(side, readerFault(text));
  }
}

function readerFault(text: string): ConnectlessError {
  try {
    readWholeJson(text);
  } catch (error) {
    if (error instanceof ConnectlessError) return error;
  }
  return fault('INVALID_JSON', 'it cannot be read');
}

/** A blank between tokens has a delimiter, or an end of the text, on one side; so may one in a string. */
const MAYBE_BETWEEN = /[[\]{},:][ \t\r\n]|[ \t\r\n][[\]{},:]|^[ \t\r\n]|[ \t\r\n]$/;
const STRING_OR_BLANKS = /"[^"\\]*(?:\\.[^"\\]*)*"|[ \t\r\n]+/g;

function withoutBlanks(text: string): string {
  if (!MAYBE_BETWEEN.test(text)) return text;
  return text.replace(STRING_OR_BLANKS, (token) => (token.startsWith('"') ? token : ''));
}
