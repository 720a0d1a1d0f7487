// JSON text read without losing order or digits, and printed as Java's Jackson prints it.
import { javaDouble } from './java-number';
import { type JsonTree, jsonReader } from './json-reader';

/** An integer literal is a bigint, one with a point or an exponent a number: Jackson tells them apart too, and prints them apart. */
export type Json = JsonTree<bigint | number>;
/** Members in the order of the text; JavaScript's own objects would move numeric names to the front. */
export type JsonObject = ReadonlyMap<string, Json>;

/** At which character the text stops being JSON, and why. */
export class JsonSyntaxError extends Error {
  constructor(
    readonly place: string,
    readonly what: string,
  ) {
    super(`${place}: ${what}`);
  }
}

/** Reads JSON; comments are passed over, as Avro's parser does. Throws a JsonSyntaxError. */
export function parseJson(text: string): Json {
  return readWhole(text);
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

const { readWhole } = jsonReader<bigint | number>({
  blank: /(?:[ \t\r\n]+|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y,
  string: /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y,
  unquoted: (literal) => String(JSON.parse(literal)),
  numeral: (literal) => (/[.eE]/.test(literal) ? Number(literal) : BigInt(literal)),
  words: {
    string: 'a string with a double quote at either end',
    unquoted: 'a string without control characters and with valid escapes',
    end: 'the end of the text',
  },
  unexpected,
});

function unexpected(text: string, position: number, expected: string): JsonSyntaxError {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const found = text[position];
  const instead = found === undefined ? 'the text ends' : `there is ${JSON.stringify(found)}`;
  return new JsonSyntaxError(`line ${line}, column ${column}`, `expected ${expected}, but ${instead}`);
}
