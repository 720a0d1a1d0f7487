// A table made up for one schedule: transactions that insert, update and delete, and commit, roll back or are prepared in any order.
import type { Holder } from '../../../src/source/fence-rule';
import type { Column } from '../../../src/source/record/column';
import type { Random } from '../random';
import type { VirtualClock } from '../virtual-clock';
import type { SourceProfile } from './profile';
import { ADDED, COLUMNS, type Version } from './rows';

/** A transaction that has not ended. */
export interface OpenTransaction {
  /** Its begin, microseconds; it shows in pg_stat_activity from `shownAt` on, ms. */
  readonly begin: bigint;
  readonly shownAt: number;
  /** From its first write on. */
  xid?: bigint;
  /** From when it has locked the sequence or the table on. */
  holder?: Holder;
  isPrepared: boolean;
  readonly writes: Write[];
}

type Write = { readonly kind: 'put'; readonly version: Version } | { readonly kind: 'delete'; readonly row: number };

export interface Database {
  /** The last id that was drawn, as the sequence has it. */
  readonly sequence: bigint;
  /** Committed rows by their number. */
  readonly rows: ReadonlyMap<number, Version>;
  readonly open: ReadonlySet<OpenTransaction>;
  readonly nextXid: bigint;
  readonly columns: readonly Column[];
  /** Every version that was ever committed, by its text, and when, epoch milliseconds. */
  readonly committed: ReadonlyMap<string, { readonly version: Version; readonly at: number }>;
  /** Rows whose id another row may have had, or that is below one that the sequence had: nobody promises to find them by id. */
  readonly unpromised: ReadonlySet<number>;
  /** The database's clock: never the same twice. */
  now(): bigint;
  /** All transactions, to their end. */
  write(): Promise<void>;
}

interface Writing extends Database {
  sequence: bigint;
  nextXid: bigint;
  columns: readonly Column[];
  readonly rows: Map<number, Version>;
  readonly open: Set<OpenTransaction>;
  readonly committed: Map<string, { readonly version: Version; readonly at: number }>;
  readonly unpromised: Set<number>;
  /** That the sequence has had. */
  highest: bigint;
  readonly idsAhead: Set<bigint>;
  transactions: number;
  lastRow: number;
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly profile: SourceProfile;
}

export function database(random: Random, clock: VirtualClock, profile: SourceProfile): Database {
  const first = random.pick([0n, 0n, -3n, 9_007_199_254_740_990n]);
  let lastMicros = 0n;
  const db: Writing = {
    sequence: first,
    highest: first,
    idsAhead: new Set(),
    nextXid: 700n,
    columns: COLUMNS,
    rows: new Map(),
    open: new Set(),
    committed: new Map(),
    unpromised: new Set(),
    transactions: 0,
    lastRow: 0,
    random,
    clock,
    profile,
    now: () => {
      const micros = BigInt(clock.now()) * 1000n;
      lastMicros = micros > lastMicros ? micros : lastMicros + 1n;
      return lastMicros;
    },
    write: () => write(db),
  };
  return db;
}

async function write(db: Writing): Promise<void> {
  const { random, clock, profile } = db;
  const writers = Array.from({ length: 4 }, async () => {
    for (let left = Math.ceil(profile.transactions / 4); left > 0; left -= 1) {
      await transaction(db, random.pick([0, 5, 300]));
      if (profile.isSetBack && random.chance(0.1)) db.sequence -= BigInt(random.integer(1, 6));
      if (profile.isAltered && random.chance(0.05)) db.columns = [...COLUMNS, ADDED];
      await clock.sleep(random.integer(0, profile.restMs));
    }
  });
  await Promise.all(writers);
}

async function transaction(db: Writing, longest: number): Promise<void> {
  const { random, clock } = db;
  db.transactions += 1;
  const number = db.transactions;
  const begin = db.now();
  const one: OpenTransaction = {
    begin,
    shownAt: clock.now() + random.pick([0, 0, 0, 2, 100, 450]),
    isPrepared: false,
    writes: [],
  };
  db.open.add(one);
  await clock.sleep(random.integer(0, longest));
  for (let count = random.integer(1, 4); count > 0; count -= 1) {
    one.holder ??= { pid: 1000 + number, virtualTransaction: `${number % 5}/${number}` };
    if (db.profile.changes && random.chance(0.3)) change(db, one);
    else await insert(db, one, longest);
    await clock.sleep(random.integer(0, longest));
  }
  if (random.chance(0.1)) await prepare(db, one, number, longest);
  if (random.chance(0.85)) commit(db, one);
  db.open.delete(one);
}

async function prepare({ random, clock }: Writing, one: OpenTransaction, number: number, longest: number) {
  one.isPrepared = true;
  // Before Postgres 14 it goes on under another name.
  one.holder = { pid: undefined, virtualTransaction: random.pick([`-1/${number}`, `${number % 5}/${number}`]) };
  await clock.sleep(random.integer(0, longest));
}

/** The id is drawn a while before the rows are written; one that is there already fails where ids are unique. */
async function insert(db: Writing, one: OpenTransaction, longest: number): Promise<void> {
  const { random, clock, profile } = db;
  const isAhead = profile.hasIdsAhead && random.chance(0.15);
  if (!isAhead) db.sequence += 1n;
  const id = isAhead ? db.sequence + BigInt(random.integer(5, 40)) : db.sequence;
  const isPromised = id > db.highest && !db.idsAhead.has(id);
  if (isAhead) db.idsAhead.add(id);
  if (!isAhead && isPromised) db.highest = id;
  if (random.chance(0.3)) await clock.sleep(random.integer(0, longest));
  if (isTaken(db, id)) return;
  for (let count = profile.hasSharedIds ? random.integer(1, 3) : 1; count > 0; count -= 1) {
    db.lastRow += 1;
    if (!isPromised) db.unpromised.add(db.lastRow);
    one.writes.push({ kind: 'put', version: version(db, one, db.lastRow, id) });
  }
}

function isTaken({ rows, open }: Writing, id: bigint): boolean {
  const inHand = [...open].flatMap(({ writes }) =>
    writes.flatMap((write) => (write.kind === 'put' ? [write.version] : [])),
  );
  return [...rows.values(), ...inHand].some((version) => version.id === id);
}

function version(db: Writing, one: OpenTransaction, row: number, id: bigint): Version {
  const { random, profile } = db;
  if (one.xid === undefined) {
    one.xid = db.nextXid;
    db.nextXid += 1n;
  }
  const time = random.chance(0.5) ? one.begin : db.now();
  const same = { row, time, xid: one.xid };
  if (profile.hasTwins) return { ...same, key: 0, text: random.pick(['twin', 'other']), id: 0n };
  return { ...same, key: row, text: `${row}.${one.xid}.${one.writes.length}`, id };
}

/** Updates or deletes a row that nobody else has in hand. */
function change(db: Writing, one: OpenTransaction): void {
  const inHand = new Set([...db.open].flatMap(({ writes }) => writes.map(rowIn)));
  const free = [...db.rows.values()].filter(({ row }) => !inHand.has(row));
  const found = free[db.random.integer(0, free.length - 1)];
  if (found === undefined) return;
  if (db.random.chance(0.3)) one.writes.push({ kind: 'delete', row: found.row });
  else one.writes.push({ kind: 'put', version: version(db, one, found.row, found.id) });
}

function rowIn(write: Write): number {
  return write.kind === 'put' ? write.version.row : write.row;
}

function commit(db: Writing, { writes }: OpenTransaction): void {
  for (const write of writes) {
    if (write.kind === 'delete') db.rows.delete(write.row);
    else {
      db.rows.set(write.version.row, write.version);
      db.committed.set(write.version.text, { version: write.version, at: db.clock.now() });
    }
  }
}
