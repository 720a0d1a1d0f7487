// mode=incrementing: rows with larger ids, up to the last id whose transaction has ended.
import { decide, type FenceReading, type Holder } from '../fence-rule';
import { type Fence, type FenceWork, holdersEnded } from '../fence-wait';
import type { Mode, Page } from '../mode';
import type { Column } from '../record/column';
import { idOf, type Row } from '../table';
import { incrementingWarnings } from '../warnings';

/** The database's side of this mode. */
export interface IncrementingReader {
  columns(): Promise<readonly Column[]>;
  fence(): Promise<FenceReading>;
  describe(holders: readonly Holder[]): Promise<readonly string[]>;
  /** Rows with `after < id <= through` by id, at most a page of them and those with the last one's id. */
  page(after: bigint | undefined, through: bigint): Promise<IdPage>;
  /** The rows with these ids that are still there. */
  rows(ids: readonly bigint[]): Promise<IdPage>;
  /** An id in the table that its sequence has not reached. */
  beyondSequence(): Promise<bigint | undefined>;
}

/** Rows by id, ascending. */
export interface IdPage {
  readonly columns: readonly Column[];
  readonly idIndex: number;
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** @param initial `incrementing.initial`: without a position, rows with larger ids are read. */
export function incrementingMode(reader: IncrementingReader, work: FenceWork, initial?: bigint): Mode {
  const warn = incrementingWarnings(reader, work);
  const fence: Fence = { holders: async () => (await reader.fence()).holders, describe: reader.describe };
  const pageOf = (page: IdPage, through?: bigint): Page => {
    const last = page.rows.at(-1);
    const id = last && idOf(last, page.idIndex);
    const isLast = !page.more || (id !== undefined && through !== undefined && id >= through);
    return { ...page, last: id === undefined ? {} : { incrementing: id }, isLast };
  };

  return {
    table: work.table,
    columns: reader.columns,
    look: async ({ incrementing = initial }, drained) => {
      const reading = await reader.fence();
      if (reading.from === 'table') warn.noSequence();
      const decision = decide(reading, incrementing, drained?.incrementing);
      if (decision.kind === 'idle') await warn.beyondSequence();
      if (decision.kind === 'set-back') warn.setBack(decision.top, incrementing);
      if (decision.kind === 'idle' || decision.kind === 'set-back') return 'idle';
      const holders = decision.kind === 'wait' ? decision.holders : [];
      const final = { through: { incrementing: decision.through }, isAll: true };
      return (await holdersEnded(fence, holders, work)) ? final : 'held';
    },
    page: async ({ incrementing = initial }, { incrementing: through = 0n }) =>
      pageOf(await reader.page(incrementing, through), through),
    rows: async (ids) => pageOf(await reader.rows(ids)),
  };
}
