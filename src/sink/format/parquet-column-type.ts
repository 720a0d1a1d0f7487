// What a Parquet column is, of an Avro type without parts: parquet-format's LogicalTypes.md, and parquet-avro's choices.
import type { ConvertedType, LogicalType, SchemaElement } from 'hyparquet';
import type { Schema } from '../../avro/schema';

type Leaf = Exclude<Schema, { type: 'record' | 'union' | 'array' | 'map' | 'null' }>;
type ColumnType = Omit<SchemaElement, 'name' | 'repetition_type'>;

/** Logical types that do not stand on this Avro type, or whose attributes make no sense, count as not given, as in Java. */
export function columnType(schema: Leaf): ColumnType {
  const physical = physicalType(schema);
  if (schema.type === 'string') return { ...physical, converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  if (schema.type === 'enum') return { ...physical, converted_type: 'ENUM', logical_type: { type: 'ENUM' } };
  const logicalType = schema.properties.get('logicalType');
  if (logicalType === 'decimal') return { ...physical, ...decimal(schema) };
  if (logicalType === 'uuid' && schema.type === 'fixed' && schema.size === UUID_BYTES) {
    return { ...physical, logical_type: { type: 'UUID' } };
  }
  return { ...physical, ...LOGICAL_TYPES[`${schema.type} ${logicalType}`] };
}

const UUID_BYTES = 16;

function physicalType(schema: Leaf): ColumnType {
  switch (schema.type) {
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'int':
      return { type: 'INT32' };
    case 'long':
      return { type: 'INT64' };
    case 'float':
      return { type: 'FLOAT' };
    case 'double':
      return { type: 'DOUBLE' };
    case 'fixed':
      return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: schema.size };
    default:
      return { type: 'BYTE_ARRAY' };
  }
}

type Annotation = Pick<ColumnType, 'converted_type' | 'logical_type' | 'scale' | 'precision'>;

/** Older readers know the converted types only, which are all of UTC. */
const LOGICAL_TYPES: Readonly<Record<string, Annotation>> = {
  'int date': annotation({ type: 'DATE' }, 'DATE'),
  'int time-millis': annotation({ type: 'TIME', isAdjustedToUTC: true, unit: 'MILLIS' }, 'TIME_MILLIS'),
  'long time-micros': annotation({ type: 'TIME', isAdjustedToUTC: true, unit: 'MICROS' }, 'TIME_MICROS'),
  'long timestamp-millis': annotation(timestamp(true, 'MILLIS'), 'TIMESTAMP_MILLIS'),
  'long timestamp-micros': annotation(timestamp(true, 'MICROS'), 'TIMESTAMP_MICROS'),
  'long timestamp-nanos': annotation(timestamp(true, 'NANOS')),
  'long local-timestamp-millis': annotation(timestamp(false, 'MILLIS')),
  'long local-timestamp-micros': annotation(timestamp(false, 'MICROS')),
  'long local-timestamp-nanos': annotation(timestamp(false, 'NANOS')),
};

function timestamp(isAdjustedToUTC: boolean, unit: 'MILLIS' | 'MICROS' | 'NANOS'): LogicalType {
  return { type: 'TIMESTAMP', isAdjustedToUTC, unit };
}

function annotation(logical_type: LogicalType, converted_type?: ConvertedType): Annotation {
  return converted_type === undefined ? { logical_type } : { logical_type, converted_type };
}

function decimal(schema: Leaf): Annotation {
  const precision = integer(schema, 'precision');
  const scale = schema.properties.has('scale') ? integer(schema, 'scale') : 0;
  if (precision === undefined || scale === undefined) return {};
  if (precision < 1 || precision > mostDigits(schema) || scale < 0 || scale > precision) return {};
  return { ...annotation({ type: 'DECIMAL', precision, scale }, 'DECIMAL'), precision, scale };
}

function integer({ properties }: Leaf, name: string): number | undefined {
  const value = properties.get(name);
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** Decimal digits that surely fit; none into what is neither bytes nor fixed. */
function mostDigits(schema: Leaf): number {
  if (schema.type === 'bytes') return 0x7fffffff;
  return schema.type === 'fixed' ? Math.floor((8 * schema.size - 1) * Math.log10(2)) : 0;
}
