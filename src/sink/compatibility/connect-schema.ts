// An Avro schema as Connect sees it: what AvroConverter (AvroData.toConnectSchema) makes of it, without docs.
import type { Json, JsonObject } from '../../avro/json-text';
import { printJson } from '../../avro/json-text';
import { fullName, optionalBranch, type Schema } from '../../avro/schema';

/** A union of more than null and one type is a struct there, of one optional field for each branch. */
type ConnectType = NumberType | 'BOOLEAN' | 'STRING' | 'BYTES' | 'STRUCT' | 'ARRAY' | 'MAP' | 'UNION' | 'NULL';
type NumberType = (typeof NUMBERS)[number];

/** Each is widened to those behind it. */
export const NUMBERS = ['INT8', 'INT16', 'INT32', 'INT64', 'FLOAT32', 'FLOAT64'] as const;

export interface ConnectSchema {
  readonly type: ConnectType;
  readonly name: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly optional: boolean;
  /** Undefined: none, or null. */
  readonly default: Json | undefined;
  /** Of the values that are not null. */
  readonly avro: Schema;
}

const ENUM = 'io.confluent.connect.avro.Enum';
const DEFAULT_NAME = 'io.confluent.connect.avro.ConnectDefault';
const DECIMAL = 'org.apache.kafka.connect.data.Decimal';
const DEFAULT_PRECISION = '64';
const DOCS =
  /^(connect\.record\.(doc|aliases|namespace)|connect\.enum\.doc|io\.confluent\.connect\.avro\.((field|enum)\.doc\..*|record\.doc))$/;

/** @param given the default of the field that is of this type; undefined: it has none */
export function connectSchema(schema: Schema, given?: Json): ConnectSchema {
  // A union has no attributes, and Connect does not take a field's default past a union with null.
  if (schema.type === 'union') return unionSchema(schema, given);
  const { properties } = schema;
  const own = properties.get('connect.default');
  const parameters = new Map([...typeParameters(schema), ...statedParameters(properties)]);
  if (given !== undefined && own === undefined) parameters.set('io.confluent.connect.avro.field.default', 'true');
  return {
    type: typeOf(schema),
    name: nameOf(schema),
    parameters,
    optional: false,
    default: given ?? own ?? undefined,
    avro: schema,
  };
}

export function isEnum({ avro }: ConnectSchema): boolean {
  return avro.type === 'enum';
}

function unionSchema(union: Extract<Schema, { type: 'union' }>, given: Json | undefined): ConnectSchema {
  const only = optionalBranch(union);
  if (only !== undefined) return { ...connectSchema(only), optional: true };
  const optional = union.branches.some(({ type }) => type === 'null');
  return { type: 'UNION', name: undefined, parameters: new Map(), optional, default: given ?? undefined, avro: union };
}

function typeOf(schema: Exclude<Schema, { type: 'union' }>): ConnectType {
  switch (schema.type) {
    case 'int':
      return intType(schema.properties);
    case 'long':
      return 'INT64';
    case 'float':
      return 'FLOAT32';
    case 'double':
      return 'FLOAT64';
    case 'boolean':
      return 'BOOLEAN';
    case 'string':
    case 'enum':
      return 'STRING';
    case 'bytes':
    case 'fixed':
      return 'BYTES';
    case 'array':
      return 'ARRAY';
    case 'map':
      return 'MAP';
    case 'record':
      return 'STRUCT';
    case 'null':
      return 'NULL';
  }
}

function intType(properties: JsonObject): ConnectType {
  const type = properties.has('logicalType') ? undefined : properties.get('connect.type');
  if (type === 'int8') return 'INT8';
  return type === 'int16' ? 'INT16' : 'INT32';
}

function nameOf(schema: Exclude<Schema, { type: 'union' }>): string | undefined {
  const stated = schema.properties.get('connect.name');
  const name =
    typeof stated === 'string' ? stated : (logicalName(schema) ?? ('name' in schema ? fullName(schema) : undefined));
  return name?.startsWith(DEFAULT_NAME) ? undefined : name;
}

function logicalName({ type, properties }: Exclude<Schema, { type: 'union' }>): string | undefined {
  const logical = properties.get('logicalType');
  if (typeof logical !== 'string') return undefined;
  return LOGICAL_NAMES.get(`${type} ${logical.toLowerCase()}`);
}

const LOGICAL_NAMES: ReadonlyMap<string, string> = new Map([
  ['bytes decimal', DECIMAL],
  ['fixed decimal', DECIMAL],
  ['int date', 'org.apache.kafka.connect.data.Date'],
  ['int time-millis', 'org.apache.kafka.connect.data.Time'],
  ['long timestamp-millis', 'org.apache.kafka.connect.data.Timestamp'],
]);

function typeParameters(schema: Exclude<Schema, { type: 'union' }>): Array<[string, string]> {
  const parameters: Array<[string, string]> = [];
  if (schema.type === 'fixed') parameters.push(['connect.fixed.size', String(schema.size)]);
  if (schema.type === 'enum') {
    parameters.push(
      [ENUM, fullName(schema)],
      ...schema.symbols.map((symbol): [string, string] => [`${ENUM}.${symbol}`, symbol]),
    );
    if (schema.default !== undefined) {
      parameters.push([`io.confluent.connect.avro.enum.default.${schema.name}`, schema.default]);
    }
  }
  if (logicalName(schema) === DECIMAL) {
    parameters.push(['scale', textOf(schema.properties.get('scale') ?? 0n)]);
    const precision = textOf(schema.properties.get('precision') ?? DEFAULT_PRECISION);
    if (precision !== DEFAULT_PRECISION) parameters.push(['connect.decimal.precision', precision]);
  }
  return parameters;
}

function statedParameters(properties: JsonObject): Array<[string, string]> {
  const stated = properties.get('connect.parameters');
  const own = [...properties].filter(([name]) => name.startsWith('avro'));
  return [...(stated instanceof Map ? stated : []), ...own]
    .filter(([name]) => !DOCS.test(name))
    .map(([name, value]) => [name, textOf(value)]);
}

function textOf(json: Json): string {
  return typeof json === 'string' ? json : printJson(json);
}
