// Aurora through the RDS Data API as a `Database`.
import type { DataApiConfig } from '../config/source-model';
import { type Log, logger } from '../log';
import type { Database, Rows } from '../postgres/database';
import { type Calls, dataApiCalls } from './calls';
import { columnsThrough, recordRows } from './columns';
import { throughCursor } from './cursor';
import { pages } from './pages';
import { recordValues } from './record-text';
import { type Names, recordsTogether } from './statements';

export interface DataApiOptions {
  /** A query's names are looked up as its user's are. @default names are the catalog's, or have a schema */
  readonly usersSearchPath?: boolean;
  readonly log?: Log;
  /** Of the invocation: no call takes longer. @default as long as it takes */
  readonly remainingMs?: () => number;
}

/** Asks nothing before the first call. Errors: those of `databaseError`, DATA_API_ROW_TOO_LARGE. */
export function dataApiDatabase(config: DataApiConfig, options: DataApiOptions = {}): Database {
  const { usersSearchPath = false, log = logger, remainingMs } = options;
  const names = { usersSearchPath };
  const open = new Set<string>();
  const calls = notingOpen(dataApiCalls(config, log, remainingMs), open);
  const columns = columnsThrough(calls, names);
  const select = pages(calls, columns, names);
  const inTurn = oneAtATime();
  return {
    query: (statements, { together = false } = {}) =>
      inTurn(() => (together ? queryTogether(calls, statements, names) : query(calls, statements, names))),
    columns: (origin) => inTurn(async () => (await columns.read(origin)).columns),
    select: (selection) => inTurn(() => select(selection)),
    copy: (selection, size) => throughCursor(calls, columns, selection, size, names),
    close: async () => {
      await Promise.all([...open].map((transaction) => calls.end(transaction, 'rollback')));
      calls.close();
    },
  };
}

/** @param open transactions that are begun and not ended */
function notingOpen(calls: Calls, open: Set<string>): Calls {
  return {
    ...calls,
    begin: async () => {
      const transaction = await calls.begin();
      open.add(transaction);
      return transaction;
    },
    end: (transaction, how) => {
      open.delete(transaction);
      return calls.end(transaction, how);
    },
  };
}

function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let previous: Promise<unknown> = Promise.resolve();
  return (work) => {
    const answer = previous.then(work);
    previous = answer.catch(() => undefined);
    return answer;
  };
}

/** One statement is its own transaction. */
async function query(calls: Calls, statements: readonly string[], names: Names): Promise<readonly Rows[]> {
  const all = async (transaction?: string) => {
    const answers: Rows[] = [];
    for (const statement of statements) answers.push(await recordRows(calls, statement, names, transaction));
    return answers;
  };
  return statements.length < 2 ? all() : calls.transaction(all);
}

async function queryTogether(calls: Calls, statements: readonly string[], names: Names): Promise<readonly Rows[]> {
  const { rows } = await calls.execute(recordsTogether(statements, names));
  return statements.map((_, place) =>
    rows.filter(([of]) => of === String(place)).map(([, record]) => recordValues(record ?? '')),
  );
}
