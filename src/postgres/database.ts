// A Postgres as its readers see it, whichever way leads to it: pg's protocol or the RDS Data API.
import type { Column } from '../source/record/column';
import type { Row, TableName } from '../source/table';

/** Values in Postgres's text form, null for SQL's NULL. */
export type Rows = readonly Row[];

/** What rows are read from: a relation of the catalog, or a query's result. */
export type Origin = { readonly table: TableName } | { readonly query: string };

/** `SELECT <all columns>, <beside> FROM <origin> AS "source" <clauses> FETCH FIRST <rows> ROWS WITH TIES` */
export interface Selection {
  readonly origin: Origin;
  /** SQL expressions whose values come behind the columns' in each row. Their results are text, or made so by the statement itself. */
  readonly beside: readonly string[];
  /** `WHERE … ORDER BY …`; columns are written `"source"."id"`. */
  readonly clauses: string;
  /** At most so many, and those that are equal to the last one in the order; fewer when an answer cannot hold them. Absent: all. */
  readonly rows?: number;
}

export interface Selected {
  /** Those that the rows have: read in the same transaction. */
  readonly columns: readonly Column[];
  readonly rows: Rows;
  /** The limit was reached, or an answer's size: there may be more behind the last one. */
  readonly more: boolean;
}

/** Calls wait for one another. Errors: POSTGRES_* and TABLE_NOT_FOUND of `postgresError`, DATA_API_* of `dataApiError`. */
export interface Database {
  /**
   * Runs one or several statements and answers the rows of each. They run one after the other, each with a snapshot of its
   * own, and all in one transaction: locks are kept to the end.
   *
   * @param options.together SELECTs that may share the snapshot that is taken before the first of them; on the Data API they are
   *   one call then, and three more otherwise
   */
  query(statements: readonly string[], options?: { readonly together?: boolean }): Promise<readonly Rows[]>;
  /** An origin's columns, as `SELECT *` has them. */
  columns(origin: Origin): Promise<readonly Column[]>;
  select(selection: Selection): Promise<Selected>;
  /** The same, as one snapshot in parts of at most `size` rows, on a connection of its own; ends it when the caller stops. */
  copy(selection: Selection, size: number): AsyncIterable<Selected>;
  close(): Promise<void>;
}
