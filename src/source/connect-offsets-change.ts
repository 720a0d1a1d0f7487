// What becomes of a table's cursor when it is given another position: whether that may be done now, and what is to be said of it.
import type { SourceMode } from '../config/source-model';
import { ConnectlessError } from '../errors';
import { printPosition } from './connect-offsets';
import { type Cursor, type PageIntent, rowCount } from './cursor';
import type { Position } from './position';

export interface ChangeRules {
  readonly now: number;
  readonly requestTimeoutMs: number;
  readonly mode: SourceMode;
  /** Over a lease, a cursor that cannot be read, or a table that is ahead. */
  readonly force: boolean;
  /** What Connect left is meant for a table that has not been read here: it may not be set back. */
  readonly isImport: boolean;
}

export interface Change {
  readonly table: string;
  /** Empty: from the first row on. */
  readonly position: Position;
}

/** Until when a page may be on its way, epoch milliseconds. */
function heldUntil({ until }: PageIntent, requestTimeoutMs: number): number {
  return until + requestTimeoutMs;
}

/** `"public.t": a page of 3 rows is on its way (invocation 7f… until 2024-01-01T00:00:00.000Z)` */
export function inFlight(table: string, intent: PageIntent, requestTimeoutMs: number, now: number): string {
  const until = heldUntil(intent, requestTimeoutMs);
  const is = until > now ? 'is on its way' : 'was on its way, and is not settled';
  return `${table}: a page of ${rowCount(intent)} rows ${is} to topic ${intent.topic} (invocation ${intent.owner}, until ${new Date(until).toISOString()})`;
}

/**
 * What to warn of. Throws OFFSETS_HELD while a page is on its way, and OFFSETS_BEHIND for an import that would have rows produced
 * again. @param cursor `unreadable`: CURSOR_INVALID
 */
export function checkChange(change: Change, cursor: Cursor | 'unreadable', rules: ChangeRules): string[] {
  const { table, position } = change;
  if (cursor === 'unreadable') {
    if (rules.force)
      return [`${table}: its cursor could not be read, and is replaced; a page of it may have been on its way.`];
    throw new ConnectlessError(
      'CURSOR_INVALID',
      `${table}: its cursor cannot be read, nor whether a page is on its way: stop the source, and add --force to replace it.`,
    );
  }
  checkLease(cursor, rules);
  const isLess = compare(position, cursor.position, rules.mode) < 0;
  if (rules.isImport && isLess && !rules.force) throw behind(change, cursor.position);
  return [...droppedPage(cursor, rules), ...withoutMember(change, rules)];
}

/** The one that is further, as the mode reads. */
export function furthest(positions: readonly Position[], mode: SourceMode): Position {
  return positions.reduce((far, position) => (compare(position, far, mode) > 0 ? position : far));
}

/** In the order of the mode: what is absent comes first. */
function compare(one: Position, other: Position, mode: SourceMode): number {
  for (const member of ORDER[mode]) {
    const [a, b] = [one[member], other[member]];
    if (a === b) continue;
    if (a === undefined) return -1;
    return b === undefined || a > b ? 1 : -1;
  }
  return 0;
}

const ORDER: Readonly<Record<SourceMode, readonly ('incrementing' | 'timestamp' | 'xid' | 'copied')[]>> = {
  incrementing: ['incrementing'],
  timestamp: ['timestamp'],
  'timestamp+incrementing': ['timestamp', 'incrementing'],
  xid8: ['xid', 'incrementing'],
  bulk: ['copied'],
};

function checkLease({ table, intent }: Cursor, { now, requestTimeoutMs, force }: ChangeRules): void {
  if (intent === undefined || force || heldUntil(intent, requestTimeoutMs) <= now) return;
  throw new ConnectlessError(
    'OFFSETS_HELD',
    `${inFlight(table, intent, requestTimeoutMs, now)}. Stop the source and try again behind that time. ` +
      'With --force it is done now: rows of that page may come to the topic all the same.',
  );
}

function droppedPage({ table, intent }: Cursor, { now, requestTimeoutMs }: ChangeRules): string[] {
  if (intent === undefined) return [];
  return [
    `${inFlight(table, intent, requestTimeoutMs, now)}. It is forgotten: which of its rows are in the topic is not looked at any more; its last row is ${printPosition(intent.last)}.`,
  ];
}

/** Reading begins at the first row where the mode's first member is not there: Connect's offset of another mode. */
function withoutMember({ table, position }: Change, { mode, isImport, force }: ChangeRules): string[] {
  const [member = ''] = ORDER[mode];
  if (Object.keys(position).length === 0 || Object.hasOwn(position, member)) return [];
  const what = `${table}: the offset ${printPosition(position)} has no "${member}", by which mode ${mode} reads: the table would be read from its first row.`;
  if (!isImport || force) return [what];
  throw new ConnectlessError('OFFSETS_OF_ANOTHER_MODE', `${what} Keep Connect's mode, or add --force.`);
}

function behind({ table, position }: Change, cursor: Position): ConnectlessError {
  return new ConnectlessError(
    'OFFSETS_BEHIND',
    `${table} has been read here up to ${printPosition(cursor)}, further than ${printPosition(position)}: rows between would be produced again. ` +
      'Leave it out, or add --force if they shall be.',
  );
}
