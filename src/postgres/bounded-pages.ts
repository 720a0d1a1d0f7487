// Pages that fit in memory: wide rows make them shorter than batch.max.rows.
import type { Database, Origin, Rows } from './database';
import { lengthBehind, type PageLimit } from './page-length';

/** Of text; a function of 512 MB holds two such pages, and what becomes of them. */
const LIMIT: PageLimit = { bytes: 16 * 1024 * 1024, growth: 8 };
/** Of a page whose rows nobody has seen. */
export const FIRST_ROWS = 250;

/** Rows of the next page, by relation. Of the process: a source's next invocation reads the same tables. */
const known = new Map<string, number>();

/** A page of wide rows is shorter, and says that there is more. */
export function boundedPages(database: Database, lengths = known): Database {
  return {
    ...database,
    select: async (selection) => {
      const { rows: wanted, origin } = selection;
      if (wanted === undefined) return database.select(selection);
      const key = nameOf(origin);
      const rows = Math.min(wanted, lengths.get(key) ?? FIRST_ROWS);
      const selected = await database.select({ ...selection, rows });
      lengths.set(key, nextLength(rows, selected.rows));
      return selected;
    },
  };
}

export function nextLength(length: number, rows: Rows): number {
  return lengthBehind(length, { rows: rows.length, bytes: textLength(rows) }, LIMIT);
}

function textLength(rows: Rows): number {
  let length = 0;
  for (const row of rows) for (const value of row) length += value?.length ?? 0;
  return length;
}

function nameOf(origin: Origin): string {
  return 'table' in origin ? `${origin.table.schema}.${origin.table.name}` : 'query';
}
