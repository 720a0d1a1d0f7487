// A way of finding a table's new rows: what every mode offers to the poll.
import type { ConnectlessError } from '../errors';
import type { Position } from './position';
import type { Column } from './record/column';
import type { Row } from './table';

export interface Page {
  readonly columns: readonly Column[];
  /** In the order in which they go to the topic; what stands behind the columns' values is the mode's own. */
  readonly rows: readonly Row[];
  /** Where in a row the incrementing column stands; absent: the mode has none. */
  readonly idIndex?: number;
  /** Behind the last row. */
  readonly last: Position;
  /** Nothing is behind it in the range. */
  readonly isLast: boolean;
}

/** The end of a range that is final: no row in it is still to come. */
interface Final {
  readonly through: Position;
  /** False: there are rows behind it that are not final yet. */
  readonly isAll: boolean;
}

/** `idle`: there is nothing new; `held`: what is new is not final yet. */
export type Look = Final | 'idle' | 'held';

export interface Mode {
  /** `schema.table`; `query` for a query. */
  readonly table: string;
  columns(): Promise<readonly Column[]>;
  /** Where a table without a position begins, when not at its first row; written down, as it may be a matter of when one asks. */
  readonly begin?: () => Promise<Position>;
  /**
   * Looks behind `position`; may wait for open transactions as long as the invocation lasts. `drained`: the end of the range that
   * was read last. Throws FENCE_TIMEOUT.
   */
  look(position: Position, drained: Position | undefined): Promise<Look>;
  /** Rows behind `after`, up to the end that `look` gave. */
  page(after: Position, through: Position): Promise<Page>;
  /**
   * Rows of a page behind `after` and up to `last`, by their ids, that are still there as they were; absent: rows of this mode cannot
   * be read again.
   */
  readonly rows?: (ids: readonly bigint[], after: Position, last: Position) => Promise<Page>;
  /**
   * A page may have rows that are equal to those of the page before it, or have their ids. To know which of them are in the topic one
   * must look behind that page, so that its records must be there before the topic's ends are read.
   */
  readonly mayRepeat?: boolean;
  /** The time was over before the end of the range, and the rest cannot be read later; absent: it can. */
  readonly unfinished?: () => ConnectlessError;
  /** Ends what a poll has left open in the database. */
  close?(): Promise<void>;
}
