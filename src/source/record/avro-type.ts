// What a column becomes: an Avro type with the way that a value's text is written in it, or why it cannot be read.
import { type AvroOutput, writeBigLong, writeLong, writeString } from './avro-output';

/** As it stands in a schema's JSON, members in Connect's order. */
export type AvroType = string | readonly AvroType[] | { readonly [member: string]: unknown };

export interface ColumnType {
  readonly schema: AvroType;
  /** Appends a value, given in Postgres's text form. Throws UnwritableValue. */
  readonly write: (out: AvroOutput, text: string) => void;
}

/** Why a column of this type cannot be read: completes `column "x" …`. */
export interface TypeFault {
  readonly why: string;
  /** A type that can be read instead. */
  readonly type: string;
  /** Another way out. */
  readonly or: string;
}

/** A value that has no form in its column's Avro type: the reason completes `column "x": …`. */
export class UnwritableValue extends Error {}

export const textType: ColumnType = { schema: 'string', write: writeString };

/** Longer texts may be longs that a double does not hold. */
const SAFE_DIGITS = 15;

export function writeInteger(out: AvroOutput, text: string): void {
  if (text.length <= SAFE_DIGITS) writeLong(out, Number(text));
  else writeBigLong(out, BigInt(text));
}

/** A logical type of Connect's, as AvroConverter writes it. */
export function logicalType(type: string, connectName: string, logicalType: string): AvroType {
  return {
    type,
    'connect.version': 1,
    'connect.name': `org.apache.kafka.connect.data.${connectName}`,
    logicalType,
  };
}

/** An int that Connect knows as one of so many bits. */
export function smallInt(bits: 8 | 16): AvroType {
  return { type: 'int', 'connect.type': `int${bits}` };
}
