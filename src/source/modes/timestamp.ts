// mode=timestamp and timestamp+incrementing: rows with a later timestamp, up to the begin of the oldest open transaction.
import type { Holder } from '../fence-rule';
import { type Fence, type FenceWork, holdersEnded, tellHeld } from '../fence-wait';
import type { Look, Mode, Page } from '../mode';
import type { Position } from '../position';
import type { Column } from '../record/column';
import { idOf, type Row } from '../table';

/** All microseconds, on the clock of the table's timestamp columns. */
export interface ClockReading {
  /** The database's clock. */
  readonly now: bigint;
  /** When the oldest open transaction of the database began: it may still write a row of that time. Undefined: none is open. */
  readonly oldest: bigint | undefined;
  /** A time as the columns keep it, or an earlier one; a later time never makes it less. Absent: they keep each microsecond. */
  readonly rounded?: (time: bigint) => bigint;
  /** Of the rows behind the position and before `now`; undefined: there are none. */
  readonly rows: { readonly first: bigint; readonly last: bigint } | undefined;
  /** Prepared transactions that have written to the table: when they began, nobody knows. */
  readonly prepared: readonly Holder[];
}

/** The database's side of these modes. */
export interface TimestampReader {
  columns(): Promise<readonly Column[]>;
  /** An instant, epoch milliseconds, on the clock of the columns in microseconds. */
  micros(instant: number | 'now'): Promise<bigint>;
  /** One round trip. The prepared transactions are noted after the open ones are. */
  clock(after: Position): Promise<ClockReading>;
  /** Who holds rows back: transactions that began by `oldest`, and these prepared ones. */
  describe(oldest: bigint | undefined, prepared: readonly Holder[]): Promise<readonly string[]>;
  /** Rows behind `after` and before `end`, by timestamp and id or primary key: at most a page of them and those equal to the last one. */
  page(after: Position, end: bigint): Promise<TimestampPage>;
}

/** Behind the columns' values stand those of the primary key, and the row's timestamp in microseconds. */
interface TimestampPage {
  readonly columns: readonly Column[];
  /** Absent in mode=timestamp. */
  readonly idIndex?: number;
  /** Columns of the primary key that rows of one timestamp are in the order of. */
  readonly keys?: number;
  readonly rows: readonly Row[];
  readonly more: boolean;
}

export interface TimestampWork extends FenceWork {
  /** `timestamp.delay.interval.ms` */
  readonly delayMs: number;
  /** `timestamp.initial`, epoch milliseconds */
  readonly timestampInitial?: number | 'now';
  /** `incrementing.initial` */
  readonly incrementingInitial?: bigint;
}

/**
 * A backend takes its transaction's time a few instructions before it shows that it has one, and may have to wait for its
 * processor between them: a time younger than this is not final.
 */
const UNSEEN_MS = 500;
const MICROS = 1000n;

export function timestampMode(reader: TimestampReader, work: TimestampWork): Mode {
  const { timestampInitial, incrementingInitial: incrementing } = work;
  const begin = async (instant: number | 'now'): Promise<Position> => {
    const timestamp = await reader.micros(instant);
    return incrementing === undefined ? { timestamp } : { timestamp, incrementing };
  };

  const heldBy = ({ now, oldest = now, prepared }: ClockReading) =>
    tellHeld(Number((now - oldest) / MICROS), () => reader.describe(oldest, prepared), work);

  const whenFinal = async (reading: ClockReading): Promise<Look> => {
    const { rows } = reading;
    if (rows === undefined) return 'idle';
    const end = finalBefore(reading, work.delayMs);
    const endAlone = finalBefore({ ...reading, oldest: undefined }, work.delayMs);
    if (end < endAlone && rows.last >= end && rows.first < endAlone) await heldBy(reading);
    return rows.first < end ? { through: { timestamp: end }, isAll: rows.last < end } : 'held';
  };

  return {
    table: work.table,
    columns: reader.columns,
    mayRepeat: true,
    ...(timestampInitial === undefined ? {} : { begin: () => begin(timestampInitial) }),
    look: async (after) => {
      const reading = await reader.clock(after);
      const fence: Fence = {
        holders: async () => (await reader.clock(after)).prepared,
        describe: (holders) => reader.describe(undefined, holders),
      };
      const prepared = reading.rows === undefined ? [] : reading.prepared;
      return (await holdersEnded(fence, prepared, work)) ? whenFinal(reading) : 'held';
    },
    page: async (after, { timestamp: end = 0n }) => pageOf(await reader.page(after, end), after),
  };
}

/**
 * The first time that is not final: every row before it is there, or will never be. The delay is for clocks that are behind the
 * database's, and so comes off a transaction's begin, too.
 */
export function finalBefore(
  { now, oldest, rounded = (time) => time }: Pick<ClockReading, 'now' | 'oldest' | 'rounded'>,
  delayMs: number,
): bigint {
  const settled = now - MICROS * BigInt(UNSEEN_MS);
  const begun = oldest !== undefined && oldest < settled ? oldest : settled;
  return rounded(begun - MICROS * BigInt(delayMs));
}

function pageOf({ columns, idIndex, keys = 0, rows, more }: TimestampPage, after: Position): Page {
  const row = rows.at(-1);
  const base = { columns, rows, isLast: !more };
  if (row === undefined) return { ...base, last: after };
  const timestamp = BigInt(row.at(-1) ?? '');
  const tie = row.slice(row.length - 1 - keys, -1).map((key) => key ?? '');
  if (idIndex === undefined) return { ...base, last: more && keys > 0 ? { timestamp, tie } : { timestamp } };
  return { ...base, idIndex, last: { timestamp, incrementing: idOf(row, idIndex) } };
}
