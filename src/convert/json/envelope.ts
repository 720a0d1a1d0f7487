// Connect's JsonConverter with schemas.enable=true: {"schema": …, "payload": …}.
import { type Codec, codec } from '../../avro/codec';
import { ConnectlessError } from '../../errors';
import { avroText } from '../connect/avro';
import type { ConnectSchema } from '../connect/schema';
import { parseConnectSchema } from '../connect/schema-parse';
import { connectValue } from '../connect/value';
import type { Converter, Data, DataSchema } from '../data';
import { dataSchema } from '../data-schema';
import { fault, type Side } from '../fault';
import { type JsonNode, readJson, readWholeJson } from './reader';
import { jsonTextOf, notJson, notUtf8 } from './text';

/** Payload → data. */
type Reader = (payload: JsonNode) => Data;

/** Connect's `schemas.cache.size`. */
const MOST_READERS = 1000;

/**
 * Data with the Avro schema that AvroData makes of Connect's; with the schema null, the payload's JSON. Records mostly begin
 * with the same text as the one before, up to the payload: then the schema is not read again.
 */
export function jsonEnvelopeConverter(side: Side): Converter {
  const readers = new Map<string, Reader>();
  let last: { readonly prefix: string; readonly read: Reader } | undefined;

  const slowly = (text: string): Data => {
    const { schema, payload } = envelopeOf(side, readWholeJson(text));
    const key = printed(schema);
    const reader = readers.get(key) ?? readerOf(schema);
    if (readers.size >= MOST_READERS) readers.clear();
    readers.set(key, reader);
    const prefix = prefixOf(text);
    if (prefix !== undefined) last = { prefix, read: reader };
    return reader(payload);
  };

  const read = (text: string): Data => {
    const payload =
      last !== undefined && text.startsWith(last.prefix) ? payloadAt(text, last.prefix.length) : undefined;
    return payload === undefined || last === undefined ? slowly(text) : last.read(payload);
  };

  return (bytes, start, end) => {
    const text = jsonTextOf(bytes.subarray(start, end));
    if (text === undefined) return notUtf8(side);
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof ConnectlessError)) throw error;
      return error.code === 'INVALID_JSON' ? notJson(side, error) : located(side, error);
    }
  };
}

interface Envelope {
  readonly schema: JsonNode;
  readonly payload: JsonNode;
}

function envelopeOf(side: Side, node: JsonNode): Envelope {
  const members = node instanceof Map ? node : new Map<string, JsonNode>();
  const [schema, payload] = [members.get('schema'), members.get('payload')];
  if (members.size === 2 && schema !== undefined && payload !== undefined) return { schema, payload };
  throw fault(
    'INVALID_ENVELOPE',
    `it is no object of exactly "schema" and "payload", which ${side}.converter.schemas.enable=true means. For plain JSON set ` +
      'it to false',
  );
}

function readerOf(node: JsonNode): Reader {
  if (node === null) return plain;
  const schema = parseConnectSchema(node);
  const avro = dataSchema(avroText(schema), { version: schema.version });
  return encoded(schema, avro, codecOf(avro));
}

function codecOf({ schema }: DataSchema): Codec {
  try {
    return codec(schema);
  } catch (cause) {
    throw fault('INVALID_CONNECT_SCHEMA', 'as Avro its schema has names that cannot be told apart', cause);
  }
}

function encoded(schema: ConnectSchema, avro: DataSchema, { encode }: Codec): Reader {
  return (payload) => {
    const bytes = encode(connectValue(schema, payload, 'payload'));
    return { schema: avro, bytes, start: 0, end: bytes.length };
  };
}

function plain(payload: JsonNode): Data {
  const bytes = Buffer.from(printed(payload));
  return { schema: undefined, bytes, start: 0, end: bytes.length };
}

const HEAD = /^[ \t\r\n]*\{[ \t\r\n]*"schema"[ \t\r\n]*:/;
const BETWEEN = /[ \t\r\n]*,[ \t\r\n]*"payload"[ \t\r\n]*:/y;
const TAIL = /[ \t\r\n]*\}[ \t\r\n]*$/y;

/** An envelope's text up to its payload; undefined when the payload comes first. */
function prefixOf(text: string): string | undefined {
  const head = HEAD.exec(text)?.[0];
  if (head === undefined) return undefined;
  BETWEEN.lastIndex = readJson(text, head.length).end;
  return BETWEEN.test(text) ? text.slice(0, BETWEEN.lastIndex) : undefined;
}

/** Undefined: it is not all that is left of the envelope. */
function payloadAt(text: string, position: number): JsonNode | undefined {
  const { node, end } = readJson(text, position);
  TAIL.lastIndex = end;
  return TAIL.test(text) ? node : undefined;
}

function printed(node: JsonNode): string {
  if (node instanceof Map)
    return `{${Array.from(node, ([name, member]) => `${JSON.stringify(name)}:${printed(member)}`)}}`;
  if (Array.isArray(node)) return `[${node.map(printed)}]`;
  if (typeof node === 'object' && node !== null && 'literal' in node) return node.literal;
  return JSON.stringify(node);
}

function located(side: Side, error: ConnectlessError): ConnectlessError {
  return fault(error.code, `its ${side} is no data of Connect's JsonConverter: ${error.message}.`, error);
}
