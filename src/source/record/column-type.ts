// What becomes of each Postgres type: Connect's JDBC source's Avro type where it has one, an array, or the text form.
import type { TypesConfig } from '../../config/source-model';
import { arrayType } from './array-type';
import { writeByte, writeDouble, writeFloat, writeHex, writeString } from './avro-output';
import { type ColumnType, smallInt, type TypeFault, textType, writeInteger } from './avro-type';
import type { Column, ElementType, ValueType } from './column';
import { moneyType, numericType } from './numeric-type';
import { dateType, timestampType, timeType } from './temporal-type';

export function columnType(column: Column, types: TypesConfig): ColumnType | TypeFault {
  // Declared so, its values are likely to have a shape that one Avro array does not hold.
  return (column.dimensions ?? 0) > 1 ? textType : valueType(column, types);
}

function valueType(type: ValueType, types: TypesConfig): ColumnType | TypeFault {
  if (type.isEnum) return textType;
  const plain = plainTypes.get(type.type);
  if (plain !== undefined) return plain;
  if (types.exact) return textType;
  if (type.element !== undefined) return arrayType(elementType(type.element, types), type.element.delimiter);
  switch (type.type) {
    case 'numeric':
      return numericType(type, types.numericMapping);
    case 'money':
      return moneyType;
    case 'bit':
      return bitType(type.typmod);
    case 'date':
      return dateType;
    case 'time':
    case 'timetz':
      return timeType(types);
    case 'timestamp':
    case 'timestamptz':
      return timestampType(types);
    default:
      return textType;
  }
}

/** Types whose Avro type holds every value. */
const plainTypes: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['int2', { schema: smallInt(16), write: writeInteger }],
  ['int4', { schema: 'int', write: writeInteger }],
  ['int8', { schema: 'long', write: writeInteger }],
  ['oid', { schema: 'long', write: writeInteger }],
  ['float4', { schema: 'float', write: (out, text) => writeFloat(out, Number(text)) }],
  ['float8', { schema: 'double', write: (out, text) => writeDouble(out, Number(text)) }],
  ['bool', { schema: 'boolean', write: (out, text) => writeByte(out, text === 't' ? 1 : 0) }],
  // Its text form is `\x` and the digits.
  ['bytea', { schema: 'bytes', write: (out, text) => writeHex(out, text, 2) }],
]);

/** A numeric without precision needs no fault here: Connect has no arrays, so that nobody expects anything of it. */
function elementType(element: ElementType, types: TypesConfig): ColumnType {
  const isBare = element.type === 'numeric' && element.typmod < 0;
  const type = isBare ? textType : valueType(element, types);
  return 'why' in type ? textType : type;
}

/**
 * Connect reads two and three bits as if they were decimal digits of an int8, dies of that with most values of up to eight,
 * and has the bytes of the text for more. Without a length (in a query) it takes them for a boolean.
 */
function bitType(length: number): ColumnType {
  if (length === 1) return { schema: 'boolean', write: (out, text) => writeByte(out, text === '1' ? 1 : 0) };
  if (length === 2 || length === 3) return { schema: smallInt(8), write: writeInteger };
  return length > 8 ? { schema: 'bytes', write: writeString } : textType;
}
