// What a database says of itself and of a table, before a row of it is read.
import type { Column } from '../source/record/column';
import type { TableName } from '../source/table';

export interface DatabaseFacts {
  /** current_user */
  readonly user: string;
  /** server_version_num: 150004 */
  readonly serverVersion: number;
  readonly isReplica: boolean;
  readonly canReadLocks: boolean;
  /** Of other users' sessions: since when their transactions are open, and their queries. */
  readonly canReadStatistics: boolean;
  /** pg_control_system().system_identifier; undefined: it is not to be had. */
  readonly systemIdentifier: string | undefined;
}

/** A sequence that a column's values are drawn from. */
export interface SequenceFacts {
  readonly name: TableName;
  readonly cache: bigint;
  readonly increment: bigint;
  readonly isCycled: boolean;
  readonly canSelect: boolean;
  /** Other tables whose columns draw from it. */
  readonly sharedWith: readonly TableName[];
}

export interface TableColumn extends Column {
  /** pgjdbc's auto-increment: an identity, or a default that calls nextval. */
  readonly isAutoIncrement: boolean;
  readonly sequence: SequenceFacts | undefined;
  /** As the catalog prints it: `now()`. */
  readonly default: string | undefined;
}

export interface TableFacts {
  readonly table: TableName;
  /** pg_class.relkind: `r`, `p`, `v`, `m`, `f`. */
  readonly kind: string;
  readonly canSelect: boolean;
  readonly columns: readonly TableColumn[];
  /** Columns of each valid index, in order; an expression has its text. Partial indexes are left out. */
  readonly indexes: readonly (readonly string[])[];
  /** Columns of the primary key, in order; empty: it has none. */
  readonly primaryKey: readonly string[];
  /** Of a partitioned table: its leaves. */
  readonly partitions: readonly TableName[];
  /** pg_class.reltuples, of the partitions together; undefined: never analysed. */
  readonly estimatedRows: number | undefined;
}
