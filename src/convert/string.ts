// Connect's StringConverter: a key or value that is text.
import { isUtf8 } from 'node:buffer';
import { ConnectlessError } from '../errors';
import type { Converter } from './data';
import { fault, type Side } from './fault';
import { optionalString } from './optional';

/** Bytes to bytes in UTF-8; undefined: they are no text of the encoding. Java would put U+FFFD in their place. */
type ToUtf8 = (bytes: Buffer) => Buffer | undefined;

const utf8: ToUtf8 = (bytes) => (isUtf8(bytes) ? bytes : undefined);
const latin1: ToUtf8 = (bytes) => Buffer.from(bytes.toString('latin1'));
const ascii: ToUtf8 = (bytes) => (bytes.every((byte) => byte < 0x80) ? bytes : undefined);
const utf16BE = decodedBy('utf-16be');
const utf16LE = decodedBy('utf-16le');
/** Java's: a byte order mark decides, and is no part of the text; without one the bytes are big-endian. */
const utf16: ToUtf8 = (bytes) => {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE() : 0;
  if (mark === 0xfeff) return utf16BE(bytes.subarray(2));
  return mark === 0xfffe ? utf16LE(bytes.subarray(2)) : utf16BE(bytes);
};

/** By Java's names and aliases, in lower case. */
const ENCODINGS: ReadonlyMap<string, ToUtf8> = new Map([
  ['utf-8', utf8],
  ['utf8', utf8],
  ['iso-8859-1', latin1],
  ['iso8859_1', latin1],
  ['latin1', latin1],
  ['us-ascii', ascii],
  ['ascii', ascii],
  ['utf-16', utf16],
  ['utf-16be', utf16BE],
  ['utf-16le', utf16LE],
]);

/** @param encoding `converter.encoding`. Throws CONFIG_INVALID for one that is not known here. */
export function stringConverter(side: Side, encoding: string): Converter {
  const toUtf8 = ENCODINGS.get(encoding.toLowerCase());
  if (toUtf8 === undefined) throw unknownEncoding(side, encoding);
  return (bytes, start, end) => {
    const text = toUtf8(bytes.subarray(start, end));
    return text === undefined ? noText(side, encoding) : optionalString(text);
  };
}

function decodedBy(label: 'utf-16be' | 'utf-16le'): ToUtf8 {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return Buffer.from(decoder.decode(bytes));
    } catch {
      return undefined;
    }
  };
}

function noText(side: Side, encoding: string): ConnectlessError {
  return fault(
    'NOT_TEXT',
    `its ${side} is not text in ${encoding}. Set ${side}.converter.encoding to what it was produced with, or store its bytes ` +
      `with ${side}.converter=org.apache.kafka.connect.converters.ByteArrayConverter.`,
  );
}

function unknownEncoding(side: Side, encoding: string): ConnectlessError {
  return new ConnectlessError(
    'CONFIG_INVALID',
    `${side}.converter.encoding=${encoding} is not supported: write UTF-8, UTF-16, UTF-16BE, UTF-16LE, ISO-8859-1 or US-ASCII.`,
  );
}
