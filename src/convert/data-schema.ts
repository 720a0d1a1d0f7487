// Schemas of data, made of their text.
import type { Schema } from '../avro/schema';
import { parseSchema } from '../avro/schema-parse';
import { type Skip, skipper } from '../avro/skipper';
import type { DataSchema } from './data';

interface Numbers {
  readonly id?: DataSchema['id'] | undefined;
  readonly version?: DataSchema['version'] | undefined;
}

/** Parsed and compiled when it is needed first. Throws then what `parseSchema` throws. */
export function dataSchema(text: string, { id, version }: Numbers = {}): DataSchema {
  let schema: Schema | undefined;
  let skip: Skip | undefined;
  return {
    ...(id === undefined ? {} : { id }),
    ...(version === undefined ? {} : { version }),
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
