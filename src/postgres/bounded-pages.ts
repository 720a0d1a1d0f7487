// Pages that fit in memory: wide rows make them shorter than batch.max.rows.
import type { Database, Origin, Rows } from './database';

/** Of text; a function of 512 MB holds two such pages, and what becomes of them. */
const PAGE_BYTES = 16 * 1024 * 1024;
/** Of a page whose rows nobody has seen. */
export const FIRST_ROWS = 250;
/** A page's rows may be wider than those of the page before. */
const GROWTH = 8;

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
      if (selected.rows.length > 0) lengths.set(key, nextLength(rows, selected.rows));
      return selected;
    },
  };
}

/** As many rows of the same width as a page holds; not many more at once. */
export function nextLength(length: number, rows: Rows): number {
  const width = Math.max(1, textLength(rows) / rows.length);
  return Math.max(1, Math.min(length * GROWTH, Math.floor(PAGE_BYTES / width)));
}

function textLength(rows: Rows): number {
  let length = 0;
  for (const row of rows) for (const value of row) length += value?.length ?? 0;
  return length;
}

function nameOf(origin: Origin): string {
  return 'table' in origin ? `${origin.table.schema}.${origin.table.name}` : 'query';
}
