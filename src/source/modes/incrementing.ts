// mode=incrementing: rows with larger ids, up to the last id whose transaction has ended.
import { ConnectlessError } from '../../errors';
import { above, type IdRun, isIn, skip, withIds } from '../ahead';
import { decide, type FenceReading, type Holder } from '../fence-rule';
import { type Fence, type FenceWork, holdersEnded } from '../fence-wait';
import type { Look, Mode, Page } from '../mode';
import type { Position } from '../position';
import type { Column } from '../record/column';
import { idOf, type Row } from '../table';

/** The database's side of this mode. */
export interface IncrementingReader {
  columns(): Promise<readonly Column[]>;
  fence(): Promise<FenceReading>;
  describe(holders: readonly Holder[]): Promise<readonly string[]>;
  /** Rows with `after < id <= through` by id, at most a page of them and those with the last one's id. */
  page(after: bigint | undefined, through: bigint): Promise<IdPage>;
  /** The rows with these ids that are still there. */
  rows(ids: readonly bigint[]): Promise<IdPage>;
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
  const fence: Fence = { holders: async () => (await reader.fence()).holders, describe: reader.describe };
  const lookAhead = aheadOfSequence(work);

  return {
    table: work.table,
    columns: reader.columns,
    look: async (position, drained) => {
      const { incrementing = initial } = position;
      const reading = await reader.fence();
      const decision = decide(reading, incrementing, drained?.incrementing);
      if (decision.kind === 'set-back') tellSetBack(work, decision.top, incrementing);
      if (decision.kind === 'idle' || decision.kind === 'set-back') return lookAhead(reading, incrementing);
      const holders = decision.kind === 'wait' ? decision.holders : [];
      const final = { through: { incrementing: decision.through }, isAll: true };
      return (await holdersEnded(fence, holders, work)) ? final : 'held';
    },
    page: async (after, through) => {
      const start = through.ahead === undefined ? (after.incrementing ?? initial) : through.incrementing;
      const page = await unreadPage(reader, start, after, through);
      checkAhead(page.last, work.table);
      return page;
    },
    rows: async (ids) => pageOf(await reader.rows(ids), {}),
  };
}

function tellSetBack({ table, report }: FenceWork, top: bigint, position: bigint | undefined): void {
  report.warn(
    'The sequence was set back below the cursor (TRUNCATE … RESTART IDENTITY, setval, or a table made anew): its rows are not read until it passes the cursor. To read the table from its first row: connectless offsets reset.',
    { table, sequence: String(top), cursor: String(position) },
  );
}

const LOOK_EVERY_MS = 60_000;

/**
 * Whether there are rows with ids that the sequence has not reached, inserted with ids of their own. Moving the cursor to
 * them would pass over ids that are still to be drawn: they are read beside it.
 */
function aheadOfSequence({ invocation }: FenceWork): (reading: FenceReading, position: bigint | undefined) => Look {
  let seen: { readonly highest: bigint; readonly until: number } | undefined;
  return ({ top, highest }, position) => {
    if (top === undefined || highest === undefined) return 'idle';
    // Below a cursor that the sequence was set back behind, all has been read.
    const from = position === undefined || position < top ? top : position;
    if (highest <= from) return 'idle';
    if (seen?.highest === highest && invocation.now() < seen.until) return 'idle';
    seen = { highest, until: invocation.now() + LOOK_EVERY_MS };
    return { through: { incrementing: from, ahead: [[from + 1n, highest]] }, isAll: true };
  };
}

/** The next page of rows behind `start` that have not been read ahead. */
async function unreadPage(
  reader: IncrementingReader,
  start: bigint | undefined,
  after: Position,
  { incrementing: top = 0n, ahead: wanted }: Position,
): Promise<Page> {
  const { ahead = [] } = after;
  const end = wanted?.at(-1)?.[1] ?? top;
  let from = start;
  for (;;) {
    const page = await reader.page(skip(ahead, from), end);
    const last = page.rows.at(-1);
    if (last === undefined) return pageOf(page, after);
    from = idOf(last, page.idIndex);
    const rows = ahead.length === 0 ? page.rows : page.rows.filter((row) => !isIn(ahead, idOf(row, page.idIndex)));
    const isLast = !page.more || from >= end;
    if (rows.length === 0 && !isLast) continue;
    const ids = wanted === undefined ? [] : rows.map((row) => idOf(row, page.idIndex));
    const position = wanted === undefined ? reached(from, ahead) : { ...after, ahead: withIds(ahead, ids) };
    return { ...pageOf({ ...page, rows }, position), isLast };
  }
}

function reached(incrementing: bigint, ahead: readonly IdRun[]): Position {
  const rest = above(ahead, incrementing);
  return rest.length === 0 ? { incrementing } : { incrementing, ahead: rest };
}

function pageOf({ columns, idIndex, rows, more }: IdPage, last: Position): Page {
  return { columns, idIndex, rows, last, isLast: !more };
}

/** They stand in every cursor that is written. */
const MOST_RUNS = 1000;

function checkAhead({ ahead = [] }: Position, table: string): void {
  if (ahead.length <= MOST_RUNS) return;
  throw new ConnectlessError(
    'IDS_AHEAD_OF_SEQUENCE',
    `Table ${table} has rows in more than ${MOST_RUNS} places with ids that its sequence has not reached (they were inserted with ids of their own): let the sequence go on behind the largest of them with setval.`,
  );
}
