// Where hyparquet-writer must make no dictionary: it finds values in a Map, for which -0 and 0 are one.
import type { Schema } from '../../avro/schema';

/** Whether values of a schema, in which no record is inside itself, may hold a negative zero. */
export function mayHoldNegativeZero(schema: Schema): boolean {
  switch (schema.type) {
    case 'float':
    case 'double':
      return true;
    case 'array':
      return mayHoldNegativeZero(schema.items);
    case 'map':
      return mayHoldNegativeZero(schema.values);
    case 'union':
      return schema.branches.some(mayHoldNegativeZero);
    case 'record':
      return schema.fields.some(({ type }) => mayHoldNegativeZero(type));
    default:
      return false;
  }
}

export function holdsNegativeZero(value: unknown): boolean {
  if (typeof value === 'number') return Object.is(value, -0);
  if (Array.isArray(value)) return value.some(holdsNegativeZero);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return Object.values(value).some(holdsNegativeZero);
}
