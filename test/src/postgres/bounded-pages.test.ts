import { describe, expect, test } from '@jest/globals';
import { boundedPages, nextLength } from '../../../src/postgres/bounded-pages';
import type { Database, Selection } from '../../../src/postgres/database';

const rowsOf = (count: number, width: number) => Array.from({ length: count }, () => ['x'.repeat(width), null]);

/** Rows of a width that may change with each page. */
function database(widths: readonly number[]) {
  const asked: (number | undefined)[] = [];
  const unused = () => {
    throw new Error('it is not asked for');
  };
  const one: Database = {
    query: unused,
    columns: unused,
    copy: unused,
    close: async () => undefined,
    select: async ({ rows }) => {
      asked.push(rows);
      const width = widths[asked.length - 1] ?? 0;
      return { columns: [], rows: rowsOf(Math.min(rows ?? 7, 5000), width), more: true };
    },
  };
  return { database: boundedPages(one, new Map()), asked };
}

const selection: Selection = { origin: { query: 'q' }, beside: [], clauses: '', rows: 1000 };

describe('pages', () => {
  test('of narrow rows have batch.max.rows after the first one', async () => {
    const narrow = database([20, 20, 20]);
    for (let page = 0; page < 3; page += 1) await narrow.database.select(selection);
    expect(narrow.asked).toEqual([250, 1000, 1000]);
  });

  test('of wide rows are shorter, and grow again when the rows are narrow', async () => {
    const wide = database([600_000, 600_000, 1000, 10, 10]);
    for (let page = 0; page < 5; page += 1) await wide.database.select(selection);
    expect(wide.asked).toEqual([250, 27, 27, 216, 1000]);
  });

  test('have one row at least', () => {
    expect(nextLength(1, rowsOf(1, 30_000_000))).toBe(1);
  });

  test('without a limit are left as they are', async () => {
    const whole = database([1]);
    const { rows: _, ...all } = selection;
    await whole.database.select(all);
    expect(whole.asked).toEqual([undefined]);
  });
});
