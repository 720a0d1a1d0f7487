// One snapshot in parts that each fit into an answer of the Data API: a cursor in a transaction.
import { ConnectlessError } from '../errors';
import type { Origin, Rows, Selected, Selection } from '../postgres/database';
import { display } from '../source/table';
import type { Calls } from './calls';
import type { Columns, Known } from './columns';
import { isTooLarge } from './errors';
import { recordValues } from './record-text';
import { CHANGED, declareStatement, FETCH, type Names } from './statements';

/**
 * The rows in parts of at most `size`, as many as fit. Throws DATA_API_ROW_TOO_LARGE, and DATA_API_TRANSACTION_LOST when the
 * caller takes longer than three minutes for a part.
 */
export async function* throughCursor(
  calls: Calls,
  columns: Columns,
  selection: Selection,
  size: number,
  names: Names,
): AsyncGenerator<Selected> {
  // A type that the Data API refuses to describe would end the transaction.
  await columns.known(selection.origin);
  const transaction = await calls.begin();
  let isOpen = true;
  try {
    const { known, first } = await declare(calls, columns, selection, names, transaction);
    let part: Part | undefined = first;
    while (part !== undefined) {
      const next: number | undefined = part.next;
      // Before the last part is given away: however long its reader takes, the copy is whole.
      if (next === undefined) {
        isOpen = false;
        await calls.end(transaction, 'commit');
      }
      if (part.rows.length > 0) yield { columns: known.columns, rows: part.rows, more: next !== undefined };
      part = next === undefined ? undefined : await fetch(calls, selection, Math.min(next, size), transaction);
    }
  } finally {
    if (isOpen) await calls.end(transaction, 'rollback');
  }
}

interface Part {
  readonly rows: Rows;
  /** Rows that fit into the next answer; undefined: there are none. */
  readonly next: number | undefined;
  readonly isChanged: boolean;
}

/** The declared cursor has locked what it reads against ALTER: a second look at the columns is the last one. */
async function declare(
  calls: Calls,
  columns: Columns,
  selection: Selection,
  names: Names,
  transaction: string,
): Promise<{ known: Known; first: Part }> {
  const declared = async (digest: Known['digest']): Promise<Part> => {
    await calls.execute(declareStatement(selection, digest, names), { transaction });
    return fetch(calls, selection, 1, transaction);
  };
  if ('query' in selection.origin) {
    const first = await declared(undefined);
    return { known: await columns.read(selection.origin, transaction), first };
  }
  const known = await columns.known(selection.origin);
  const first = await declared(known.digest);
  if (!first.isChanged) return { known, first };
  await calls.execute('CLOSE "connectless"', { transaction });
  const current = await columns.read(selection.origin, transaction);
  return { known: current, first: await declared(current.digest) };
}

async function fetch(calls: Calls, { origin, beside }: Selection, count: number, transaction: string): Promise<Part> {
  try {
    const { rows } = await calls.execute(FETCH(count), { transaction });
    const last = rows.at(-1)?.at(-1) ?? undefined;
    const isChanged = rows[0]?.[0] === CHANGED;
    return { rows: isChanged ? [] : rows.map((row) => values(row, beside.length)), next: numberOf(last), isChanged };
  } catch (error) {
    throw isTooLarge(error) ? rowTooLarge(origin, error) : error;
  }
}

/** A row of `selectStatement`: the columns' values, and those beside. */
export function values([record, second]: readonly (string | null)[], beside: number): (string | null)[] {
  const own = recordValues(record ?? '');
  return beside === 0 ? own : own.concat(recordValues(second ?? ''));
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function rowTooLarge(origin: Origin, cause: unknown): ConnectlessError {
  const what = 'table' in origin ? `table ${display(origin.table)}` : 'the query';
  return new ConnectlessError(
    'DATA_API_ROW_TOO_LARGE',
    `A row of ${what} is larger than the RDS Data API carries (64 KB a row, 1 MiB an answer): connect to the database itself (connection.url=jdbc:postgresql://…), or leave its large columns out with a query.`,
    { cause },
  );
}
