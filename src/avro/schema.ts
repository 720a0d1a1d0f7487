// The model of a parsed Avro schema: names resolved, everything kept that the schema's text is printed from.
import type { Json, JsonObject } from './json-text';

export const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
export type PrimitiveName = (typeof PRIMITIVES)[number];

/** Attributes that the specification gives no meaning to, in the order of the text: `connect.name`, `logicalType`, … */
type Properties = JsonObject;

interface PrimitiveSchema {
  readonly type: PrimitiveName;
  readonly properties: Properties;
}

export interface Name {
  readonly name: string;
  /** Undefined: the null namespace. */
  readonly namespace: string | undefined;
}

interface Named extends Name {
  readonly doc: string | undefined;
  readonly aliases: readonly Name[];
  readonly properties: Properties;
}

export interface RecordSchema extends Named {
  readonly type: 'record';
  /** Declared as `error`, which only protocols distinguish. */
  readonly error: boolean;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly type: Schema;
  readonly doc: string | undefined;
  /** Undefined: no default; null: the default null. */
  readonly default: Json | undefined;
  readonly order: 'ascending' | 'descending' | 'ignore';
  /** Undefined: not given; printed only when it holds some. */
  readonly aliases: readonly string[];
  readonly properties: Properties;
}

export interface EnumSchema extends Named {
  readonly type: 'enum';
  readonly symbols: readonly string[];
  readonly default: string | undefined;
}

interface FixedSchema extends Named {
  readonly type: 'fixed';
  /** Bytes. */
  readonly size: number;
}

interface ArraySchema {
  readonly type: 'array';
  readonly items: Schema;
  readonly properties: Properties;
}

interface MapSchema {
  readonly type: 'map';
  readonly values: Schema;
  readonly properties: Properties;
}

export interface UnionSchema {
  readonly type: 'union';
  readonly branches: readonly Schema[];
}

export type NamedSchema = RecordSchema | EnumSchema | FixedSchema;
/** A record may hold itself: whoever walks a schema must remember the records it has entered. */
export type Schema = PrimitiveSchema | NamedSchema | ArraySchema | MapSchema | UnionSchema;

/** `namespace.name`, or the name alone in the null namespace. */
export function fullName(name: Name): string {
  return name.namespace === undefined ? name.name : `${name.namespace}.${name.name}`;
}

/** How a union tells its branches apart, and how Avro's JSON encoding tags them: the full name, or the type. */
export function branchName(schema: Schema): string {
  return 'name' in schema ? fullName(schema) : schema.type;
}

/** X of a union of null and X. */
export function optionalBranch(union: UnionSchema): Schema | undefined {
  if (union.branches.length !== 2 || !union.branches.some((branch) => branch.type === 'null')) return undefined;
  return union.branches.find((branch) => branch.type !== 'null');
}
