// The text of an Avro schema → its model, by the rules of Avro's specification and its Java parser.
import { ConnectlessError } from '../errors';
import { type Json, type JsonObject, JsonSyntaxError, parseJson } from './json-text';
import {
  type Field,
  fullName,
  type Name,
  type NamedSchema,
  PRIMITIVES,
  type PrimitiveName,
  type Schema,
} from './schema';

/** What is attributes of the specification, and so no property: Java drops those that have no meaning where they stand. */
const OF_SCHEMA = ['doc', 'fields', 'items', 'name', 'namespace', 'size', 'symbols', 'values', 'type', 'aliases'];
const OF_ENUM = [...OF_SCHEMA, 'default'];
const OF_FIELD = ['default', 'doc', 'name', 'order', 'type', 'aliases'];

/** Where in the schema the parser stands, and what it has met. */
interface Scope {
  readonly named: Map<string, NamedSchema>;
  readonly namespace: string | undefined;
  /** `$.fields[2].type` */
  readonly path: string;
}

/**
 * Parses without judging names, defaults and duplicates (that is checkSchema's part): a schema that was registered once
 * must stay readable. Throws a ConnectlessError INVALID_SCHEMA that says where and what.
 */
export function parseSchema(text: string): Schema {
  return parse(jsonOf(text), { named: new Map(), namespace: undefined, path: '$' });
}

/** The error of everything that is wrong with a schema. */
export function invalidSchema(path: string, what: string): ConnectlessError {
  return new ConnectlessError('INVALID_SCHEMA', `Invalid Avro schema at ${path}: ${what}`);
}

function jsonOf(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw invalidSchema(error.place, `it is not JSON: ${error.what}`);
    throw error;
  }
}

function parse(json: Json | undefined, scope: Scope): Schema {
  if (typeof json === 'string') return parseReference(json, scope);
  if (json instanceof Map) return parseDefinition(json, scope);
  if (!Array.isArray(json)) throw invalidSchema(scope.path, 'expected a type: a name, an object or a union in [ ]');
  const branches = json.map((branch: Json, index) => parse(branch, below(scope, `[${index}]`)));
  return { type: 'union', branches };
}

function parseReference(name: string, scope: Scope): Schema {
  if (isPrimitive(name)) return { type: name, properties: new Map() };
  const full = name.includes('.') || scope.namespace === undefined ? name : `${scope.namespace}.${name}`;
  const schema = scope.named.get(full) ?? scope.named.get(name);
  if (schema !== undefined) return schema;
  throw invalidSchema(scope.path, `no type ${JSON.stringify(full)} is defined before this place`);
}

function parseDefinition(json: JsonObject, scope: Scope): Schema {
  const type = requiredText(json, 'type', scope);
  if (isPrimitive(type)) return { type, properties: properties(json, OF_SCHEMA) };
  switch (type) {
    case 'record':
    case 'error':
      return parseRecord(json, type === 'error', scope);
    case 'enum':
      return parseEnum(json, scope);
    case 'fixed':
      return parseFixed(json, scope);
    case 'array':
      return { type, items: parse(json.get('items'), below(scope, '.items')), properties: properties(json, OF_SCHEMA) };
    case 'map':
      return {
        type,
        values: parse(json.get('values'), below(scope, '.values')),
        properties: properties(json, OF_SCHEMA),
      };
    default:
      return parseReference(type, scope);
  }
}

function parseRecord(json: JsonObject, error: boolean, scope: Scope): Schema {
  const fields: Field[] = [];
  const record = define({ ...namedParts(json, OF_SCHEMA, scope), type: 'record', error, fields }, scope);
  const inside = { ...scope, namespace: record.namespace };
  requiredArray(json, 'fields', scope).forEach((field, index) => {
    fields.push(parseField(field, below(inside, `.fields[${index}]`)));
  });
  return record;
}

function parseField(json: Json, scope: Scope): Field {
  if (!(json instanceof Map)) throw invalidSchema(scope.path, 'expected a field: an object with "name" and "type"');
  const name = requiredText(json, 'name', scope);
  if (!json.has('type')) throw invalidSchema(scope.path, `field ${JSON.stringify(name)} has no "type"`);
  const type = parse(json.get('type'), below(scope, '.type'));
  return {
    name,
    type,
    doc: text(json, 'doc'),
    default: parseDefault(json.get('default'), type),
    order: parseOrder(json, scope),
    aliases: parseAliases(json, scope),
    properties: properties(json, OF_FIELD),
  };
}

/** Java reads a float's default from a string too: `"NaN"`. */
function parseDefault(json: Json | undefined, type: Schema): Json | undefined {
  const floating = type.type === 'float' || type.type === 'double';
  if (!floating || typeof json !== 'string') return json;
  const number = /^\s*[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)\s*$/.test(json) ? Number(json) : undefined;
  return number ?? json;
}

function parseOrder(json: JsonObject, scope: Scope): Field['order'] {
  if (!json.has('order')) return 'ascending';
  const order = text(json, 'order')?.toLowerCase();
  if (order === 'ascending' || order === 'descending' || order === 'ignore') return order;
  throw invalidSchema(`${scope.path}.order`, 'expected "ascending", "descending" or "ignore"');
}

function parseEnum(json: JsonObject, scope: Scope): Schema {
  const symbols = texts(requiredArray(json, 'symbols', scope), `${scope.path}.symbols`);
  return define({ ...namedParts(json, OF_ENUM, scope), type: 'enum', symbols, default: text(json, 'default') }, scope);
}

function parseFixed(json: JsonObject, scope: Scope): Schema {
  const size = json.get('size');
  if (typeof size !== 'bigint' || size < 0n || size > 0x7fffffffn) {
    throw invalidSchema(`${scope.path}.size`, 'expected the number of bytes, 0 to 2147483647');
  }
  return define({ ...namedParts(json, OF_SCHEMA, scope), type: 'fixed', size: Number(size) }, scope);
}

function define<Definition extends NamedSchema>(schema: Definition, scope: Scope): Definition {
  const name = fullName(schema);
  if (isPrimitive(name)) throw invalidSchema(scope.path, `a type cannot have the name of a primitive, ${name}`);
  if (scope.named.has(name))
    throw invalidSchema(scope.path, `the type ${JSON.stringify(name)} is defined a second time`);
  scope.named.set(name, schema);
  return schema;
}

function namedParts(json: JsonObject, reserved: readonly string[], scope: Scope) {
  const { name, namespace } = nameOf(requiredText(json, 'name', scope), text(json, 'namespace') ?? scope.namespace);
  const aliases = parseAliases(json, scope).map((alias) => nameOf(alias, namespace));
  return { name, namespace, doc: text(json, 'doc'), aliases, properties: properties(json, reserved) };
}

/** A name with a dot brings its own namespace; the empty namespace is the null namespace. */
function nameOf(name: string, namespace: string | undefined): Name {
  const dot = name.lastIndexOf('.');
  const space = dot < 0 ? namespace : name.slice(0, dot);
  return { name: name.slice(dot + 1), namespace: space === '' ? undefined : space };
}

function parseAliases(json: JsonObject, scope: Scope): string[] {
  if (!json.has('aliases')) return [];
  return [...new Set(texts(requiredArray(json, 'aliases', scope), `${scope.path}.aliases`))];
}

function properties(json: JsonObject, reserved: readonly string[]): JsonObject {
  return new Map(Array.from(json).filter(([name]) => !reserved.includes(name)));
}

/** Like Java, an attribute that must be text and is none counts as not given. */
function text(json: JsonObject, name: string): string | undefined {
  const value = json.get(name);
  return typeof value === 'string' ? value : undefined;
}

function requiredText(json: JsonObject, name: string, scope: Scope): string {
  const value = text(json, name);
  if (value === undefined) throw invalidSchema(scope.path, `it has no "${name}", which must be a string`);
  return value;
}

function requiredArray(json: JsonObject, name: string, scope: Scope): readonly Json[] {
  const value = json.get(name);
  if (!Array.isArray(value)) throw invalidSchema(scope.path, `it has no "${name}", which must be an array`);
  return value;
}

function texts(items: readonly Json[], path: string): string[] {
  return items.map((item, index) => {
    if (typeof item === 'string') return item;
    throw invalidSchema(`${path}[${index}]`, 'expected a string');
  });
}

function below(scope: Scope, step: string): Scope {
  return { ...scope, path: scope.path + step };
}

function isPrimitive(name: string): name is PrimitiveName {
  return PRIMITIVES.some((primitive) => primitive === name);
}
