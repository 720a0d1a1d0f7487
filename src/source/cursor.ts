// How far a table has been read: the cursor's JSON and its moves.
import { ConnectlessError, messageOf } from '../errors';
import type { Intent } from '../outbox/settle';

/** A page that is about to be produced. */
export interface PageIntent extends Intent {
  readonly topic: string;
  /** The incrementing column's name when the page was read: where in a record the id stands. */
  readonly column: string;
  /** Of the rows to produce, ascending. */
  readonly ids: readonly bigint[];
  /** Where the cursor moves when all of them are in the topic. */
  readonly last: bigint;
}

export interface Cursor {
  /** `schema.table` */
  readonly table: string;
  /** Id of the last row that is known to be in the topic, and all before it; absent: none is. */
  readonly incrementing?: bigint;
  readonly intent?: PageIntent;
}

const VERSION = 1;

export function cursorKey(connector: string, table: string): string {
  return `source/${connector}/${table}.json`;
}

/** The page is about to leave. */
export function intend(cursor: Cursor, intent: PageIntent): Cursor {
  return { ...cursor, intent };
}

/** The page of the intent is in the topic. */
export function move(cursor: Cursor): Cursor {
  if (cursor.intent === undefined) return cursor;
  return { table: cursor.table, incrementing: cursor.intent.last };
}

/**
 * `{"version":1,"table":"public.t","incrementing":"7","intent":{"owner","until","ends","topic","column","last":"9",
 * "ids":[["8",2]]}}`: ids are strings, because they have 64 bits, and stand as runs of first id and length.
 */
export function printCursor({ table, incrementing, intent }: Cursor): Buffer {
  const json = {
    version: VERSION,
    table,
    ...(incrementing === undefined ? {} : { incrementing: String(incrementing) }),
    ...(intent === undefined ? {} : { intent: { ...intent, last: String(intent.last), ids: runs(intent.ids) } }),
  };
  return Buffer.from(JSON.stringify(json));
}

/** Throws CURSOR_INVALID, naming the object. */
export function parseCursor(body: Buffer, key: string): Cursor {
  try {
    const { version, table, incrementing, intent } = JSON.parse(body.toString());
    if (version !== VERSION) throw new Error(`it has version ${version}, this program reads ${VERSION}`);
    return {
      table: string(table, 'table'),
      ...(incrementing === undefined ? {} : { incrementing: integer(incrementing, 'incrementing') }),
      ...(intent === undefined ? {} : { intent: parseIntent(intent) }),
    };
  } catch (cause) {
    throw new ConnectlessError(
      'CURSOR_INVALID',
      `State object ${key} is no cursor of this program: ${messageOf(cause)}. Restore it, or remove it to read the table from its first row.`,
      { cause },
    );
  }
}

function parseIntent(intent: Readonly<Record<string, unknown>>): PageIntent {
  return {
    owner: string(intent.owner, 'intent.owner'),
    until: number(intent.until, 'intent.until'),
    ends: array(intent.ends, 'intent.ends').map((end) => number(end, 'intent.ends')),
    topic: string(intent.topic, 'intent.topic'),
    column: string(intent.column, 'intent.column'),
    ids: array(intent.ids, 'intent.ids').flatMap(unrun),
    last: integer(intent.last, 'intent.last'),
  };
}

type Run = readonly [first: string, length: number];

function runs(ids: readonly bigint[]): Run[] {
  const found: [bigint, number][] = [];
  for (const id of ids) {
    const run = found.at(-1);
    if (run !== undefined && run[0] + BigInt(run[1]) === id) run[1] += 1;
    else found.push([id, 1]);
  }
  return found.map(([first, length]) => [String(first), length]);
}

function unrun(run: unknown): bigint[] {
  const [first, length] = array(run, 'intent.ids');
  const start = integer(first, 'intent.ids');
  return Array.from({ length: number(length, 'intent.ids') }, (_, index) => start + BigInt(index));
}

function string(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`${name} is no string`);
  return value;
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Error(`${name} is no integer`);
  return value;
}

function integer(value: unknown, name: string): bigint {
  if (typeof value !== 'string' || !/^-?[0-9]+$/.test(value)) throw new Error(`${name} is no integer in a string`);
  return BigInt(value);
}

function array(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} is no array`);
  return value;
}
