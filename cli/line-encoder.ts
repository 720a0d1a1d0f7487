// Turns lines of text into messages: JSON as Avro in wire format, behind a key if there is one.
import { codec } from '../src/avro/codec';
import { parseValue } from '../src/avro/json-decode';
import { parseSchema } from '../src/avro/schema-parse';
import { wireHeader } from '../src/avro/wire';
import { ConnectlessError, messageOf } from '../src/errors';
import { partitionOf } from '../src/kafka/partition';
import type { Message } from '../src/kafka/topic-log';
import type { SchemaRegistry } from '../src/registry/registry';

/** Encodes one JSON text. */
export type JsonEncoder = (json: string) => Buffer;

/** With the schema of an id, or with this text, which is registered under the subject. */
export async function jsonEncoder(
  registry: SchemaRegistry,
  subject: string,
  schema: { readonly id: number } | { readonly text: string },
): Promise<JsonEncoder> {
  const text = 'text' in schema ? schema.text : await registry.schemaById(schema.id);
  const parsed = parseSchema(text);
  const { encode } = codec(parsed);
  const header = wireHeader('id' in schema ? schema.id : await registry.register(subject, text));
  return (json) => encode(parseValue(parsed, json), header);
}

export interface LineFormat {
  readonly value: JsonEncoder;
  /** `parse.key`: what stands before the separator is the key, by `encode` or as UTF-8 text. */
  readonly key?: { readonly separator: string; readonly encode: JsonEncoder | undefined };
}

export type LineEncoder = (line: string) => Message;

/** Counts the lines from 1. Keyed messages go where Java's producer would put them, others take turns. Throws INVALID_LINE with the line's number. */
export function lineEncoder(format: LineFormat, partitions: number): LineEncoder {
  let number = 0;
  return (line) => {
    number += 1;
    try {
      const { key, value } = split(line, format.key?.separator);
      const keyBytes = key === undefined ? null : (format.key?.encode?.(key) ?? Buffer.from(key));
      const partition = keyBytes === null ? (number - 1) % partitions : partitionOf(keyBytes, partitions);
      return { partition, key: keyBytes, value: format.value(value) };
    } catch (error) {
      throw new ConnectlessError('INVALID_LINE', `Line ${number}: ${messageOf(error)}`, { cause: error });
    }
  };
}

function split(line: string, separator: string | undefined): { key?: string; value: string } {
  if (separator === undefined) return { value: line };
  const at = line.indexOf(separator);
  if (at === -1) {
    throw new Error(
      `no key: write key, ${JSON.stringify(separator)} and value, or leave out --property parse.key=true`,
    );
  }
  return { key: line.slice(0, at), value: line.slice(at + separator.length) };
}
