// JSON text read without losing order or digits, and printed as Java's Jackson prints it.
import { javaDouble } from './java-number';

/** An integer literal is a bigint, one with a point or an exponent a number: Jackson tells them apart too, and prints them apart. */
export type Json = null | boolean | string | bigint | number | readonly Json[] | JsonObject;
/** Members in the order of the text; JavaScript's own objects would move numeric names to the front. */
export type JsonObject = ReadonlyMap<string, Json>;

/** Jackson's own limit. */
const DEEPEST = 1000;

/** At which character the text stops being JSON, and why. */
export class JsonSyntaxError extends Error {
  constructor(
    readonly place: string,
    readonly what: string,
  ) {
    super(`${place}: ${what}`);
  }
}

/** Reads JSON; comments are passed over, as Avro's parser does; of members with the same name the last one counts. */
export function parseJson(text: string): Json {
  const scanner: Scanner = { text, position: 0, depth: 0 };
  const value = readValue(scanner);
  skipBlank(scanner);
  if (scanner.position < text.length) throw unexpected(scanner, 'the end of the text');
  return value;
}

/** One line without blanks. A double that is no number is printed as a string, `"NaN"`. */
export function printJson(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return Number.isFinite(value) ? javaDouble(value) : `"${javaDouble(value)}"`;
  if (value instanceof Map) {
    return `{${Array.from(value, ([name, member]) => `${quoted(name)}:${printJson(member)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`;
  return String(value);
}

/** A string as Jackson writes it: like JSON.stringify, with upper-case digits in its escapes. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\u....|\\./g, (escaped) =>
    escaped.startsWith('\\u00') ? `\\u${escaped.slice(2).toUpperCase()}` : escaped,
  );
}

interface Scanner {
  readonly text: string;
  position: number;
  depth: number;
}

const BLANK = /(?:[ \t\r\n]+|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y;
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readValue(scanner: Scanner): Json {
  skipBlank(scanner);
  const first = scanner.text[scanner.position];
  if (first === '{') return nested(scanner, readObject);
  if (first === '[') return nested(scanner, readArray);
  if (first === '"') return readString(scanner);
  const word = match(scanner, WORD)?.[0];
  if (word !== undefined) return WORDS[word] ?? null;
  const number = match(scanner, NUMBER);
  if (number === null) throw unexpected(scanner, 'a value');
  return number[1] === undefined && number[2] === undefined ? BigInt(number[0]) : Number(number[0]);
}

function nested<Value>(scanner: Scanner, read: (scanner: Scanner) => Value): Value {
  if (scanner.depth === DEEPEST) throw unexpected(scanner, `at most ${DEEPEST} levels`);
  scanner.depth += 1;
  scanner.position += 1;
  const value = read(scanner);
  scanner.depth -= 1;
  return value;
}

function readObject(scanner: Scanner): JsonObject {
  const members = new Map<string, Json>();
  if (taken(scanner, '}')) return members;
  do {
    skipBlank(scanner);
    const name = readString(scanner);
    if (!taken(scanner, ':')) throw unexpected(scanner, '":"');
    members.set(name, readValue(scanner));
  } while (taken(scanner, ','));
  if (!taken(scanner, '}')) throw unexpected(scanner, '"," or "}"');
  return members;
}

function readArray(scanner: Scanner): Json[] {
  const items: Json[] = [];
  if (taken(scanner, ']')) return items;
  do items.push(readValue(scanner));
  while (taken(scanner, ','));
  if (!taken(scanner, ']')) throw unexpected(scanner, '"," or "]"');
  return items;
}

function readString(scanner: Scanner): string {
  const start = scanner.position;
  const literal = match(scanner, STRING)?.[0];
  if (literal === undefined) throw unexpected(scanner, 'a string with a double quote at either end');
  try {
    return String(JSON.parse(literal));
  } catch {
    scanner.position = start;
    throw unexpected(scanner, 'a string without control characters and with valid escapes');
  }
}

function taken(scanner: Scanner, character: string): boolean {
  skipBlank(scanner);
  if (scanner.text[scanner.position] !== character) return false;
  scanner.position += 1;
  return true;
}

function skipBlank(scanner: Scanner): void {
  match(scanner, BLANK);
}

function match(scanner: Scanner, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = scanner.position;
  const found = pattern.exec(scanner.text);
  if (found !== null) scanner.position = pattern.lastIndex;
  return found;
}

function unexpected(scanner: Scanner, expected: string): JsonSyntaxError {
  const before = scanner.text.slice(0, scanner.position);
  const line = before.split('\n').length;
  const column = scanner.position - before.lastIndexOf('\n');
  const found = scanner.text[scanner.position];
  const instead = found === undefined ? 'the text ends' : `there is ${JSON.stringify(found)}`;
  return new JsonSyntaxError(`line ${line}, column ${column}`, `expected ${expected}, but ${instead}`);
}
