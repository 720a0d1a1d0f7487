// A made-up table as each mode's reader sees it; every query is a step of its own.
import type { FenceReading } from '../../../src/source/fence-rule';
import type { BulkReader } from '../../../src/source/modes/bulk';
import type { IncrementingReader } from '../../../src/source/modes/incrementing';
import type { ClockReading, TimestampReader } from '../../../src/source/modes/timestamp';
import type { XidReader } from '../../../src/source/modes/xid8';
import type { Position } from '../../../src/source/position';
import type { Row } from '../../../src/source/table';
import type { Random } from '../random';
import type { VirtualClock } from '../virtual-clock';
import type { Database } from './database';
import { ID_INDEX, rowOf, type Version } from './rows';

/** What a reader stands on. */
export interface Reading {
  readonly db: Database;
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly pageRows: number;
  /** Before every query: time passes, and it may fail. */
  step(label: string): Promise<void>;
}

type Order = readonly (readonly bigint[])[];

export function incrementingReader(reading: Reading): IncrementingReader {
  const { db, step, clock, random } = reading;
  const pageOf = (found: Found) => ({ ...found, idIndex: ID_INDEX });
  return {
    columns: async () => db.columns,
    fence: async (): Promise<FenceReading> => {
      await step('fence');
      const highest = [...db.rows.values()]
        .map(({ id }) => id)
        .sort(ascending)
        .at(-1);
      const top = db.sequence;
      // The statements run one after the other.
      await clock.sleep(random.integer(0, 3));
      const holders = [...db.open].flatMap(({ holder }) => (holder === undefined ? [] : [holder]));
      return { top, from: 'sequence', holders, ...(highest === undefined ? {} : { highest }) };
    },
    describe: async () => [],
    page: async (after, through) => {
      await step(`page behind ${after} to ${through}`);
      const isIn = ({ id }: Version) => (after === undefined || id > after) && id <= through;
      return pageOf(firstRows(reading, isIn, ({ id }) => [id]));
    },
    rows: async (ids) => {
      await step(`rows ${ids}`);
      return pageOf(allRows(reading, ({ id }) => ids.includes(id)));
    },
  };
}

export function xidReader(reading: Reading): XidReader {
  const { db, step } = reading;
  const withXid = (found: Found) => ({ ...found, idIndex: ID_INDEX, rows: beside(found, ({ xid }) => xid) });
  const oldestOpen = () =>
    [...db.open].reduce((least, one) => (one.xid !== undefined && one.xid < least ? one.xid : least), db.nextXid);
  return {
    columns: async () => db.columns,
    horizon: async ({ xid, incrementing }) => {
      await step('horizon');
      const behind = [...db.rows.values()].filter((row) => isBehind([row.xid, row.id], [xid, incrementing]));
      const xids = behind.map((row) => row.xid).sort(ascending);
      const [first, last] = [xids[0], xids.at(-1)];
      return { open: oldestOpen(), rows: first === undefined || last === undefined ? undefined : { first, last } };
    },
    describe: async () => [],
    cluster: async () => {
      await step('cluster');
      return { system: 'one', next: db.nextXid };
    },
    page: async ({ xid, incrementing }) => {
      await step(`page behind ${xid}, ${incrementing}`);
      const horizon = oldestOpen();
      const isIn = (row: Version) => isBehind([row.xid, row.id], [xid, incrementing]) && row.xid < horizon;
      return withXid(firstRows(reading, isIn, (row) => [row.xid, row.id]));
    },
    rows: async (ids) => {
      await step(`rows ${ids}`);
      return withXid(allRows(reading, ({ id }) => ids.includes(id)));
    },
  };
}

/** @param withId mode=timestamp+incrementing */
export function timestampReader(reading: Reading, withId: boolean): TimestampReader {
  const { db, step, clock, random } = reading;
  const order = (row: Version) => (withId ? [row.time, row.id] : [row.time]);
  const isNew = (row: Version, { timestamp, incrementing }: Position) =>
    isBehind(order(row), [timestamp, incrementing]);
  return {
    columns: async () => db.columns,
    micros: async (instant) => (instant === 'now' ? db.now() : BigInt(instant) * 1000n),
    clock: async (after): Promise<ClockReading> => {
      await step('clock');
      const snapshot = [...db.rows.values()].filter((row) => isNew(row, after));
      await clock.sleep(random.integer(0, 2));
      const oldest = openSince(db, clock.now());
      await clock.sleep(random.integer(0, 2));
      const now = db.now();
      const times = snapshot
        .map(({ time }) => time)
        .filter((time) => time < now)
        .sort(ascending);
      const [first, last] = [times[0], times.at(-1)];
      await clock.sleep(random.integer(0, 2));
      const prepared = [...db.open].flatMap(({ isPrepared, holder }) =>
        isPrepared && holder !== undefined ? [holder] : [],
      );
      return { now, oldest, rows: first === undefined || last === undefined ? undefined : { first, last }, prepared };
    },
    describe: async () => [],
    page: async (after, end) => {
      await step(`page behind ${after.timestamp} before ${end}`);
      const found = firstRows(reading, (row) => isNew(row, after) && row.time < end, order);
      const rows = beside(found, ({ time }) => time);
      return { ...found, rows, ...(withId ? { idIndex: ID_INDEX } : {}) };
    },
  };
}

function openSince({ open }: Database, now: number): bigint | undefined {
  return [...open]
    .filter(({ isPrepared, shownAt }) => !isPrepared && shownAt <= now)
    .map(({ begin }) => begin)
    .sort(ascending)[0];
}

/** @param begun notes a copy, and answers its number: each row of it tells of which copy it is. */
export function bulkReader(reading: Reading, begun: (rows: readonly Version[]) => number): BulkReader {
  const { db, step, pageRows } = reading;
  return {
    columns: async () => db.columns,
    copy: async function* () {
      await step('copy');
      const { columns } = db;
      const snapshot = [...db.rows.values()];
      const copy = begun(snapshot);
      for (let at = 0; at < snapshot.length; at += pageRows) {
        await step(`part of copy ${copy} from ${at}`);
        const part = snapshot.slice(at, at + pageRows).map((row) => ({ ...row, text: `${copy}/${row.text}` }));
        yield { columns, rows: part.map((row) => rowOf(row, columns)) };
      }
    },
  };
}

interface Found {
  readonly columns: Database['columns'];
  readonly rows: readonly Row[];
  readonly more: boolean;
  readonly versions: readonly Version[];
}

/** Equal ones in any order, as Postgres gives them. */
function sorted(
  { db, random }: Reading,
  isIn: (row: Version) => boolean,
  order: (row: Version) => readonly bigint[],
): Version[] {
  const found = [...db.rows.values()].filter(isIn).map((row) => ({ row, order: order(row), chance: random.next() }));
  return found.sort((a, b) => compared(a.order, b.order) || a.chance - b.chance).map(({ row }) => row);
}

/** FETCH FIRST … ROWS WITH TIES */
function firstRows(
  reading: Reading,
  isIn: (row: Version) => boolean,
  order: (row: Version) => readonly bigint[],
): Found {
  const { db, pageRows } = reading;
  const all = sorted(reading, isIn, order);
  const last = all[pageRows - 1];
  const versions = last === undefined ? all : all.filter((row) => compared(order(row), order(last)) <= 0);
  return {
    columns: db.columns,
    versions,
    rows: versions.map((row) => rowOf(row, db.columns)),
    more: versions.length >= pageRows,
  };
}

function allRows(reading: Reading, isIn: (row: Version) => boolean): Found {
  const { columns } = reading.db;
  const versions = sorted(reading, isIn, ({ id }) => [id]);
  return { columns, versions, rows: versions.map((row) => rowOf(row, columns)), more: false };
}

function beside({ rows, versions }: Found, value: (row: Version) => bigint): Row[] {
  return rows.map((row, index) => [...row, ...versions.slice(index, index + 1).map((one) => String(value(one)))]);
}

/** What is not known of the place is before everything. */
function isBehind(order: readonly bigint[], place: Order[number] | readonly (bigint | undefined)[]): boolean {
  const known = place.slice(0, order.length).filter((part) => part !== undefined);
  if (known.length === 0) return true;
  const difference = compared(order.slice(0, known.length), known);
  return difference > 0 || (difference === 0 && known.length < order.length);
}

function compared(a: readonly bigint[], b: readonly bigint[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : ascending(a[at] ?? 0n, b[at] ?? 0n);
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
