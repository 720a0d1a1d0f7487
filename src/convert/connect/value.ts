// JsonConverter's payload → the value that Avro's codec encodes.

import { fault } from '../fault';
import type { JsonMembers, JsonNode } from '../json/reader';
import { integerBytes, unscaled } from './decimal';
import {
  type ConnectSchema,
  DECIMAL,
  hasStringKeys,
  type IntegerType,
  type MapSchema,
  type StructSchema,
  scaleOf,
  TIME,
} from './schema';

const BITS: Readonly<Record<IntegerType, number>> = { int8: 8, int16: 16, int32: 32, int64: 64 };
const MS_PER_DAY = 86_400_000n;

/**
 * Null, or a member that is missing, is the schema's default, or null when it is optional. Where Connect would take 0, false or
 * a value cut to its size for what does not fit, this throws a ConnectlessError INVALID_VALUE that names the place.
 * @param path `payload.price`
 */
export function connectValue(schema: ConnectSchema, node: JsonNode | undefined, path: string): unknown {
  if (node === undefined || node === null) return nullOf(schema, path);
  switch (schema.type) {
    case 'boolean':
      return typeof node === 'boolean' ? node : refuse(path, 'true or false');
    case 'string':
      return typeof node === 'string' ? inUtf8(node) : refuse(path, 'a string');
    case 'bytes':
      return schema.name === DECIMAL ? decimal(schema, node, path) : base64(node, path);
    case 'float':
      return Math.fround(floating(node, path));
    case 'double':
      return floating(node, path);
    case 'array':
      return arrayOf(node, path).map((item, index) => connectValue(schema.items, item, `${path}[${index}]`));
    case 'map':
      return mapValue(schema, node, path);
    case 'struct':
      return structValue(schema, node, path);
    default:
      return integer(schema.type, schema.name, node, path);
  }
}

function nullOf(schema: ConnectSchema, path: string): unknown {
  if (schema.default !== undefined) return schema.default;
  return schema.optional ? null : refuse(path, 'a value: it is null or missing, and its schema is not optional');
}

function structValue({ fields }: StructSchema, node: JsonNode, path: string): unknown {
  const members = objectOf(node, path);
  return Object.fromEntries(
    fields.map(({ name, schema }) => [name, connectValue(schema, members.get(name), `${path}.${name}`)]),
  );
}

/** A map whose keys are strings is an object; any other one is an array of pairs. */
function mapValue(map: MapSchema, node: JsonNode, path: string): unknown {
  const pairs = map.keys.type === 'string' ? Array.from(objectOf(node, path)) : pairsOf(node, path);
  const entries = pairs.map(([key, value], index): [unknown, unknown] => [
    connectValue(map.keys, key, `${path}[${index}][0]`),
    connectValue(map.values, value, `${path}[${index}][1]`),
  ]);
  if (hasStringKeys(map)) return Object.fromEntries(entries);
  return entries.map(([key, value]) => ({ key, value }));
}

function pairsOf(node: JsonNode, path: string): Array<readonly [JsonNode, JsonNode]> {
  return arrayOf(node, path).map((pair, index) => {
    const [key, value, ...rest] = arrayOf(pair, `${path}[${index}]`);
    if (key === undefined || value === undefined || rest.length > 0)
      return refuse(`${path}[${index}]`, 'a key and a value');
    return [key, value];
  });
}

/** `1.0` and `1e3` are integers, too. */
function integer(type: IntegerType, name: string | undefined, node: JsonNode, path: string): number | bigint {
  const bits = BITS[type];
  const value = unscaled(literalOf(node, path), 0);
  if (value === undefined || BigInt.asIntN(bits, value) !== value) return refuse(path, `an integer of ${bits} bits`);
  if (name === TIME && (value < 0n || value > MS_PER_DAY)) return refuse(path, 'a time of a day in milliseconds');
  return type === 'int64' ? value : Number(value);
}

/** Connect writes what is no number as a string, and then reads 0 for it. */
function floating(node: JsonNode, path: string): number {
  if (node === 'NaN' || node === 'Infinity' || node === '-Infinity') return Number(node);
  const value = Number(literalOf(node, path));
  return Number.isFinite(value) ? value : refuse(path, 'a number that a double can hold');
}

/** In base64 (`decimal.format=BASE64`), or a number (`NUMERIC`). */
function decimal(schema: ConnectSchema, node: JsonNode, path: string): Buffer {
  if (typeof node === 'string') return base64(node, path);
  const scale = scaleOf(schema) ?? 0;
  const value = unscaled(literalOf(node, path), scale);
  if (value === undefined) return refuse(path, `a number with at most ${scale} digits behind the point`);
  return integerBytes(value);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function base64(node: JsonNode, path: string): Buffer {
  return typeof node === 'string' && BASE64.test(node) ? Buffer.from(node, 'base64') : refuse(path, 'bytes in base64');
}

/** What Java writes for half of a surrogate pair, which JSON can hold and UTF-8 cannot; avsc would write bytes that nobody reads. */
function inUtf8(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '?');
}

function literalOf(node: JsonNode, path: string): string {
  return typeof node === 'object' && node !== null && 'literal' in node ? node.literal : refuse(path, 'a number');
}

function arrayOf(node: JsonNode, path: string): readonly JsonNode[] {
  return Array.isArray(node) ? node : refuse(path, 'an array');
}

function objectOf(node: JsonNode, path: string): JsonMembers {
  return node instanceof Map ? node : refuse(path, 'an object');
}

function refuse(path: string, expected: string): never {
  throw fault('INVALID_VALUE', `at ${path} its schema wants ${expected}`);
}
