// A Postgres table behind the source's interface; what the catalog says of it is asked for again now and then.
import type { SourceConfig } from '../config/source-model';
import type { TableName, TableReader } from '../source/table';
import { type IdColumn, idColumn } from './catalog';
import type { Postgres } from './client';
import { columnsOf, columnsQuery } from './columns';
import { describeHolders, readFence } from './fence';
import { idBeyondSequence, readPage, readRows } from './page';

export type ReaderConfig = Pick<SourceConfig, 'incrementingColumn' | 'batchMaxRows' | 'tablePollIntervalMs'>;

/** Errors: those of `postgresError`, INCREMENTING_COLUMN_INVALID, SEQUENCE_UNSAFE, READ_REPLICA. */
export function tableReader(database: Postgres, table: TableName, config: ReaderConfig): TableReader {
  let known: { readonly id: Promise<IdColumn>; readonly until: number } | undefined;

  const id = (): Promise<IdColumn> => {
    if (known === undefined || known.until < Date.now()) {
      known = {
        id: idColumn(database, table, config.incrementingColumn),
        until: Date.now() + config.tablePollIntervalMs,
      };
    }
    return known.id;
  };
  /** A failure may mean that the table is another one now. */
  const withId = async <Answer>(query: (id: IdColumn) => Promise<Answer>): Promise<Answer> => {
    try {
      return await query(await id());
    } catch (error) {
      known = undefined;
      throw error;
    }
  };

  return {
    table,
    pageRows: config.batchMaxRows,
    columns: () => withId(async () => columnsOf((await database.query(columnsQuery(table)))[0] ?? [])),
    fence: () => withId((column) => readFence(database, table, column)),
    page: (after, through) =>
      withId((column) => readPage(database, table, column, { after, through, rows: config.batchMaxRows })),
    rows: (ids) => withId((column) => readRows(database, table, column, ids)),
    describe: (holders) => describeHolders(database, holders),
    beyondSequence: () => withId((column) => idBeyondSequence(database, table, column)),
  };
}
