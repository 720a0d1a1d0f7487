// Reads JSON text into nothing that loses: members keep their order, and numbers are what the dialect makes of their literals.

export type JsonTree<Numeral> =
  | null
  | boolean
  | string
  | Numeral
  | readonly JsonTree<Numeral>[]
  | ReadonlyMap<string, JsonTree<Numeral>>;

/** What readers of JSON differ in. The patterns are sticky. */
export interface Dialect<Numeral> {
  /** Passed over between tokens; matches nothing, too. */
  readonly blank: RegExp;
  /** A string with its quotes. */
  readonly string: RegExp;
  /** What such a string says; throws when its escapes are none. */
  readonly unquoted: (literal: string) => string;
  readonly numeral: (literal: string) => Numeral;
  readonly words: { readonly string: string; readonly unquoted: string; readonly end: string };
  readonly unexpected: (text: string, position: number, expected: string) => Error;
}

export interface JsonReader<Numeral> {
  /** The value that begins at a position, blanks before it passed over, and the position behind it. */
  read(text: string, position: number): { readonly node: JsonTree<Numeral>; readonly end: number };
  /** The one value that a text is, with nothing but blanks around it. */
  readWhole(text: string): JsonTree<Numeral>;
}

/** Jackson's own limit. */
const DEEPEST = 1000;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

interface Scanner<Numeral> {
  readonly dialect: Dialect<Numeral>;
  readonly text: string;
  position: number;
  depth: number;
}

/** Its functions throw what the dialect's `unexpected` makes; of members with the same name the last one counts. */
export function jsonReader<Numeral>(dialect: Dialect<Numeral>): JsonReader<Numeral> {
  return {
    read: (text, position) => {
      const scanner: Scanner<Numeral> = { dialect, text, position, depth: 0 };
      const node = readValue(scanner);
      return { node, end: scanner.position };
    },
    readWhole: (text) => {
      const scanner: Scanner<Numeral> = { dialect, text, position: 0, depth: 0 };
      const value = readValue(scanner);
      skipBlank(scanner);
      if (scanner.position < text.length) throw unexpected(scanner, dialect.words.end);
      return value;
    },
  };
}

function readValue<Numeral>(scanner: Scanner<Numeral>): JsonTree<Numeral> {
  skipBlank(scanner);
  const first = scanner.text[scanner.position];
  if (first === '{') return nested(scanner, readObject);
  if (first === '[') return nested(scanner, readArray);
  if (first === '"') return readString(scanner);
  const literal = match(scanner, NUMBER);
  if (literal !== undefined) return scanner.dialect.numeral(literal);
  const word = match(scanner, WORD);
  if (word === undefined) throw unexpected(scanner, 'a value');
  return WORDS[word] ?? null;
}

function nested<Numeral, Value>(scanner: Scanner<Numeral>, read: (scanner: Scanner<Numeral>) => Value): Value {
  if (scanner.depth === DEEPEST) throw unexpected(scanner, `at most ${DEEPEST} levels`);
  scanner.depth += 1;
  scanner.position += 1;
  const value = read(scanner);
  scanner.depth -= 1;
  return value;
}

function readObject<Numeral>(scanner: Scanner<Numeral>): ReadonlyMap<string, JsonTree<Numeral>> {
  const members = new Map<string, JsonTree<Numeral>>();
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

function readArray<Numeral>(scanner: Scanner<Numeral>): JsonTree<Numeral>[] {
  const items: JsonTree<Numeral>[] = [];
  if (taken(scanner, ']')) return items;
  do items.push(readValue(scanner));
  while (taken(scanner, ','));
  if (!taken(scanner, ']')) throw unexpected(scanner, '"," or "]"');
  return items;
}

function readString<Numeral>(scanner: Scanner<Numeral>): string {
  const { dialect, position: start } = scanner;
  const literal = match(scanner, dialect.string);
  if (literal === undefined) throw unexpected(scanner, dialect.words.string);
  try {
    return dialect.unquoted(literal);
  } catch {
    scanner.position = start;
    throw unexpected(scanner, dialect.words.unquoted);
  }
}

function taken(scanner: Scanner<unknown>, character: string): boolean {
  skipBlank(scanner);
  if (scanner.text[scanner.position] !== character) return false;
  scanner.position += 1;
  return true;
}

function skipBlank(scanner: Scanner<unknown>): void {
  match(scanner, scanner.dialect.blank);
}

function match(scanner: Scanner<unknown>, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.position;
  const found = pattern.exec(scanner.text)?.[0];
  if (found !== undefined) scanner.position = pattern.lastIndex;
  return found;
}

function unexpected({ dialect, text, position }: Scanner<unknown>, expected: string): Error {
  return dialect.unexpected(text, position, expected);
}
