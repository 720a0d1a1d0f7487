// The records in which a Connect worker stores its connectors' offsets: `["connector",{partition}]` and `{offset}`, both JSON.
import { type Json, parseJson } from '../avro/json-text';
import { type ConnectOffset, connectOffset, isObject, parsed } from './connect-offsets';

export interface OffsetRecord {
  readonly key: string | null;
  /** Null: the offset is deleted. */
  readonly value: string | null;
}

export interface StoredOffsets {
  /** Of the connector, the last of each key. */
  readonly offsets: readonly ConnectOffset[];
  /** Other connectors that have some. */
  readonly others: readonly string[];
}

/**
 * Of records in the order in which they were written. What has another key is passed over: a worker's connectors share one
 * store. Throws OFFSETS_INVALID for a record of this connector that is none of a JDBC source.
 */
export function storedOffsets(records: Iterable<OffsetRecord>, connector: string): StoredOffsets {
  const last = new Map<string, { readonly partition: Json; readonly value: string | null }>();
  const others = new Set<string>();
  for (const { key, value } of records) {
    const parts = key === null ? undefined : keyParts(key);
    if (key === null || parts === undefined) continue;
    if (parts.connector === connector) last.set(key, { partition: parts.partition, value });
    else others.add(parts.connector);
  }
  const offsets = Array.from(last, ([key, { partition, value }]) => {
    const offset = value === null ? null : payload(parsed(value, `The offset of ${key}`));
    return connectOffset(partition, offset, `The key ${key}`);
  });
  return { offsets: offsets.filter(({ position }) => position !== undefined), others: [...others].sort() };
}

function keyParts(key: string): { readonly connector: string; readonly partition: Json } | undefined {
  const parts = payload(json(key));
  if (!Array.isArray(parts) || parts.length !== 2) return undefined;
  const [connector, partition]: readonly Json[] = parts;
  return typeof connector === 'string' && partition !== undefined ? { connector, partition } : undefined;
}

/** Of `internal.key.converter.schemas.enable=true`, old Connect's default: `{"schema":…,"payload":…}`. */
function payload(value: Json | undefined): Json | undefined {
  return isObject(value) && value.has('payload') ? value.get('payload') : value;
}

function json(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
