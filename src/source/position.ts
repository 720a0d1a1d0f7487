// How far a table has been read: what Connect stores as a source's offset, and what our own modes need.
import type { IdRun } from './ahead';

/** Absent is what the mode does not use, or what is not known yet: then reading begins at the table's first row. */
export interface Position {
  /** Id of the last row that was read. */
  readonly incrementing?: bigint;
  /** Ids above it that were read, too: rows that came with ids which their sequence has not reached. */
  readonly ahead?: readonly IdRun[];
  /** The last row's timestamp, microseconds since the epoch; of a column without time zone, of what it shows, as if that was UTC. */
  readonly timestamp?: bigint;
  /** mode=timestamp, within rows of one timestamp: the last row's primary key, in Postgres's text form. */
  readonly tie?: readonly string[];
  /** `connectless.mode=xid8`: the transaction that wrote the last row. */
  readonly xid?: bigint;
  /** The Postgres cluster that counted `xid`: pg_control_system().system_identifier. */
  readonly system?: string;
  /** `mode=bulk`: when the last whole copy began, epoch milliseconds. */
  readonly copied?: number;
}
