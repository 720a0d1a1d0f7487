// What Connect's JDBC source makes of each Postgres type: the Avro type, and how a value's text is written in it.
import {
  type AvroOutput,
  writeBigLong,
  writeByte,
  writeDouble,
  writeFloat,
  writeHex,
  writeLong,
  writeString,
} from './avro-output';
import type { Column } from './column';
import { writeDecimal } from './decimal';
import { dateDays, NoSuchTime, timeMillis, timestampMillis, timeTzMillis } from './temporal';

/** As it stands in a schema's JSON, members in Connect's order. */
export type AvroType = string | Readonly<Record<string, unknown>>;

export interface ColumnType {
  readonly schema: AvroType;
  /** Appends a value, given in Postgres's text form. Throws UnwritableValue. */
  readonly write: (out: AvroOutput, text: string) => void;
}

/** Why a column of this type cannot be read, and what to write instead; both complete `column "x" …`. */
export interface TypeFault {
  readonly why: string;
  readonly instead: string;
}

/** A value that has no form in its column's Avro type: the reason completes `column "x": …`. */
export class UnwritableValue extends Error {}

/** Longer texts may be longs that a double does not hold. */
const SAFE_DIGITS = 15;
/** pg_attribute.atttypmod of numeric(p,s) and the character types begins behind a length word. */
const HEADER = 4;

export function columnType(column: Column): ColumnType | TypeFault {
  if (column.isEnum) return text;
  if (column.type === 'numeric') return numeric(column);
  if (column.type === 'bit' && column.typmod !== 1) return unsupported(column);
  return types.get(column.type) ?? unsupported(column);
}

const text: ColumnType = { schema: 'string', write: writeString };

const types: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['int2', { schema: { type: 'int', 'connect.type': 'int16' }, write: writeInteger }],
  ['int4', { schema: 'int', write: writeInteger }],
  ['int8', { schema: 'long', write: writeInteger }],
  ['oid', { schema: 'long', write: writeInteger }],
  ['float4', { schema: 'float', write: (out, value) => writeFloat(out, Number(value)) }],
  ['float8', { schema: 'double', write: (out, value) => writeDouble(out, Number(value)) }],
  ['bool', { schema: 'boolean', write: (out, value) => writeByte(out, value === 't' ? 1 : 0) }],
  ['bit', { schema: 'boolean', write: (out, value) => writeByte(out, value === '1' ? 1 : 0) }],
  // Its text form is `\x` and the digits.
  ['bytea', { schema: 'bytes', write: (out, value) => writeHex(out, value, 2) }],
  ['date', { schema: logical('int', 'Date', 'date'), write: temporal(dateDays) }],
  ['time', { schema: logical('int', 'Time', 'time-millis'), write: temporal(timeMillis) }],
  ['timetz', { schema: logical('int', 'Time', 'time-millis'), write: temporal(timeTzMillis) }],
  ['timestamp', { schema: logical('long', 'Timestamp', 'timestamp-millis'), write: temporal(timestampMillis) }],
  ['timestamptz', { schema: logical('long', 'Timestamp', 'timestamp-millis'), write: temporal(timestampMillis) }],
  ...['char', 'bpchar', 'varchar', 'text', 'citext', 'name', 'xml', 'uuid', 'json', 'jsonb'].map(
    (name): [string, ColumnType] => [name, text],
  ),
]);

function logical(type: string, connectName: string, logicalType: string): AvroType {
  return {
    type,
    'connect.version': 1,
    'connect.name': `org.apache.kafka.connect.data.${connectName}`,
    logicalType,
  };
}

function writeInteger(out: AvroOutput, value: string): void {
  if (value.length <= SAFE_DIGITS) writeLong(out, Number(value));
  else writeBigLong(out, BigInt(value));
}

function temporal(read: (text: string) => number | bigint): ColumnType['write'] {
  return (out, value) => {
    const number = readTime(read, value);
    if (typeof number === 'bigint') writeBigLong(out, number);
    else writeLong(out, number);
  };
}

function readTime(read: (text: string) => number | bigint, value: string): number | bigint {
  try {
    return read(value);
  } catch (error) {
    throw error instanceof NoSuchTime ? new UnwritableValue(error.message) : error;
  }
}

function numeric(column: Column): ColumnType | TypeFault {
  if (column.typmod < HEADER) {
    return {
      why: 'is a numeric without precision and scale, and an Avro decimal needs both',
      instead: 'TYPE numeric(38,10), or whatever holds its values',
    };
  }
  const precision = (column.typmod - HEADER) >> 16;
  // Eleven bits, signed since Postgres 15.
  const scale = (((column.typmod - HEADER) & 0x7ff) ^ 0x400) - 0x400;
  if (scale < 0) {
    return {
      why: `is ${column.declared}, and an Avro decimal has no negative scale`,
      instead: `TYPE numeric(${precision - scale},0)`,
    };
  }
  return {
    schema: {
      type: 'bytes',
      scale,
      precision,
      'connect.version': 1,
      'connect.parameters': { scale: String(scale), 'connect.decimal.precision': String(precision) },
      'connect.name': 'org.apache.kafka.connect.data.Decimal',
      logicalType: 'decimal',
    },
    write: (out, value) => {
      if (value === 'NaN') throw new UnwritableValue('NaN has no place in a decimal');
      writeDecimal(out, value);
    },
  };
}

function unsupported(column: Column): TypeFault {
  return { why: `is of type ${column.declared}, which this source does not read yet`, instead: 'TYPE text' };
}
