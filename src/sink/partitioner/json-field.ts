// A member of a JSON text without a schema, as Connect's maps have it.
import { type FieldValue, MISSING, UNSUPPORTED } from './field-value';

/** @param json one value, checked */
export function jsonField(json: string, path: readonly string[]): FieldValue {
  const value = member(json, path);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === undefined) return MISSING;
  return typeof value === 'number' ? integer(json, path) : UNSUPPORTED;
}

/** Undefined: there is none. */
function member(json: string, path: readonly string[]): unknown {
  let value: unknown = JSON.parse(json);
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** As a number JavaScript neither tells 5 from 5.0 nor has all digits: the text is read again, its numbers as strings. */
function integer(json: string, path: readonly string[]): FieldValue {
  const quoted = json.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`));
  const literal = String(member(quoted, path));
  return /^-?\d+$/.test(literal) ? BigInt(literal) : UNSUPPORTED;
}
