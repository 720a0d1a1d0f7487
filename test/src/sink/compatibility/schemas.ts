// Schemas and data of the compatibility tests.
import { codec } from '../../../../src/avro/codec';
import type { Data, DataSchema } from '../../../../src/convert/data';
import { dataSchema } from '../../../../src/convert/data-schema';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

let ids = 0;

/** Each with an id of its own, as a registry's versions have. */
export function schemaOf(json: Json, version?: number): DataSchema {
  ids += 1;
  return dataSchema(JSON.stringify(json), { id: ids, ...(version === undefined ? {} : { version }) });
}

/** A record of one field `f`. */
export function recordOf(type: Json, field: { readonly [attribute: string]: Json } = {}): Json {
  return { type: 'record', name: 'R', fields: [{ name: 'f', type, ...field }] };
}

export function dataOf(schema: DataSchema, value: unknown): Data {
  const bytes = Buffer.concat([Buffer.from('before'), codec(schema.schema).encode(value), Buffer.from('behind')]);
  return { schema, bytes, start: 6, end: bytes.length - 6 };
}

export function readData({ schema, bytes, start, end }: Data): unknown {
  if (schema === undefined) throw new Error('no schema');
  const decoded = codec(schema.schema).decode(bytes, start);
  if (decoded.end !== end) throw new Error('bytes behind the datum');
  return decoded.value;
}
