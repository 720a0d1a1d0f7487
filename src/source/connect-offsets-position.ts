// One table's offset as Connect's JSON has it: `{"incrementing":2,"timestamp":1704067200123,"timestamp_nanos":123999000}`.
import type { Json, JsonObject } from '../avro/json-text';
import { ConnectlessError } from '../errors';
import type { Position } from './position';

/** What Connect's JDBC source stores, and what our own modes need besides. */
const MEMBERS = ['timestamp_nanos', 'incrementing', 'timestamp', 'xid', 'system', 'copied'];

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
  return {
    ...(incrementing === undefined ? {} : { incrementing }),
    ...(millis === undefined ? {} : { timestamp: micros(millis, nanos, where) }),
    ...(xid === undefined ? {} : { xid }),
    ...(system === undefined ? {} : { system }),
    ...(copied === undefined ? {} : { copied: Number(copied) }),
  };
}

/** Its members in Connect's order. */
export function positionJson({ timestamp, incrementing, xid, system, copied }: Position): JsonObject {
  const members = new Map<string, Json>();
  if (timestamp !== undefined) members.set('timestamp_nanos', (timestamp - floor(timestamp, SECOND) * SECOND) * 1000n);
  if (incrementing !== undefined) members.set('incrementing', incrementing);
  if (timestamp !== undefined) members.set('timestamp', floor(timestamp, 1000n));
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
