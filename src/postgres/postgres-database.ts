// A Postgres behind pg's protocol as a `Database`.
import type { PostgresConfig } from '../config/model';
import type { Column } from '../source/record/column';
import { FIRST_ROWS, nextLength } from './bounded-pages';
import { type Answer, type Postgres, type PostgresOptions, postgres } from './client';
import { columnsOf, columnsQuery, columnsQueryOf, type QueryField } from './columns';
import type { Database, Origin, Selected, Selection } from './database';
import { fromOrigin } from './origin';

/** No function on Lambda lasts longer. */
const LONGEST_IDLE_MS = 900_000;

/** One connection, and another one for each copy. */
export function postgresDatabase(config: PostgresConfig, options: PostgresOptions = {}): Database {
  const connection = postgres(config, options);
  const columnsOfResult = resultColumns(connection);
  const copies = new Set<Postgres>();

  const select = async (selection: Selection): Promise<Selected> => {
    const { origin, rows: limit } = selection;
    // The columns come in the same transaction behind the rows: reading the rows has locked the table against ALTER.
    const statements =
      'table' in origin ? `${selectQuery(selection)}; ${columnsQuery(origin.table)}` : selectQuery(selection);
    const [answer, described] = await connection.run(statements);
    const { rows, fields } = answer ?? { rows: [], fields: [] };
    const more = limit !== undefined && rows.length >= limit;
    if (described !== undefined) return { columns: columnsOf(described.rows), rows, more };
    return { columns: await columnsOfResult(fields.slice(0, fields.length - selection.beside.length)), rows, more };
  };

  return {
    query: async (statements) => (await connection.run(statements.join(';\n'))).map(({ rows }) => rows),
    columns: async (origin: Origin) => {
      if ('table' in origin) return columnsOf(firstRows(await connection.run(columnsQuery(origin.table))));
      return (await select({ origin, beside: [], clauses: 'LIMIT 0' })).columns;
    },
    select,
    copy: async function* (selection, size) {
      const own = postgres(config, options);
      copies.add(own);
      try {
        yield* copied(own, selection, size, options);
      } finally {
        copies.delete(own);
        await own.close();
      }
    },
    close: async () => {
      await Promise.all([connection, ...copies].map((one) => one.close()));
    },
  };
}

function selectQuery({ origin, beside, clauses, rows }: Selection): string {
  const limit = rows === undefined ? '' : ` FETCH FIRST ${rows} ROWS WITH TIES`;
  return `SELECT ${['"source".*', ...beside].join(', ')} ${fromOrigin(origin)} ${clauses}${limit}`;
}

/** A process that is killed says no goodbye: Postgres ends its copy when the invocation would have been over. */
async function* copied(
  connection: Postgres,
  selection: Selection,
  size: number,
  { remainingMs = () => LONGEST_IDLE_MS }: PostgresOptions,
): AsyncGenerator<Selected> {
  const columnsOfResult = resultColumns(connection);
  const idleMs = Math.ceil(Math.min(LONGEST_IDLE_MS, Math.max(1, remainingMs())));
  await connection.run(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = ${idleMs};
    DECLARE copied NO SCROLL CURSOR FOR ${selectQuery(selection)}`,
  );
  let length = Math.min(size, FIRST_ROWS);
  for (let more = true; more; ) {
    const [answer] = await connection.run(`FETCH FORWARD ${length} FROM copied`);
    const { rows, fields } = answer ?? { rows: [], fields: [] };
    more = rows.length === length;
    if (rows.length === 0) return;
    length = Math.min(size, nextLength(length, rows));
    yield { columns: await columnsOfResult(fields), rows, more };
  }
}

/** The columns of a query's result; the catalog is asked when they are not those of the result before. */
function resultColumns(connection: Postgres): (fields: readonly QueryField[]) => Promise<readonly Column[]> {
  let known: { readonly fields: string; readonly columns: readonly Column[] } | undefined;
  return async (fields) => {
    const key = JSON.stringify(fields);
    if (known?.fields !== key) {
      known = { fields: key, columns: columnsOf(firstRows(await connection.run(columnsQueryOf(fields)))) };
    }
    return known.columns;
  };
}

function firstRows([answer]: readonly Answer[]): Answer['rows'] {
  return answer?.rows ?? [];
}
