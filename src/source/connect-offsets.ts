// A source's offsets as Connect's REST API has them (KIP-875): GET, PATCH and DELETE of /connectors/NAME/offsets.
import { type Json, type JsonObject, parseJson, printJson } from '../avro/json-text';
import { messageOf } from '../errors';
import { invalidOffsets, parsePosition, positionJson } from './connect-offsets-position';
import type { Position } from './position';

/** What Connect calls a source partition: a table in one of the forms of its name, or the query. */
export type Partition = { readonly table: string } | { readonly query: string };

export interface ConnectOffset {
  readonly partition: Partition;
  /** Absent: there is none, or there shall be none. */
  readonly position?: Position;
}

/** Cursor.table of a query, and Connect's word for it. */
export const QUERY = 'query';

/**
 * `{"offsets":[{"partition":{"protocol":"1","table":"public.t"},"offset":{"incrementing":2}}]}`; in older versions of Connect's
 * source a partition is `{"table":"t"}`, and for a query it is `{"query":"query"}`. Throws OFFSETS_INVALID.
 */
export function parseOffsets(text: string): ConnectOffset[] {
  const whole = parsed(text, 'The offsets');
  const offsets = isObject(whole) ? whole.get('offsets') : undefined;
  if (!Array.isArray(offsets) || offsets.length === 0) {
    throw invalidOffsets(
      `The offsets are no Connect's: write {"offsets":[{"partition":{"protocol":"1","table":"public.t"},"offset":{"incrementing":42}}]}.`,
    );
  }
  return offsets.map((entry: Json, index) => parseEntry(entry, `Entry ${index + 1} of "offsets"`));
}

/** In one line, as Connect answers. */
export function printOffsets(offsets: ReadonlyArray<{ readonly table: string; readonly position: Position }>): string {
  const entries = offsets.map(({ table, position }): Json => {
    const partition = table === QUERY ? new Map([[QUERY, QUERY]]) : new Map(Object.entries({ protocol: '1', table }));
    return new Map<string, Json>([
      ['partition', partition],
      ['offset', positionJson(position)],
    ]);
  });
  return printJson(new Map([['offsets', entries]]));
}

/** One offset alone, for people. */
export function printPosition(position: Position): string {
  return printJson(positionJson(position));
}

/** A partition and its offset, where null is none. @param where `Entry 1`, `Line 7` */
export function connectOffset(partition: Json | undefined, offset: Json | undefined, where: string): ConnectOffset {
  const of = parsePartition(partition, where);
  if (offset === null) return { partition: of };
  if (!isObject(offset)) throw invalidOffsets(`${where} has no "offset": write an object, or null for none.`);
  const name = 'table' in of ? of.table : 'the query';
  return { partition: of, position: parsePosition(offset, `The offset of ${name}`) };
}

/** Throws OFFSETS_INVALID. */
export function parsed(text: string, where: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    throw invalidOffsets(`${where} are no JSON: ${messageOf(cause)}.`, cause);
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map;
}

function parseEntry(entry: Json, where: string): ConnectOffset {
  if (!isObject(entry)) throw invalidOffsets(`${where} is no object.`);
  return connectOffset(entry.get('partition'), entry.get('offset'), where);
}

/** Connect finds an offset by the whole of its partition: with another member it is another's. */
function parsePartition(partition: Json | undefined, where: string): Partition {
  const { table, query, protocol, ...others } = isObject(partition) ? Object.fromEntries(partition) : {};
  const isAlone = Object.keys(others).length === 0;
  if (isAlone && query === QUERY && table === undefined && protocol === undefined) return { query };
  const isKnown = protocol === undefined || protocol === '1';
  if (isAlone && isKnown && typeof table === 'string' && table !== '' && query === undefined) return { table };
  throw invalidOffsets(
    `${where} has no partition of a JDBC source: write {"protocol":"1","table":"public.t"}, or {"query":"query"} for a query.`,
  );
}
