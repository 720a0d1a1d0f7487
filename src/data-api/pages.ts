// A page of rows in one call, smaller where an answer of the Data API cannot hold it.
import { ConnectlessError } from '../errors';
import type { Origin, Rows, Selected, Selection } from '../postgres/database';
import type { Row } from '../source/table';
import type { Calls } from './calls';
import type { Columns, Known } from './columns';
import { throughCursor, values } from './cursor';
import { isTooLarge } from './errors';
import { grown, shrunk } from './page-size';
import { CHANGED, type Names, selectStatement } from './statements';

/** Columns that change with every look are somebody's loop of ALTERs. */
const LOOKS = 5;
const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** The size that fits is remembered for each origin. */
export function pages(calls: Calls, columns: Columns, names: Names): (selection: Selection) => Promise<Selected> {
  const sizes = new Map<string, number>();
  return async (selection) => {
    const { rows: wanted } = selection;
    // What cannot be made smaller comes in parts.
    if (wanted === undefined)
      return (await fitting(calls, columns, selection, names))?.selected ?? whole(calls, columns, selection, names);
    const origin = JSON.stringify(selection.origin);
    let size = Math.min(wanted, sizes.get(origin) ?? wanted);
    for (;;) {
      const found = await fitting(calls, columns, { ...selection, rows: size }, names);
      if (found !== undefined) {
        sizes.set(origin, grown(size, { rows: found.selected.rows.length, bytes: found.bytes }));
        return found.selected;
      }
      // One row, or many that are equal to it in the order.
      if (size === 1) return whole(calls, columns, { ...selection, rows: 1 }, names);
      size = shrunk(size);
      sizes.set(origin, size);
    }
  };
}

interface Page {
  readonly selected: Selected;
  readonly bytes: number;
}

/** undefined: the answer is too large. */
async function fitting(calls: Calls, columns: Columns, selection: Selection, names: Names): Promise<Page | undefined> {
  try {
    return await page(calls, columns, selection, names);
  } catch (error) {
    if (isTooLarge(error)) return undefined;
    throw error;
  }
}

async function page(calls: Calls, columns: Columns, selection: Selection, names: Names): Promise<Page> {
  const { origin, beside, rows: limit = UNLIMITED } = selection;
  let known = await columns.known(origin);
  for (let look = 0; look < LOOKS; look += 1) {
    const { rows } = await calls.execute(selectStatement(selection, known.digest, names));
    const current = await afterwards(columns, origin, known, rows);
    if (current === known) {
      const selected = {
        columns: known.columns,
        rows: rows.map((row) => values(row, beside.length)),
        more: rows.length >= limit,
      };
      return { selected, bytes: bytesOf(rows) };
    }
    known = current;
  }
  throw new ConnectlessError('DATA_API_UNAVAILABLE', 'The columns change with every look at them.', {
    retryable: true,
  });
}

/** A table's rows say themselves whether its columns are others now. A query's columns are the same before and after its rows. */
async function afterwards(columns: Columns, origin: Origin, known: Known, rows: Rows): Promise<Known> {
  if (rows.length === 0) return known;
  if ('table' in origin) return rows[0]?.[0] === CHANGED ? columns.read(origin) : known;
  return columns.read(origin);
}

function bytesOf(rows: Rows): number {
  let bytes = 0;
  for (const row of rows) for (const value of row) bytes += value === null ? 0 : Buffer.byteLength(value);
  return bytes;
}

async function whole(calls: Calls, columns: Columns, selection: Selection, names: Names): Promise<Selected> {
  const rows: Row[] = [];
  let known: Selected['columns'] | undefined;
  for await (const part of throughCursor(calls, columns, selection, UNLIMITED, names)) {
    known = part.columns;
    for (const row of part.rows) rows.push(row);
  }
  const more = rows.length >= (selection.rows ?? UNLIMITED);
  return { columns: known ?? (await columns.known(selection.origin)).columns, rows, more };
}
