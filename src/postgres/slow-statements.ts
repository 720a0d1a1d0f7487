// Says for which table a statement took too long, and which index is missing.
import type { SourceConfig } from '../config/source-model';
import { ConnectlessError } from '../errors';
import { display } from '../source/table';
import type { TableChoice } from '../source/table-choice';
import type { Database, Origin } from './database';

type Choice = Pick<TableChoice, 'incrementingColumn' | 'timestampColumns'>;

/** The database, as it is asked for one table or query: POSTGRES_STATEMENT_TIMEOUT and DATA_API_STATEMENT_TIMEOUT name it, and the cure. */
export function namingSlow(
  database: Database,
  origin: Origin,
  config: Pick<SourceConfig, 'mode'>,
  choice: Choice,
): Database {
  const told = (error: unknown) => slowStatement(error, origin, config.mode, choice);
  const named = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      throw told(error);
    }
  };
  return {
    ...database,
    query: (statements, options) => named(database.query(statements, options)),
    columns: (of) => named(database.columns(of)),
    select: (selection) => named(database.select(selection)),
    copy: async function* (selection, size) {
      try {
        yield* database.copy(selection, size);
      } catch (error) {
        throw told(error);
      }
    },
  };
}

/** Any other error is left as it is. */
export function slowStatement(error: unknown, origin: Origin, mode: SourceConfig['mode'], choice: Choice): unknown {
  if (!(error instanceof ConnectlessError)) return error;
  const { code, message, retryable } = error;
  const where = 'table' in origin ? `Table ${display(origin.table)}` : 'The query';
  const make = (cure: string) => new ConnectlessError(code, `${where}: ${message}${cure}`, { retryable, cause: error });
  if (code === 'DATA_API_STATEMENT_TIMEOUT') return make('');
  if (code !== 'POSTGRES_STATEMENT_TIMEOUT') return error;
  const longer =
    'raise connectless.function.timeout.ms (up to 900000), and the statement_timeout of its user where there is one';
  if (mode === 'bulk') return make(` To copy it, ${longer}.`);
  return make(` Make an index on ${readBy(mode, choice)}, by which new rows are found; or ${longer}.`);
}

function readBy(mode: SourceConfig['mode'], { incrementingColumn, timestampColumns }: Choice): string {
  const id = incrementingColumn === undefined ? 'the incrementing column' : `"${incrementingColumn}"`;
  const times = timestampColumns.map((column) => `"${column}"`);
  if (mode === 'timestamp') return times.join(', ');
  return [...(mode === 'xid8' ? ['the xid8 column'] : times), id].join(', ');
}
