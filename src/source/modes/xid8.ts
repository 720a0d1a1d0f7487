// connectless.mode=xid8: rows by the transaction that wrote them, up to the oldest one that is still open.
import { ConnectlessError } from '../../errors';
import { type FenceWork, tellHeld } from '../fence-wait';
import type { Mode, Page } from '../mode';
import type { Position } from '../position';
import type { Column } from '../record/column';
import { idOf, type Row } from '../table';

/** The database's side of this mode. */
export interface XidReader {
  columns(): Promise<readonly Column[]>;
  /** pg_control_system().system_identifier, where it is to be had, and the first transaction id that is not yet assigned. */
  cluster(): Promise<{ readonly system: string | undefined; readonly next: bigint }>;
  /** One round trip. */
  horizon(after: Position): Promise<Horizon>;
  /** Open transactions that have an id, in a form for the log. */
  describe(): Promise<readonly string[]>;
  /**
   * Rows behind `after` whose transaction is below the page's own snapshot's oldest open one, by transaction and id: at most a page
   * of them and those equal to the last one.
   */
  page(after: Position): Promise<XidPage>;
  rows(ids: readonly bigint[]): Promise<XidPage>;
}

/** Of one snapshot. */
interface Horizon {
  /** The oldest transaction that is open: those below it have ended. */
  readonly open: bigint;
  /** Transactions of the rows behind the position; undefined: there are none. */
  readonly rows: { readonly first: bigint; readonly last: bigint } | undefined;
}

/** Behind the columns' values stands the row's transaction id. */
interface XidPage {
  readonly columns: readonly Column[];
  readonly idIndex: number;
  readonly rows: readonly Row[];
  readonly more: boolean;
}

export function xid8Mode(reader: XidReader, work: FenceWork): Mode {
  const { table } = work;
  let cluster: Pick<Position, 'system'> | undefined;
  const heldBy = heldRows(reader, work);

  const pageOf = (page: XidPage, after: Position): Page => {
    const { columns, idIndex, rows, more } = page;
    const row = rows.at(-1);
    const base = { columns, idIndex, rows, isLast: !more };
    if (row === undefined) return { ...base, last: after };
    return { ...base, last: { ...placeOf(row, page), ...cluster } };
  };

  return {
    table,
    columns: reader.columns,
    mayRepeat: true,
    // A page's own snapshot is younger, and may have more rows that are final.
    look: async (position) => {
      cluster ??= await sameCluster(position);
      const { open, rows } = await reader.horizon(position);
      const isAll = rows === undefined || rows.last < open;
      await heldBy(isAll ? undefined : open);
      if (rows === undefined) return 'idle';
      return rows.first < open ? { through: {}, isAll } : 'held';
    },
    page: async (after) => pageOf(await reader.page(after), after),
    // One that was written again meanwhile comes with the transaction that did it.
    rows: async (ids, after, last) => {
      const page = await reader.rows(ids);
      return pageOf({ ...page, rows: page.rows.filter((row) => isBetween(placeOf(row, page), after, last)) }, {});
    },
  };

  /** Transaction ids of another cluster say nothing about this one's. */
  async function sameCluster(position: Position): Promise<Pick<Position, 'system'>> {
    const { system = position.system, next } = await reader.cluster();
    const isOther = position.system !== undefined && position.system !== system;
    const isAhead = position.xid !== undefined && position.xid >= next;
    if (isOther || isAhead) throw otherCluster(table, position, system);
    return system === undefined ? {} : { system };
  }
}

/** A busy table always has rows that are not final: they are held back as long as the oldest transaction is the same one. */
function heldRows(reader: XidReader, work: FenceWork): (by: bigint | undefined) => Promise<void> {
  const { invocation } = work;
  let held: { readonly by: bigint; readonly since: number } | undefined;
  return async (by) => {
    if (held?.by !== by) held = by === undefined ? undefined : { by, since: invocation.now() };
    if (held !== undefined) await tellHeld(invocation.now() - held.since, reader.describe, work);
  };
}

type Place = Required<Pick<Position, 'xid' | 'incrementing'>>;

function placeOf(row: Row, { idIndex }: XidPage): Place {
  return { xid: BigInt(row.at(-1) ?? ''), incrementing: idOf(row, idIndex) };
}

function isBetween(place: Place, after: Position, last: Position): boolean {
  return isBehind(place, after) && !isBehind(place, last);
}

function isBehind({ xid, incrementing }: Place, place: Position): boolean {
  if (place.xid === undefined || xid !== place.xid) return place.xid === undefined || xid > place.xid;
  return place.incrementing === undefined || incrementing > place.incrementing;
}

function otherCluster(table: string, { system, xid }: Position, found: string | undefined): ConnectlessError {
  return new ConnectlessError(
    'XID_HORIZON_VOID',
    `Table ${table} was read up to transaction ${xid} of the Postgres cluster with system identifier ${system ?? 'unknown'}; this is cluster ${found ?? 'unknown'}, or it was restored to an earlier time: transaction ids ` +
      'begin anew there, and rows would be passed over. Read the table from its first row with connectless offsets reset, or name the last transaction that was read with connectless offsets set.',
  );
}
