// JSON as Jackson reads a record: strict, and every number as it is written, so that no digit is lost.
import { fault } from '../fault';

export type JsonNode = null | boolean | string | JsonNumber | readonly JsonNode[] | JsonMembers;
/** In the order of the text; of members with the same name the last one counts. */
export type JsonMembers = ReadonlyMap<string, JsonNode>;

interface JsonNumber {
  /** `-1.50e3` */
  readonly literal: string;
}

/** Jackson's own limit. */
const DEEPEST = 1000;

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

/**
 * The value that begins at a position, blanks before it passed over, and the position behind it. Throws a ConnectlessError
 * INVALID_JSON that says at which character the text stops being JSON.
 */
export function readJson(text: string, position: number): { readonly node: JsonNode; readonly end: number } {
  const cursor: Cursor = { text, at: position, depth: 0 };
  const node = readValue(cursor);
  return { node, end: cursor.at };
}

/** The one value that a text is, with nothing but blanks around it. Throws INVALID_JSON. */
export function readWholeJson(text: string): JsonNode {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const node = readValue(cursor);
  skipBlank(cursor);
  if (cursor.at < text.length) throw unexpected(cursor, 'the end');
  return node;
}

const BLANK = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in a string.
const STRING = /"[^"\\\u0000-\u001f]*(?:\\[^\u0000-\u001f][^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readValue(cursor: Cursor): JsonNode {
  skipBlank(cursor);
  const first = cursor.text[cursor.at];
  if (first === '{') return nested(cursor, readObject);
  if (first === '[') return nested(cursor, readArray);
  if (first === '"') return readString(cursor);
  const literal = match(cursor, NUMBER);
  if (literal !== undefined) return { literal };
  const word = match(cursor, WORD);
  if (word === undefined) throw unexpected(cursor, 'a value');
  return WORDS[word] ?? null;
}

function nested<Node>(cursor: Cursor, read: (cursor: Cursor) => Node): Node {
  if (cursor.depth === DEEPEST) throw unexpected(cursor, `at most ${DEEPEST} levels`);
  cursor.depth += 1;
  cursor.at += 1;
  const node = read(cursor);
  cursor.depth -= 1;
  return node;
}

function readObject(cursor: Cursor): JsonMembers {
  const members = new Map<string, JsonNode>();
  if (taken(cursor, '}')) return members;
  do {
    skipBlank(cursor);
    const name = readString(cursor);
    if (!taken(cursor, ':')) throw unexpected(cursor, '":"');
    members.set(name, readValue(cursor));
  } while (taken(cursor, ','));
  if (!taken(cursor, '}')) throw unexpected(cursor, '"," or "}"');
  return members;
}

function readArray(cursor: Cursor): JsonNode[] {
  const items: JsonNode[] = [];
  if (taken(cursor, ']')) return items;
  do items.push(readValue(cursor));
  while (taken(cursor, ','));
  if (!taken(cursor, ']')) throw unexpected(cursor, '"," or "]"');
  return items;
}

function readString(cursor: Cursor): string {
  const start = cursor.at;
  const literal = match(cursor, STRING);
  if (literal === undefined) throw unexpected(cursor, 'a string');
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    cursor.at = start;
    throw unexpected(cursor, 'a string with valid escapes');
  }
}

function taken(cursor: Cursor, character: string): boolean {
  skipBlank(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

function skipBlank(cursor: Cursor): void {
  match(cursor, BLANK);
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at = pattern.lastIndex;
  return found;
}

function unexpected({ at }: Cursor, expected: string) {
  return fault('INVALID_JSON', `expected ${expected} at character ${at + 1}`);
}
