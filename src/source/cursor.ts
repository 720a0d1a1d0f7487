// How far a table has been read, and the page that is on its way: the cursor and its moves.
import type { Message } from '../kafka/topic-log';
import type { Intent } from '../outbox/settle';
import type { Position } from './position';

/** Rows that are read again by their ids when they are missing. */
export interface RowsById {
  /** The incrementing column's name when the page was read: where in a record the id stands. */
  readonly column: string;
  /** Id of the schema that the page was written in: in a record of another one, an equal id is somebody else's. Absent in cursors of before. */
  readonly schema?: number;
  /** In the order of the rows, each once. */
  readonly ids: readonly bigint[];
  /** Of each row; absent: chosen from the id alone. */
  readonly partitions?: readonly number[];
}

/** Rows without an id of their own, with one that several have, or one that changes: what is to be produced stands here itself. */
export interface RowsAsMessages {
  readonly messages: readonly Pick<Message, 'partition' | 'key' | 'value'>[];
}

/** A page that is about to be produced. */
export interface PageIntent extends Intent {
  readonly topic: string;
  /** Where the cursor moves when all of them are in the topic. */
  readonly last: Position;
  readonly rows: RowsById | RowsAsMessages;
}

export interface Cursor {
  /** `schema.table`; `query` for a query. */
  readonly table: string;
  /** Behind the last row that is known to be in the topic, as all before it are. */
  readonly position: Position;
  readonly intent?: PageIntent;
}

export function cursorKey(connector: string, table: string): string {
  return `source/${connector}/${table}.json`;
}

export function rowCount({ rows }: PageIntent): number {
  return 'ids' in rows ? rows.ids.length : rows.messages.length;
}

/** The page is about to leave. */
export function intend(cursor: Cursor, intent: PageIntent): Cursor {
  return { ...cursor, intent };
}

/** The page of the intent is in the topic. */
export function move({ table, position, intent }: Cursor): Cursor {
  return { table, position: intent?.last ?? position };
}
