// Parses a property's text by its type, as Kafka's ConfigDef does: trimmed, lists by comma, booleans in any case.
import type { Problem } from './report';

/** White space around it counts for a `verbatim` value alone. */
export type PropertyType = 'string' | 'verbatim' | 'int' | 'long' | 'boolean' | 'list' | 'password' | 'class';
export type Value = string | number | boolean | readonly string[];

const INT_MAX = 2n ** 31n - 1n;
const LONG_MAX = 2n ** 63n - 1n;

export function parseValue(type: PropertyType, text: string): { value: Value } | { problem: Problem } {
  const trimmed = text.trim();
  switch (type) {
    case 'int':
      return parseWhole(trimmed, INT_MAX);
    case 'long':
      return parseWhole(trimmed, LONG_MAX);
    case 'boolean':
      return parseBoolean(trimmed.toLowerCase());
    case 'list':
      return { value: trimmed === '' ? [] : trimmed.split(/\s*,\s*/) };
    case 'verbatim':
      return { value: text };
    default:
      return { value: trimmed };
  }
}

/** A long beyond what a number holds exactly becomes the largest exact one: such values mean "without limit". */
function parseWhole(text: string, max: bigint): { value: Value } | { problem: Problem } {
  if (!/^[+-]?\d+$/.test(text)) return { problem: { what: 'is not a whole number', write: 'write digits only' } };
  const whole = BigInt(text.replace('+', ''));
  if (whole > max || whole < -max - 1n) {
    return { problem: { what: 'is out of range', write: `write a number from ${-max - 1n} to ${max}` } };
  }
  return { value: Math.max(Math.min(Number(whole), Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER) };
}

function parseBoolean(text: string): { value: Value } | { problem: Problem } {
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  return { problem: { what: 'is neither true nor false', write: 'write true or false' } };
}
