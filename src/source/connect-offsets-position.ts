// One table's offset as Connect's JSON has it: `{"incrementing":2,"timestamp":1704067200123,"timestamp_nanos":123999000}`.
import type { Json, JsonObject } from '../avro/json-text';
import { ConnectlessError } from '../errors';
import type { IdRun } from './ahead';
import type { Position } from './position';

/** What Connect's JDBC source stores, and what our own modes need besides. */
const MEMBERS = ['timestamp_nanos', 'incrementing', 'timestamp', 'tie', 'ahead', 'xid', 'system', 'copied'];

/**
 * `timestamp` is in milliseconds; `timestamp_nanos` are the nanoseconds within its second, as java.sql.Timestamp has them, and
 * count in place of its milliseconds. Throws OFFSETS_INVALID. @param where `The offset of public.t`
 */
export function parsePosition(offset: JsonObject, where: string): Position {
  const unknown = [...offset.keys()].find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw invalidOffsets(`${where} has a member "${unknown}": those known are ${MEMBERS.join(', ')}.`);
  }
  const [incrementing, millis, nanos, xid, copied] = [
    'incrementing',
    'timestamp',
    'timestamp_nanos',
    'xid',
    'copied',
  ].map((name) => integer(offset.get(name), `${where}: ${name}`));
  const system = offset.get('system') ?? undefined;
  if (system !== undefined && typeof system !== 'string') throw invalidOffsets(`${where}: system is no string.`);
  const ahead = offset.get('ahead') ?? undefined;
  const tie = offset.get('tie') ?? undefined;
  return {
    ...(incrementing === undefined ? {} : { incrementing }),
    ...(ahead === undefined ? {} : { ahead: idRuns(ahead, where) }),
    ...(millis === undefined ? {} : { timestamp: micros(millis, nanos, where) }),
    ...(tie === undefined ? {} : { tie: texts(tie, where) }),
    ...(xid === undefined ? {} : { xid }),
    ...(system === undefined ? {} : { system }),
    ...(copied === undefined ? {} : { copied: Number(copied) }),
  };
}

/** Its members in Connect's order. */
export function positionJson({ timestamp, tie, incrementing, ahead, xid, system, copied }: Position): JsonObject {
  const members = new Map<string, Json>();
  if (timestamp !== undefined) members.set('timestamp_nanos', (timestamp - floor(timestamp, SECOND) * SECOND) * 1000n);
  if (incrementing !== undefined) members.set('incrementing', incrementing);
  if (timestamp !== undefined) members.set('timestamp', floor(timestamp, 1000n));
  if (tie !== undefined) members.set('tie', tie);
  if (ahead !== undefined) members.set('ahead', ahead);
  if (xid !== undefined) members.set('xid', xid);
  if (system !== undefined) members.set('system', system);
  if (copied !== undefined) members.set('copied', BigInt(copied));
  return members;
}

export function invalidOffsets(message: string, cause?: unknown): ConnectlessError {
  return new ConnectlessError('OFFSETS_INVALID', message, { cause });
}

const SECOND = 1_000_000n;

function micros(millis: bigint, nanos: bigint | undefined, where: string): bigint {
  if (nanos === undefined) return millis * 1000n;
  if (nanos >= 0n && nanos < 1_000_000_000n) return floor(millis, 1000n) * SECOND + nanos / 1000n;
  throw invalidOffsets(`${where}: timestamp_nanos is ${nanos}, but they are those within a second, 0 to 999999999.`);
}

function floor(value: bigint, unit: bigint): bigint {
  return (value - (((value % unit) + unit) % unit)) / unit;
}

function integer(value: Json | undefined, name: string): bigint | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'bigint') return value;
  throw invalidOffsets(`${name} is no whole number: write it without quotes, point and exponent.`);
}

/** `["7","a"]` */
function texts(values: Json, where: string): string[] {
  return (Array.isArray(values) ? values : [values]).map((value: Json) => {
    if (typeof value === 'string') return value;
    throw invalidOffsets(`${where}: tie is no list of a primary key's values as texts: write ["7"].`);
  });
}

/** `[[50,52],[60,60]]` */
function idRuns(runs: Json, where: string): IdRun[] {
  let before: bigint | undefined;
  return (Array.isArray(runs) ? runs : [runs]).map((run: Json): IdRun => {
    const [first, last, ...more]: readonly Json[] = Array.isArray(run) ? run : [];
    const isRun = typeof first === 'bigint' && typeof last === 'bigint' && first <= last && more.length === 0;
    if (!isRun || (before !== undefined && first <= before)) {
      throw invalidOffsets(`${where}: ahead is no list of first and last ids, ascending: write [[50,52],[60,60]].`);
    }
    before = last;
    return [first, last];
  });
}
