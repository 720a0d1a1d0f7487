// The cursor in the state store: loaded once, trusted until a write is refused or something went wrong.
import type { StateStore } from '../state/store';
import { type Cursor, cursorKey } from './cursor';
import { parseCursor, printCursor } from './cursor-json';

export interface CursorStore {
  load(): Promise<Cursor>;
  /** Replaces what was loaded or written last. False: somebody else has, and `load` answers what is there now. */
  write(next: Cursor): Promise<boolean>;
  forget(): void;
}

/**
 * @param table `schema.table`, or `query`
 * @param writer the invocation: two that write the same would both take it for theirs, were it not named
 */
export function cursorStore(state: StateStore, connector: string, table: string, writer: string): CursorStore {
  const key = cursorKey(connector, table);
  let held: { readonly cursor: Cursor; readonly version: string | undefined } | undefined;

  const load = async (): Promise<Cursor> => {
    if (held === undefined) {
      const found = await state.read(key);
      const cursor = found === undefined ? { table, position: {} } : parseCursor(found.body, key);
      held = { cursor, version: found?.version };
    }
    return held.cursor;
  };

  return {
    load,
    write: async (next) => {
      await load();
      const before = held?.version;
      // Until the answer is there, nobody knows what the object is.
      held = undefined;
      const body = printCursor(next, writer);
      const version = await (before === undefined ? state.create(key, body) : state.replace(key, body, before));
      if (version === undefined) return false;
      held = { cursor: next, version };
      return true;
    },
    forget: () => {
      held = undefined;
    },
  };
}
