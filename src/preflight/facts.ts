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
  /** pg_control_system().system_identifier; undefined: it is not to be had, or the mode does not need it. */
  readonly systemIdentifier: string | undefined;
}

/** A sequence that a column's values are drawn from. */
export interface SequenceFacts {
  readonly name: TableName;
  readonly cache: bigint;
  readonly increment: bigint;
  readonly isCycled: boolean;
  readonly canSelect: boolean;
  /** Tables whose columns draw from it, too, without this one's partitions. */
  readonly sharedWith: readonly TableName[];
}

/** An identity, or a column whose default calls nextval: pgjdbc's auto-increment. */
export interface AutoIncrement {
  readonly column: string;
  /** Of the table and its partitions. */
  readonly sequences: readonly SequenceFacts[];
}

export interface TableFacts {
  readonly oid: string;
  readonly table: TableName;
  /** pg_class.relkind: `r`, `p`, `v`, `m`, `f`. */
  readonly kind: string;
  readonly columns: readonly Column[];
  /** In the order of the columns. */
  readonly autoIncrements: readonly AutoIncrement[];
  /** By column, as the catalog prints them. */
  readonly defaults: ReadonlyMap<string, string>;
  /** Columns of each valid B-tree without a condition, in order; an expression has its text. */
  readonly indexes: readonly (readonly string[])[];
  /** In order; empty: it has none. */
  readonly primaryKey: readonly string[];
  /** Of a partitioned table: those that hold its rows. */
  readonly partitions: readonly TableName[];
  /** The partitioned table that it is a part of. */
  readonly parent?: TableName;
  /** On disk, of its partitions together. */
  readonly bytes: number;
  readonly canUseSchema: boolean;
  /** Columns that the user may not read. */
  readonly forbidden: readonly string[];
  /** Row security decides which rows the user sees. */
  readonly hidesRows: boolean;
  /** Logical replication brings rows of it, or of a partition, from another server. */
  readonly isSubscribed: boolean;
  /** In which they were asked for. */
  readonly year: number;
  /** TimeZone of the database's sessions before a client says otherwise: the server's, and those set for the database and for roles. */
  readonly timeZones: readonly string[];
}
