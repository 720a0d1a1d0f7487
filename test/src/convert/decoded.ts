// What a converter gave, read by the codec.
import { codec } from '../../../src/avro/codec';
import type { Converter, Data, NeedsSchema } from '../../../src/convert/data';
import type { ConnectlessError } from '../../../src/errors';

type Converted = Data | NeedsSchema | ConnectlessError;

/** Converts bytes that lie between others. */
export function converted(converter: Converter, content: Uint8Array | string): Converted {
  const bytes = Buffer.from(content);
  const around = Buffer.from('around');
  return converter(Buffer.concat([around, bytes, around]), around.length, around.length + bytes.length);
}

/** The schema's text and the value; throws what was given instead of data. */
export function decoded(data: Converted): { readonly schema: string; readonly value: unknown } {
  if (!('bytes' in data) || data.schema === undefined) throw data;
  const { schema, bytes, start, end } = data;
  if (schema.skip(bytes, start, end) !== end) throw new Error('not one whole datum');
  return { schema: schema.text, value: codec(schema.schema).decode(bytes, start).value };
}

/** The JSON of data without a schema. */
export function jsonOf(data: Converted): string {
  if (!('bytes' in data) || data.schema !== undefined) throw data;
  return data.bytes.toString('utf8', data.start, data.end);
}
