// Schemas of data, made of their text.
import type { Schema } from '../avro/schema';
import { parseSchema } from '../avro/schema-parse';
import { type Skip, skipper } from '../avro/skipper';
import type { DataSchema } from './data';

/** Parsed and compiled when it is needed first. Throws then what `parseSchema` throws. */
export function dataSchema(text: string, numbers: Pick<DataSchema, 'id' | 'version'> = {}): DataSchema {
  let schema: Schema | undefined;
  let skip: Skip | undefined;
  return {
    ...numbers,
    text,
    get schema() {
      schema ??= parseSchema(text);
      return schema;
    },
    get skip() {
      skip ??= skipper(this.schema);
      return skip;
    },
  };
}
