// Whether data are Connect's null, though they have bytes.
import type { Data } from './data';

const JSON_NULL = Buffer.from('null');

/** A datum of the type null, the null branch of a union, or JSON's null. */
export function isNull({ schema, bytes, start, end }: Data): boolean {
  if (schema === undefined) return end - start === JSON_NULL.length && bytes.subarray(start, end).equals(JSON_NULL);
  const { schema: avro } = schema;
  if (avro.type === 'null') return true;
  if (avro.type !== 'union') return false;
  // A branch's index is a zig-zag varint; of fewer than 64 branches it is one byte.
  return avro.branches[(bytes[start] ?? 0) >> 1]?.type === 'null';
}
