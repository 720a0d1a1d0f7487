// Connect's schema → the Avro schema that Confluent's AvroData makes of it, its names and properties in their order.
import type { Json } from '../../avro/json-text';
import { type Field, fullName, type Name, type RecordSchema, type Schema } from '../../avro/schema';
import { printSchema } from '../../avro/schema-print';
import { defaultJson, defaultProperty } from './default';
import {
  type ConnectSchema,
  DATE,
  DECIMAL,
  hasStringKeys,
  type MapSchema,
  type PlainType,
  type StructSchema,
  scaleOf,
  TIME,
  TIMESTAMP,
} from './schema';

const NAMESPACE = 'io.confluent.connect.avro';
const DEFAULT_FLAG = `${NAMESPACE}.field.default`;
const PRECISION = 'connect.decimal.precision';
const DEFAULT_PRECISION = 64;

const PLAIN: Readonly<Record<PlainType, 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string'>> = {
  boolean: 'boolean',
  int8: 'int',
  int16: 'int',
  int32: 'int',
  int64: 'long',
  float: 'float',
  double: 'double',
  bytes: 'bytes',
  string: 'string',
};

const LOGICAL_TYPES: ReadonlyMap<string, string> = new Map([
  [DECIMAL, 'decimal'],
  [TIME, 'time-millis'],
  [TIMESTAMP, 'timestamp-millis'],
  [DATE, 'date'],
]);

/** Records by their full names, and by what they would be printed as under the name that Connect gives them. */
interface Names {
  readonly taken: Set<string>;
  readonly records: Map<string, RecordSchema>;
}

/**
 * The text of the Avro schema. Two structs that Connect gives one name (`ConnectDefault` to all without one) and that differ
 * are told apart by a number: AvroData fails on them.
 */
export function avroText(schema: ConnectSchema): string {
  return printSchema(avroOf(schema, { taken: new Set(), records: new Map() }));
}

function avroOf(schema: ConnectSchema, names: Names): Schema {
  const base = baseOf(schema, names);
  if (!schema.optional) return base;
  const none: Schema = { type: 'null', properties: new Map() };
  // A union's default is one of its first branch; of a struct AvroData puts null there even so.
  const isFirst = schema.default !== undefined && schema.type !== 'struct';
  return { type: 'union', branches: isFirst ? [base, none] : [none, base] };
}

function baseOf(schema: ConnectSchema, names: Names): Schema {
  const properties = propertiesOf(schema);
  switch (schema.type) {
    case 'array':
      return { type: 'array', items: avroOf(schema.items, names), properties };
    case 'map':
      if (hasStringKeys(schema)) return { type: 'map', values: avroOf(schema.values, names), properties };
      return { type: 'array', items: entryOf(schema, names), properties };
    case 'struct':
      return structOf(schema, names, properties);
    default:
      return { type: PLAIN[schema.type], properties };
  }
}

function structOf(struct: StructSchema, names: Names, properties: Map<string, Json>): RecordSchema {
  const { parameters, name } = struct;
  return recordOf(names, name === undefined ? named('ConnectDefault') : split(name), properties, () => ({
    doc: parameters?.get(`${NAMESPACE}.record.doc`),
    fields: struct.fields.map((field) =>
      fieldOf(field.name, field.schema, names, parameters?.get(`${NAMESPACE}.field.doc.${field.name}`)),
    ),
  }));
}

/** A map whose keys are no strings is an array of these. */
function entryOf(map: MapSchema, names: Names): RecordSchema {
  const { name } = map;
  const properties = new Map<string, Json>(name === undefined ? [] : [['connect.internal.type', 'MapEntry']]);
  return recordOf(names, name === undefined ? named('MapEntry') : split(name), properties, () => ({
    doc: undefined,
    fields: [fieldOf('key', map.keys, names), fieldOf('value', map.values, names)],
  }));
}

/** The name is taken before the fields are made, so that the outermost record has it. */
function recordOf(
  names: Names,
  wanted: Name,
  properties: Map<string, Json>,
  content: () => Pick<RecordSchema, 'doc' | 'fields'>,
): RecordSchema {
  const name = freeName(wanted, names.taken);
  names.taken.add(fullName(name));
  const record: RecordSchema = { type: 'record', error: false, aliases: [], properties, ...content(), ...name };
  const identity = printSchema({ ...record, ...wanted });
  const same = names.records.get(identity);
  names.records.set(identity, same ?? record);
  return same ?? record;
}

function freeName(wanted: Name, taken: ReadonlySet<string>): Name {
  let name = wanted;
  for (let number = 2; taken.has(fullName(name)); number += 1) name = { ...wanted, name: `${wanted.name}${number}` };
  return name;
}

function fieldOf(name: string, schema: ConnectSchema, names: Names, doc?: string): Field {
  const none = schema.optional ? null : undefined;
  return {
    name,
    type: avroOf(schema, names),
    doc,
    default: schema.default === undefined ? none : defaultJson(schema, schema.default),
    order: 'ascending',
    aliases: [],
    properties: new Map(),
  };
}

function named(name: string): Name {
  return { name, namespace: NAMESPACE };
}

function split(name: string): Name {
  const dot = name.lastIndexOf('.');
  return { name: name.slice(dot + 1), namespace: dot < 0 ? undefined : name.slice(0, dot) };
}

function propertiesOf(schema: ConnectSchema): Map<string, Json> {
  const { doc, version, parameters, name, type } = schema;
  const properties = new Map<string, Json>(name === DECIMAL ? decimalProperties(schema) : []);
  if (doc !== undefined) properties.set('connect.doc', doc);
  if (version !== undefined) properties.set('connect.version', BigInt(version));
  const others = new Map(parameters);
  others.delete(DEFAULT_FLAG);
  if (others.size > 0) properties.set('connect.parameters', others);
  if (schema.default !== undefined && parameters?.has(DEFAULT_FLAG) !== true) {
    properties.set('connect.default', defaultProperty(schema, schema.default));
  }
  if (name !== undefined) properties.set('connect.name', name);
  if (type === 'int8' || type === 'int16') properties.set('connect.type', type);
  const logicalType = LOGICAL_TYPES.get(name ?? '');
  if (logicalType !== undefined) properties.set('logicalType', logicalType);
  for (const [key, value] of parameters ?? []) if (key.startsWith('avro')) properties.set(key, value);
  return properties;
}

function decimalProperties(schema: ConnectSchema): Array<[string, Json]> {
  const precision = Number.parseInt(schema.parameters?.get(PRECISION) ?? '', 10);
  return [
    ['scale', BigInt(scaleOf(schema) ?? 0)],
    ['precision', BigInt(Number.isNaN(precision) ? DEFAULT_PRECISION : precision)],
  ];
}
