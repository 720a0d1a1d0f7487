// What a poller made of a table: rows that are missing, there twice, or out of order.
import type { Client } from 'pg';
import { readLong } from '../../../src/avro/varint';
import { WIRE_HEADER_BYTES } from '../../../src/avro/wire';
import type { TopicLog } from '../../../src/kafka/topic-log';
import type { SourceModeName } from './pollers';

/** One row as a record has it; `stamp` in milliseconds. */
interface Sighting {
  readonly id: bigint;
  readonly version: bigint;
  readonly stamp: bigint;
}

/** A row as it is in the end. */
interface FinalRow extends Sighting {
  readonly tx: bigint;
}

export interface Verdict {
  readonly rows: number;
  readonly lost: number;
  readonly double: number;
  /** Records that stand behind one that belongs behind them, in their partition. */
  readonly disordered: number;
}

export function add(a: Verdict, b: Verdict): Verdict {
  return {
    rows: a.rows + b.rows,
    lost: a.lost + b.lost,
    double: a.double + b.double,
    disordered: a.disordered + b.disordered,
  };
}

export async function finalRows(client: Client, table: string): Promise<FinalRow[]> {
  const stamp = 'floor(extract(epoch FROM stamp) * 1000)::int8';
  const answer = await client.query<Record<keyof FinalRow, string>>(
    `SELECT id, version, ${stamp} AS stamp, tx FROM ${table}`,
  );
  return answer.rows.map(({ id, version, stamp: at, tx }) => ({
    id: BigInt(id),
    version: BigInt(version),
    stamp: BigInt(at),
    tx: BigInt(tx),
  }));
}

/** The topic's records by partition: id, version and stamp are the first fields, and none is null. */
export async function sightings(log: TopicLog, topic: string): Promise<Sighting[][]> {
  const ends = await log.ends(topic);
  const found: Sighting[][] = ends.map(() => []);
  const from = ends.map(() => 0);
  for await (const { partition, value } of log.read(topic, from, ends)) {
    if (value === null) throw new Error(`${topic} has a record without a value`);
    const [id, version, stamp] = longs(value, WIRE_HEADER_BYTES, 3);
    if (id === undefined || version === undefined || stamp === undefined) throw new Error(`${topic}: no row`);
    found[partition]?.push({ id, version, stamp });
  }
  return found;
}

function longs(bytes: Uint8Array, start: number, count: number): bigint[] {
  const found: bigint[] = [];
  for (let position = start; found.length < count; ) {
    const long = readLong(bytes, position);
    if (long === undefined) break;
    found.push(long.value);
    position = long.end;
  }
  return found;
}

/** In the timestamp modes each row's last version counts, in the others the row. */
export function judge(mode: SourceModeName, rows: readonly FinalRow[], partitions: readonly Sighting[][]): Verdict {
  const isVersioned = mode === 'timestamp' || mode === 'timestamp+incrementing';
  const key = ({ id, version }: Sighting) => (isVersioned ? `${id} version ${version}` : String(id));
  const seen = partitions.flat().map(key);
  const there = new Set(seen);
  const tx = new Map(rows.map((row) => [row.id, row.tx]));
  return {
    rows: rows.length,
    lost: rows.filter((row) => !there.has(key(row))).length,
    double: seen.length - there.size,
    disordered: partitions.map((its) => countDisorder(its, rankOf(mode, tx))).reduce((a, b) => a + b, 0),
  };
}

type Rank = (row: Sighting) => readonly bigint[];

/** By what the mode's queries order their rows; a record's stamp has milliseconds alone, so the id says nothing below it. */
function rankOf(mode: SourceModeName, tx: ReadonlyMap<bigint, bigint>): Rank {
  if (mode === 'fence') return ({ id }) => [id];
  if (mode === 'xid8') return ({ id }) => [tx.get(id) ?? 0n, id];
  return ({ stamp }) => [stamp];
}

function countDisorder(rows: readonly Sighting[], rank: Rank): number {
  return rows.filter((row, index) => {
    const before = rows[index - 1];
    return before !== undefined && isBelow(rank(row), rank(before));
  }).length;
}

function isBelow(a: readonly bigint[], b: readonly bigint[]): boolean {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && (a[index] ?? 0n) < (b[index] ?? 0n);
}

/** Of a poller that has ids alone. */
export function judgeIds(rows: readonly FinalRow[], ids: readonly string[]): Verdict {
  const there = new Set(ids);
  const lost = rows.filter(({ id }) => !there.has(String(id))).length;
  return { rows: rows.length, lost, double: ids.length - there.size, disordered: 0 };
}
