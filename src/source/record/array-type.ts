// Arrays in Avro: items that may be null, each as a column of the element's type would be.
import { arrayElements } from './array-text';
import { writeByte, writeLong } from './avro-output';
import type { ColumnType } from './avro-type';
import { optionalSchema, writeOptional } from './optional';

/** Behind the last item. */
const END = 0;

export function arrayType(item: ColumnType, delimiter: string): ColumnType {
  return {
    schema: { type: 'array', items: optionalSchema(item.schema) },
    write: (out, text) => {
      const elements = arrayElements(text, delimiter);
      if (elements.length > 0) writeLong(out, elements.length);
      for (const element of elements) writeOptional(out, item.write, element);
      writeByte(out, END);
    },
  };
}
