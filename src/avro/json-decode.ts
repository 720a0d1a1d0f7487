// Avro's JSON encoding → values to encode, as kafka-avro-console-producer reads its lines.
import { ConnectlessError } from '../errors';
import { type Json, type JsonObject, JsonSyntaxError, parseJson } from './json-text';
import { branchName, optionalBranch, type RecordSchema, type Schema, type UnionSchema } from './schema';

/**
 * Reads one line of JSON as a value that the codec encodes. A union's value is tagged with its branch, `{"string":"x"}`,
 * unless it is null. Throws a ConnectlessError INVALID_VALUE that names the field and what to write there.
 */
export function parseValue(schema: Schema, line: string): unknown {
  return read(schema, jsonOf(line), '$');
}

function jsonOf(line: string): Json {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw new ConnectlessError('INVALID_VALUE', `Not JSON: ${error.message}`);
    throw error;
  }
}

function read(schema: Schema, json: Json, path: string): unknown {
  switch (schema.type) {
    case 'null':
      return json === null ? null : refuse(path, 'null');
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse(path, 'true or false');
    case 'int':
      return Number(integer(json, 32, path));
    case 'long':
      return integer(json, 64, path);
    case 'float':
    case 'double':
      return floating(json, path);
    case 'string':
      return typeof json === 'string' ? json : refuse(path, 'a string');
    case 'enum':
      return typeof json === 'string' && schema.symbols.includes(json)
        ? json
        : refuse(path, `one of ${schema.symbols.join(', ')}`);
    case 'bytes':
      return latin1(json, path);
    case 'fixed': {
      const bytes = latin1(json, path);
      return bytes.length === schema.size ? bytes : refuse(path, `a string of ${schema.size} characters`);
    }
    case 'array':
      return array(json, path).map((item, index) => read(schema.items, item, `${path}[${index}]`));
    case 'map':
      return Object.fromEntries(
        Array.from(object(json, path), ([key, value]) => [key, read(schema.values, value, `${path}.${key}`)]),
      );
    case 'record':
      return readRecord(schema, object(json, path), path);
    case 'union':
      return readUnion(schema, json, path);
  }
}

function readRecord(record: RecordSchema, json: JsonObject, path: string): unknown {
  const names = record.fields.map((field) => field.name);
  const foreign = [...json.keys()].find((name) => !names.includes(name));
  if (foreign !== undefined) refuse(path, `only the fields ${names.join(', ')}; ${JSON.stringify(foreign)} is none`);
  return Object.fromEntries(
    record.fields.map(({ name, type }) => {
      const value = json.get(name);
      if (value === undefined) return refuse(`${path}.${name}`, 'a value: the field is missing');
      return [name, read(type, value, `${path}.${name}`)];
    }),
  );
}

function readUnion(union: UnionSchema, json: Json, path: string): unknown {
  const tags = union.branches.map(branchName);
  if (json === null && tags.includes('null')) return null;
  const [[tag, content] = ['', null]] = json instanceof Map && json.size === 1 ? json : [];
  const branch = union.branches.find((candidate) => candidate.type !== 'null' && branchName(candidate) === tag);
  if (branch === undefined)
    return refuse(path, tags.map((name) => (name === 'null' ? name : `{"${name}": …}`)).join(' or '));
  const value = read(branch, content, `${path}.${tag}`);
  return optionalBranch(union) === undefined ? { [tag]: value } : value;
}

function integer(json: Json, bits: number, path: string): bigint {
  if (typeof json === 'bigint' && BigInt.asIntN(bits, json) === json) return json;
  return refuse(path, `an integer of ${bits} bits`);
}

function floating(json: Json, path: string): number {
  if (typeof json === 'number' || typeof json === 'bigint') return Number(json);
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return Number(json);
  return refuse(path, 'a number');
}

function latin1(json: Json, path: string): Buffer {
  if (typeof json === 'string' && Array.from(json).every((character) => character <= '\u00ff'))
    return Buffer.from(json, 'latin1');
  return refuse(path, 'a string of characters up to U+00FF, one for each byte');
}

function array(json: Json, path: string): readonly Json[] {
  return Array.isArray(json) ? json : refuse(path, 'an array');
}

function object(json: Json, path: string): JsonObject {
  return json instanceof Map ? json : refuse(path, 'an object');
}

function refuse(path: string, expected: string): never {
  throw new ConnectlessError('INVALID_VALUE', `At ${path}: write ${expected}`);
}
