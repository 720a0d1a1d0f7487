// The rules that a schema must keep before it may be registered: names, duplicates, unions, defaults.
import type { Json, JsonObject } from './json-text';
import {
  branchName,
  type EnumSchema,
  type Field,
  fullName,
  type NamedSchema,
  type RecordSchema,
  type Schema,
  type UnionSchema,
} from './schema';
import { invalidSchema } from './schema-parse';

/** Java's Character.isLetter and isLetterOrDigit, as Avro's Java parser uses them: more than the specification's A-Z. */
const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/** Throws a ConnectlessError INVALID_SCHEMA for the first rule that is broken. */
export function checkSchema(schema: Schema): void {
  check(schema, '$', new Set());
}

function check(schema: Schema, path: string, entered: Set<Schema>): void {
  switch (schema.type) {
    case 'record':
      checkNames(schema, path);
      if (!entered.has(schema)) checkFields(schema, path, entered.add(schema));
      break;
    case 'enum':
      checkNames(schema, path);
      checkSymbols(schema, path);
      break;
    case 'fixed':
      checkNames(schema, path);
      break;
    case 'array':
      check(schema.items, `${path}.items`, entered);
      break;
    case 'map':
      check(schema.values, `${path}.values`, entered);
      break;
    case 'union':
      checkUnion(schema, path, entered);
      break;
    default:
  }
}

function checkFields(record: RecordSchema, path: string, entered: Set<Schema>): void {
  record.fields.forEach((field, index) => {
    const at = `${path}.fields[${index}]`;
    checkName(field.name, at);
    check(field.type, `${at}.type`, entered);
    checkDefault(field, at);
  });
  const twice = firstDuplicate(record.fields.map((field) => field.name));
  if (twice !== undefined) throw invalidSchema(path, `${fullName(record)} has two fields named ${twice}`);
}

function checkDefault(field: Field, path: string): void {
  if (field.default === undefined || isValue(field.type, field.default)) return;
  throw invalidSchema(`${path}.default`, `the default of ${field.name} is no ${kind(field.type)}`);
}

function checkSymbols(schema: EnumSchema, path: string): void {
  for (const symbol of schema.symbols) checkName(symbol, `${path}.symbols`);
  const twice = firstDuplicate(schema.symbols);
  if (twice !== undefined) throw invalidSchema(`${path}.symbols`, `the symbol ${twice} is there twice`);
  if (schema.default === undefined || schema.symbols.includes(schema.default)) return;
  throw invalidSchema(`${path}.default`, `${JSON.stringify(schema.default)} is not among the symbols`);
}

function checkUnion(union: UnionSchema, path: string, entered: Set<Schema>): void {
  union.branches.forEach((branch, index) => {
    if (branch.type === 'union') throw invalidSchema(`${path}[${index}]`, 'a union may not hold another union');
    check(branch, `${path}[${index}]`, entered);
  });
  const twice = firstDuplicate(union.branches.map(branchName));
  if (twice !== undefined) throw invalidSchema(path, `the union holds ${twice} twice`);
}

function checkNames(schema: NamedSchema, path: string): void {
  checkName(schema.name, path);
  for (const part of schema.namespace?.split('.') ?? []) checkName(part, `${path}.namespace`);
  for (const alias of schema.aliases) checkName(alias.name, `${path}.aliases`);
}

function checkName(name: string, path: string): void {
  if (NAME.test(name)) return;
  throw invalidSchema(path, `${JSON.stringify(name)} is no name: a letter or _, then letters, digits and _`);
}

function firstDuplicate(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

const LONG = 1n << 63n;
const INT = 1n << 31n;

/**
 * Whether JSON is a default for the type; a union's default may be of any of its branches (Avro 1.12, Java).
 * @param filling records whose missing fields are being taken from their defaults: one that needs itself has no value
 */
function isValue(schema: Schema, json: Json | undefined, filling: readonly Schema[] = []): boolean {
  switch (schema.type) {
    case 'null':
      return json === null;
    case 'boolean':
      return typeof json === 'boolean';
    case 'int':
      return typeof json === 'bigint' && json >= -INT && json < INT;
    case 'long':
      return typeof json === 'bigint' && json >= -LONG && json < LONG;
    case 'float':
    case 'double':
      return typeof json === 'bigint' || typeof json === 'number';
    case 'string':
    case 'bytes':
    case 'enum':
    case 'fixed':
      return typeof json === 'string';
    case 'array':
      return Array.isArray(json) && json.every((item: Json) => isValue(schema.items, item, filling));
    case 'map':
      return json instanceof Map && [...json.values()].every((value) => isValue(schema.values, value, filling));
    case 'union':
      return schema.branches.some((branch) => isValue(branch, json, filling));
    case 'record':
      return json instanceof Map && schema.fields.every((field) => isMember(schema, field, json, filling));
  }
}

function isMember(record: RecordSchema, field: Field, json: JsonObject, filling: readonly Schema[]): boolean {
  if (json.has(field.name)) return isValue(field.type, json.get(field.name), filling);
  return !filling.includes(record) && isValue(field.type, field.default, [...filling, record]);
}

function kind(schema: Schema): string {
  return schema.type === 'union'
    ? `value of the union of ${schema.branches.map(branchName).join(', ')}`
    : branchName(schema);
}
