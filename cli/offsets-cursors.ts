// The cursors of a source as the offsets commands read and replace them.
import { ConnectlessError, messageOf } from '../src/errors';
import { printPosition } from '../src/source/connect-offsets';
import { type Change, type ChangeRules, checkChange } from '../src/source/connect-offsets-change';
import { type Cursor, cursorKey } from '../src/source/cursor';
import { parseCursor, printCursor } from '../src/source/cursor-json';
import type { Position } from '../src/source/position';
import type { StateStore } from '../src/state/store';

export interface FoundCursor {
  /** `schema.table`; `query` for a query. */
  readonly table: string;
  readonly cursor: Cursor | 'unreadable';
  /** Of the object in the state; absent: there is none. */
  readonly version?: string;
  /** Why it is unreadable. */
  readonly error?: string;
}

/** All of a source, by table. */
export async function listCursors(state: StateStore, connector: string): Promise<FoundCursor[]> {
  const [before, behind] = cursorKey(connector, '*').split('*');
  const keys = await state.list(before ?? '');
  const tables = keys
    .filter((key) => key.endsWith(behind ?? ''))
    .map((key) => key.slice(before?.length, key.length - (behind?.length ?? 0)));
  return Promise.all(tables.map((table) => findCursor(state, connector, table)));
}

export async function findCursor(state: StateStore, connector: string, table: string): Promise<FoundCursor> {
  const key = cursorKey(connector, table);
  const found = await state.read(key);
  if (found === undefined) return { table, cursor: { table, position: {} } };
  try {
    return { table, cursor: parseCursor(found.body, key), version: found.version };
  } catch (error) {
    return { table, cursor: 'unreadable', version: found.version, error: messageOf(error) };
  }
}

/**
 * Checks all of them before the first is written; each replaces what was read, or nothing. Answers a line for each. Throws what
 * `checkChange` throws, and CURSOR_CHANGED.
 */
export async function changeCursors(
  state: StateStore,
  connector: string,
  changes: readonly Change[],
  rules: ChangeRules & { readonly shownAs: (table: string, position: Position) => Position },
  note: (line: string) => void,
): Promise<string[]> {
  const found = await Promise.all(changes.map(({ table }) => findCursor(state, connector, table)));
  const checked = changes.map((change, index) => ({ change, before: found[index] }));
  for (const { change, before } of checked) {
    for (const line of checkChange(change, before?.cursor ?? 'unreadable', rules)) note(line);
  }
  const lines: string[] = [];
  for (const { change, before } of checked) {
    if (!(await replace(state, connector, change, before?.version))) throw changed(change.table, lines);
    lines.push(line(change, before?.cursor, rules.shownAs));
  }
  return lines;
}

async function replace(state: StateStore, connector: string, { table, position }: Change, version?: string) {
  const key = cursorKey(connector, table);
  const body = printCursor({ table, position });
  return (await (version === undefined ? state.create(key, body) : state.replace(key, body, version))) !== undefined;
}

function line(
  { table, position }: Change,
  before: Cursor | 'unreadable' | undefined,
  shownAs: (table: string, position: Position) => Position,
): string {
  const of = (one: Position) => shown(shownAs(table, one));
  const was = before === undefined || before === 'unreadable' ? '(unreadable)' : of(before.position);
  return `${table}: was ${was}, is ${of(position)}`;
}

function shown(position: Cursor['position']): string {
  return Object.keys(position).length === 0 ? 'at its first row' : printPosition(position);
}

function changed(table: string, written: readonly string[]): ConnectlessError {
  const done = written.length === 0 ? 'Nothing has been written' : `Written so far:\n${written.join('\n')}\n`;
  return new ConnectlessError(
    'CURSOR_CHANGED',
    `${table}: the source moved its cursor meanwhile. ${done}. Stop the source, and try again.`,
  );
}
