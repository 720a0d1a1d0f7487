// connectless.mode=xid8: rows by the transaction that wrote them, up to the oldest one that is still open.
import { ConnectlessError } from '../../errors';
import type { Mode, Page } from '../mode';
import type { Position } from '../position';
import type { Column } from '../record/column';
import { idOf, type Row } from '../table';

/** The database's side of this mode. */
export interface XidReader {
  columns(): Promise<readonly Column[]>;
  /** pg_control_system().system_identifier, and the first transaction id that is not yet assigned. */
  cluster(): Promise<{ readonly system: string; readonly next: bigint }>;
  /**
   * Rows behind `after` whose transaction is below the page's own snapshot's oldest open one, by transaction and id: at most a page
   * of them and those equal to the last one.
   */
  page(after: Position): Promise<XidPage>;
  rows(ids: readonly bigint[]): Promise<XidPage>;
}

/** Behind the columns' values stands the row's transaction id. */
export interface XidPage {
  readonly columns: readonly Column[];
  readonly idIndex: number;
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** @param table `schema.table` */
export function xid8Mode(reader: XidReader, table: string): Mode {
  let system: string | undefined;

  const pageOf = ({ columns, idIndex, rows, more }: XidPage, after: Position): Page => {
    const row = rows.at(-1);
    const base = { columns, idIndex, rows, isLast: !more };
    if (row === undefined || system === undefined) return { ...base, last: after };
    return { ...base, last: { xid: BigInt(row.at(-1) ?? ''), incrementing: idOf(row, idIndex), system } };
  };

  return {
    table,
    columns: reader.columns,
    // A page looks and reads in one snapshot.
    look: async (position) => {
      system ??= await sameCluster(position);
      return { through: {}, isAll: true };
    },
    page: async (after) => pageOf(await reader.page(after), after),
    rows: async (ids) => pageOf(await reader.rows(ids), {}),
  };

  /** Transaction ids of another cluster say nothing about this one's. */
  async function sameCluster(position: Position): Promise<string> {
    const cluster = await reader.cluster();
    const isOther = position.system !== undefined && position.system !== cluster.system;
    const isAhead = position.xid !== undefined && position.xid >= cluster.next;
    if (isOther || isAhead) throw otherCluster(table, position, cluster.system);
    return cluster.system;
  }
}

function otherCluster(table: string, { system, xid }: Position, found: string): ConnectlessError {
  return new ConnectlessError(
    'XID_HORIZON_VOID',
    `Table ${table} was read up to transaction ${xid} of the Postgres cluster with system identifier ${system}; this is cluster ${found}, or it was restored to an earlier time: transaction ids ` +
      'begin anew there, and rows would be passed over. Read the table from its first row with connectless offsets reset, or name the last transaction that was read with connectless offsets set.',
  );
}
