// Holds what landed on a topic against what is in its table: what each mode promises.
import type { SourceMode } from '../../../src/config/source-model';
import { type Seen, seenIn, type Version } from './rows';
import type { Landed } from './topic';
import type { SourceWorld, TableWorld } from './world';

interface Record {
  readonly seen: Seen;
  readonly topic: number;
  readonly partition: number;
}

/** What is to come once: a row where rows are read by their ids, else a version of a row. Twins have one in common. */
export function identity({ text, key }: Pick<Seen, 'text' | 'key'>, mode: SourceMode): string {
  return mode === 'incrementing' ? `row ${key}` : text;
}

/** Sentences; none: every promise is kept. */
export function faultsOf(world: SourceWorld): string[] {
  const { metrics, tables, unexpected } = world;
  const landed = tables.reduce((sum, { topic }) => sum + recordsOf(topic.history).length, 0);
  return [
    ...unexpected.map((error) => `stops without a reason: ${error}`),
    ...tables.flatMap((table) => tableFaults(world, table).map((fault) => `${table.name}: ${fault}`)),
    ...(metrics.counted > landed ? [`${metrics.counted} rows are counted, ${landed} landed`] : []),
    ...metrics.tooFresh,
  ];
}

function tableFaults(world: SourceWorld, table: TableWorld): string[] {
  const { mode } = world.profile;
  const records = recordsOf(table.topic.history);
  const promised = mode === 'bulk' ? [] : promisedRows(world, table);
  const most = mode === 'bulk' ? copiesOf(table) : mostOf(world, table);
  return [
    ...lost(promised, records, mode),
    ...doubled(most, records, mode, table),
    ...(mode === 'bulk' ? copyFaults(table, records) : []),
    ...(isOrdered(world) ? disordered(world, table) : []),
  ];
}

function recordsOf(history: readonly (Landed | 'cured')[]): Record[] {
  return history.flatMap((one) => {
    if (one === 'cured' || one.record.value === null) return [];
    return [{ seen: seenIn(one.record.value), topic: one.topic, partition: one.record.partition }];
  });
}

/** Those that are there at the end. */
function promisedRows({ profile }: SourceWorld, { db }: TableWorld): string[] {
  return [...db.rows.values()]
    .filter(({ row }) => profile.mode !== 'incrementing' || !db.unpromised.has(row))
    .map((version) => identity(version, profile.mode));
}

/** How often each may come into one topic: every version that was ever committed, once; and rows with all of their versions, once. */
function mostOf({ profile }: SourceWorld, { db }: TableWorld): Map<string, number> {
  if (profile.hasTwins) return counted([...db.rows.values()].map(({ text }) => text));
  return new Map([...db.committed.values()].map(({ version }) => [identity(version, profile.mode), 1]));
}

function copiesOf({ copies }: TableWorld): Map<string, number> {
  return counted(copies.flatMap((rows, copy) => rows.map(({ text }) => `${copy}/${text}`)));
}

function lost(promised: readonly string[], records: readonly Record[], mode: SourceMode): string[] {
  const seen = counted(records.map((record) => identity(record.seen, mode)));
  return [...counted(promised)]
    .filter(([one, count]) => (seen.get(one) ?? 0) < count)
    .map(([one, count]) => `lost ${one}: ${seen.get(one) ?? 0} of ${count}`);
}

function doubled(
  most: ReadonlyMap<string, number>,
  records: readonly Record[],
  mode: SourceMode,
  { mayComeAgain }: TableWorld,
) {
  const topics = [...new Set(records.map(({ topic }) => topic))];
  return topics.flatMap((topic) => {
    const seen = counted(
      records.filter((record) => record.topic === topic).map((record) => identity(record.seen, mode)),
    );
    return [...seen]
      .filter(([one, count]) => count > (most.get(one) ?? 0) + (mayComeAgain.get(one) ?? 0))
      .map(([one, count]) => `doubled ${one}: ${count} of ${most.get(one) ?? 0}`);
  });
}

/** Each copy that the cursor has is whole; the last one has what is in the table. */
function copyFaults({ copies, copied, db }: TableWorld, records: readonly Record[]): string[] {
  const seen = counted(records.map((record) => record.seen.text));
  const isWhole = (rows: readonly Version[], copy: number) =>
    [...counted(rows.map(({ text }) => `${copy}/${text}`))].every(([one, count]) => (seen.get(one) ?? 0) >= count);
  const whole = copies.filter((rows, copy) => rows.length > 0 && isWhole(rows, copy));
  const concluded = [...copied].filter((at) => at !== undefined).length;
  const final = texts([...db.rows.values()]);
  return [
    ...(whole.length < concluded ? [`${concluded} copies are said to be whole, ${whole.length} are`] : []),
    ...(db.rows.size > 0 && !whole.some((rows) => texts(rows) === final) ? ['lost: no copy has the last rows'] : []),
  ];
}

function texts(rows: readonly Version[]): string {
  return rows
    .map(({ text }) => text)
    .sort()
    .join(' ');
}

function isOrdered({ profile }: SourceWorld): boolean {
  return !profile.hasTwins && !profile.hasIdsAhead && !profile.isSetBack;
}

/** In each partition of each topic, between two cures. */
function disordered({ profile }: SourceWorld, table: TableWorld): string[] {
  const last = new Map<string, readonly bigint[]>();
  const faults: string[] = [];
  for (const one of table.topic.history) {
    if (one === 'cured') last.clear();
    const [record] = recordsOf([one]);
    if (record === undefined) continue;
    const place = placeOf(record.seen, table, profile.mode);
    const partition = `partition ${record.partition} of topic ${record.topic}`;
    const before = last.get(partition);
    if (before !== undefined && isBefore(place, before))
      faults.push(`out of order ${record.seen.text} in ${partition}`);
    last.set(partition, place);
  }
  return faults;
}

/** By what the mode orders. */
function placeOf({ text, id }: Seen, { db, copies }: TableWorld, mode: SourceMode): readonly bigint[] {
  if (mode === 'incrementing') return [id];
  if (mode === 'bulk') {
    const [copy = '', row] = text.split('/');
    return [BigInt(copy), BigInt((copies[Number(copy)] ?? []).findIndex((version) => version.text === row))];
  }
  const { time = 0n, xid = 0n } = db.committed.get(text)?.version ?? {};
  if (mode === 'xid8') return [xid, id];
  return mode === 'timestamp' ? [time] : [time, id];
}

function isBefore(a: readonly bigint[], b: readonly bigint[]): boolean {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0n) < (b[at] ?? 0n);
}

function counted(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
