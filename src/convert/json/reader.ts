// JSON as Jackson reads a record: strict, and every number as it is written, so that no digit is lost.
import { type JsonTree, jsonReader } from '../../avro/json-reader';
import { fault } from '../fault';

interface JsonNumber {
  /** `-1.50e3` */
  readonly literal: string;
}

export type JsonNode = JsonTree<JsonNumber>;
/** In the order of the text; of members with the same name the last one counts. */
export type JsonMembers = ReadonlyMap<string, JsonNode>;

const { read, readWhole } = jsonReader<JsonNumber>({
  blank: /[ \t\r\n]*/y,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in a string.
  string: /"[^"\\\u0000-\u001f]*(?:\\[^\u0000-\u001f][^"\\\u0000-\u001f]*)*"/y,
  unquoted: (literal) => (literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1)),
  numeral: (literal) => ({ literal }),
  words: { string: 'a string', unquoted: 'a string with valid escapes', end: 'the end' },
  unexpected: (_, position, expected) => fault('INVALID_JSON', `expected ${expected} at character ${position + 1}`),
});

/** Throws a ConnectlessError INVALID_JSON that says at which character the text stops being JSON. */
export const readJson = read;

/** Throws INVALID_JSON. */
export const readWholeJson = readWhole;
