// A value that may be null: a union with null first.
import { type AvroOutput, writeByte } from './avro-output';
import type { AvroType, ColumnType } from './avro-type';

/** The union's branches as they are written. */
const NULL = 0;
const VALUE = 2;

export function optionalSchema(schema: AvroType): AvroType {
  return ['null', schema];
}

export function writeOptional(out: AvroOutput, write: ColumnType['write'], text: string | null): void {
  if (text === null) {
    writeByte(out, NULL);
    return;
  }
  writeByte(out, VALUE);
  write(out, text);
}
