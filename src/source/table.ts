// One table as the source sees it: its columns, its fence, and pages of its rows.
import type { Column } from './record/column';

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** Values in Postgres's text form, in the order of the columns. */
export type Row = readonly (string | null)[];

export interface Page {
  readonly columns: readonly Column[];
  /** Where in a row the incrementing column stands. */
  readonly idIndex: number;
  /** Ascending by id. */
  readonly rows: readonly Row[];
}

/** A transaction that may have drawn an id and has not ended. A prepared one has no pid. */
export interface Holder {
  readonly pid: number | undefined;
  /** pg_locks.virtualtransaction: no other transaction has it as long as the server runs. */
  readonly virtualTransaction: string;
}

export interface FenceReading {
  /** No id above it has been drawn; undefined when the table is empty and has no sequence. */
  readonly top: bigint | undefined;
  /** Where `top` is from: the sequence's last_value, or the largest id in the table. */
  readonly from: 'sequence' | 'table';
  /** Noted after `top` was read, so that whoever drew an id up to it is either here or has ended. */
  readonly holders: readonly Holder[];
}

export interface TableReader {
  readonly table: TableName;
  columns(): Promise<readonly Column[]>;
  fence(): Promise<FenceReading>;
  /** Rows with `after < id <= through`, at most a page of them and those with the last one's id. */
  page(after: bigint | undefined, through: bigint): Promise<Page>;
  /** The rows with these ids that are still there. */
  rows(ids: readonly bigint[]): Promise<Page>;
  /** Rows in a full page, less those that have the last one's id. */
  readonly pageRows: number;
  /** Who the holders are, in a form for the log: no literals of their queries. */
  describe(holders: readonly Holder[]): Promise<readonly string[]>;
  /** An id in the table that its sequence has not reached. */
  beyondSequence(): Promise<bigint | undefined>;
}

/** `schema.table`, as in Connect's offsets. */
export function qualified(table: TableName): string {
  return `${table.schema}.${table.name}`;
}

/** The id of a row. */
export function idOf(row: Row, idIndex: number): bigint {
  return BigInt(row[idIndex] ?? '');
}
