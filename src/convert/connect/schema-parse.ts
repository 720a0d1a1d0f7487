// The "schema" of JsonConverter's envelope → Connect's schema.

import { fault } from '../fault';
import type { JsonMembers, JsonNode } from '../json/reader';
import {
  type ConnectField,
  type ConnectSchema,
  DATE,
  DECIMAL,
  type PlainType,
  scaleOf,
  TIME,
  TIMESTAMP,
} from './schema';
import { connectValue } from './value';

const PLAIN: readonly PlainType[] = [
  'boolean',
  'int8',
  'int16',
  'int32',
  'int64',
  'float',
  'double',
  'bytes',
  'string',
];
const UNDER_NAME: ReadonlyMap<string, ConnectSchema['type']> = new Map([
  [DECIMAL, 'bytes'],
  [DATE, 'int32'],
  [TIME, 'int32'],
  [TIMESTAMP, 'int64'],
]);

/**
 * Throws a ConnectlessError INVALID_CONNECT_SCHEMA that names the place and what should be there; like Connect, it passes over
 * members without a meaning, and over `optional`, `name`, `version` and `doc` of another type.
 */
export function parseConnectSchema(node: JsonNode | undefined, path = 'schema'): ConnectSchema {
  const members = objectAt(node, path);
  const schema: ConnectSchema = { ...shapeOf(members, path), ...commonOf(members, path) };
  checkName(schema, path);
  const given = members.get('default') ?? null;
  return given === null ? schema : { ...schema, default: connectValue(schema, given, `${path}.default`) };
}

type Shape = ConnectSchema extends infer Each ? (Each extends ConnectSchema ? Omit<Each, 'optional'> : never) : never;

function shapeOf(members: JsonMembers, path: string): Shape {
  const type = members.get('type');
  const plain = PLAIN.find((name) => name === type);
  if (plain !== undefined) return { type: plain };
  if (type === 'array') return { type, items: parseConnectSchema(members.get('items'), `${path}.items`) };
  if (type === 'struct') return { type, fields: fieldsOf(members.get('fields'), `${path}.fields`) };
  if (type !== 'map') return refuse(`${path}.type`, `one of ${PLAIN.join(', ')}, array, map, struct`);
  return {
    type,
    keys: parseConnectSchema(members.get('keys'), `${path}.keys`),
    values: parseConnectSchema(members.get('values'), `${path}.values`),
  };
}

function fieldsOf(node: JsonNode | undefined, path: string): ConnectField[] {
  if (!Array.isArray(node)) return refuse(path, 'an array');
  const names = new Set<string>();
  return node.map((item: JsonNode, index) => {
    const at = `${path}[${index}]`;
    const name = objectAt(item, at).get('field');
    if (typeof name !== 'string' || names.has(name)) return refuse(`${at}.field`, 'a name that no other field has');
    names.add(name);
    return { name, schema: parseConnectSchema(item, at) };
  });
}

function commonOf(members: JsonMembers, path: string) {
  const [name, doc, version] = [members.get('name'), members.get('doc'), integerOf(members.get('version'))];
  const parameters = parametersOf(members.get('parameters'), `${path}.parameters`);
  return {
    optional: members.get('optional') === true,
    ...(typeof name === 'string' && { name }),
    ...(version !== undefined && { version }),
    ...(typeof doc === 'string' && { doc }),
    ...(parameters.size > 0 && { parameters }),
  };
}

function parametersOf(node: JsonNode | undefined, path: string): Map<string, string> {
  const parameters = node instanceof Map ? [...node] : [];
  return new Map(
    parameters.map(([name, value]): [string, string] =>
      typeof value === 'string' ? [name, value] : refuse(`${path}.${name}`, 'a string'),
    ),
  );
}

function integerOf(node: JsonNode | undefined): number | undefined {
  if (typeof node !== 'object' || node === null || !('literal' in node)) return undefined;
  return /^-?\d+$/.test(node.literal) ? Number(BigInt.asIntN(32, BigInt(node.literal))) : undefined;
}

function checkName(schema: ConnectSchema, path: string): void {
  const type = UNDER_NAME.get(schema.name ?? '');
  if (type !== undefined && schema.type !== type) refuse(`${path}.type`, `${type}, as its name has it`);
  if (schema.name === DECIMAL && scaleOf(schema) === undefined)
    refuse(`${path}.parameters.scale`, 'a number in a string');
}

function objectAt(node: JsonNode | undefined, path: string): JsonMembers {
  return node instanceof Map ? node : refuse(path, 'an object');
}

function refuse(path: string, expected: string): never {
  throw fault('INVALID_CONNECT_SCHEMA', `at ${path} Connect's schema wants ${expected}`);
}
