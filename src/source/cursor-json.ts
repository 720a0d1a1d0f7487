// The cursor as JSON in the state store.
import { ConnectlessError, messageOf } from '../errors';
import type { IdRun } from './ahead';
import type { Cursor, PageIntent, RowsAsMessages, RowsById } from './cursor';
import type { Position } from './position';

const VERSION = 2;

type Json = Readonly<Record<string, unknown>>;

/**
 * `{"version":2,"table":"public.t","position":{"incrementing":"7"},"intent":{"owner","until","ends","topic","last":{…},"column",
 * "schema","ids":[["8",2]],"partitions"},"writer":"…"}`: ids are strings, because they have 64 bits, and stand as runs of first id
 * and length; in place of them `"messages":[[partition,key,value]]`, in base64. The writer is there to make objects differ, and is not read.
 */
export function printCursor({ table, position, intent }: Cursor, writer?: string): Buffer {
  const json = {
    version: VERSION,
    table,
    position: printPosition(position),
    ...(intent === undefined ? {} : { intent: printIntent(intent) }),
    ...(writer === undefined ? {} : { writer }),
  };
  return Buffer.from(JSON.stringify(json));
}

/** Reads version 1, too. Throws CURSOR_INVALID, naming the object. */
export function parseCursor(body: Buffer, key: string): Cursor {
  try {
    const { version, table, intent, position, incrementing } = JSON.parse(body.toString());
    if (version !== VERSION && version !== 1) {
      throw new Error(`it has version ${version}, this program reads 1 and ${VERSION}`);
    }
    return {
      table: string(table, 'table'),
      position: parsePosition(version === 1 ? { incrementing } : object(position, 'position'), 'position'),
      ...(intent === undefined ? {} : { intent: parseIntent(object(intent, 'intent'), version) }),
    };
  } catch (cause) {
    throw new ConnectlessError(
      'CURSOR_INVALID',
      `State object ${key} is no cursor of this program: ${messageOf(cause)}. Restore it, or write another with connectless offsets set; connectless offsets reset reads the table from its first row.`,
      { cause },
    );
  }
}

function printPosition(position: Position): object {
  return Object.fromEntries(Object.entries(position).map(([name, value]) => [name, printed(value)]));
}

function printed(value: Position[keyof Position]): unknown {
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? one : one.map(String)));
  return typeof value === 'bigint' ? String(value) : value;
}

function parsePosition({ incrementing, ahead, timestamp, tie, xid, system, copied }: Json, name: string): Position {
  return {
    ...(incrementing === undefined ? {} : { incrementing: integer(incrementing, `${name}.incrementing`) }),
    ...(ahead === undefined ? {} : { ahead: array(ahead, `${name}.ahead`).map((run) => idRun(run, `${name}.ahead`)) }),
    ...(timestamp === undefined ? {} : { timestamp: integer(timestamp, `${name}.timestamp`) }),
    ...(tie === undefined ? {} : { tie: array(tie, `${name}.tie`).map((key) => string(key, `${name}.tie`)) }),
    ...(xid === undefined ? {} : { xid: integer(xid, `${name}.xid`) }),
    ...(system === undefined ? {} : { system: string(system, `${name}.system`) }),
    ...(copied === undefined ? {} : { copied: number(copied, `${name}.copied`) }),
  };
}

function idRun(run: unknown, name: string): IdRun {
  const [first, last] = array(run, name);
  return [integer(first, name), integer(last, name)];
}

function printIntent({ last, rows, ...intent }: PageIntent): object {
  return { ...intent, last: printPosition(last), ...('ids' in rows ? printIds(rows) : printMessages(rows)) };
}

function printIds({ ids, ...rows }: RowsById): object {
  return { ...rows, ids: runs(ids) };
}

function printMessages({ messages }: RowsAsMessages): object {
  const base64 = (bytes: Buffer | null) => bytes?.toString('base64') ?? null;
  return { messages: messages.map(({ partition, key, value }) => [partition, base64(key), base64(value)]) };
}

function parseIntent(intent: Json, version: number): PageIntent {
  const { last } = intent;
  return {
    owner: string(intent.owner, 'intent.owner'),
    until: number(intent.until, 'intent.until'),
    ends: array(intent.ends, 'intent.ends').map((end) => number(end, 'intent.ends')),
    topic: string(intent.topic, 'intent.topic'),
    last: parsePosition(version === 1 ? { incrementing: last } : object(last, 'intent.last'), 'intent.last'),
    rows: intent.messages === undefined ? parseIds(intent) : parseMessages(intent.messages),
  };
}

function parseIds({ column, schema, ids, partitions }: Json): RowsById {
  return {
    column: string(column, 'intent.column'),
    ...(schema === undefined ? {} : { schema: number(schema, 'intent.schema') }),
    ids: array(ids, 'intent.ids').flatMap(unrun),
    ...(partitions === undefined
      ? {}
      : { partitions: array(partitions, 'intent.partitions').map((one) => number(one, 'intent.partitions')) }),
  };
}

function parseMessages(messages: unknown): RowsAsMessages {
  const bytes = (value: unknown) => (value === null ? null : Buffer.from(string(value, 'intent.messages'), 'base64'));
  return {
    messages: array(messages, 'intent.messages').map((message) => {
      const [partition, key, value] = array(message, 'intent.messages');
      return { partition: number(partition, 'intent.messages'), key: bytes(key), value: bytes(value) };
    }),
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

function object(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} is no object`);
  return Object.fromEntries(Object.entries(value));
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
