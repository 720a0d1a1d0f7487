// The default of a field → a value to encode.
import { parseValue } from '../../avro/json-decode';
import { type Json, printJson } from '../../avro/json-text';
import { branchName, type RecordSchema, type Schema, type UnionSchema } from '../../avro/schema';
import { ConnectlessError } from '../../errors';

/** Undefined: it is no value of the schema, which Connect, too, takes for none. */
export function defaultValue(schema: Schema, json: Json): { readonly value: unknown } | undefined {
  try {
    return { value: parseValue(schema, printJson(tagged(schema, json))) };
  } catch (error) {
    if (error instanceof ConnectlessError) return undefined;
    throw error;
  }
}

/** A default is JSON whose unions name no branch, and whose records may leave out fields that have defaults themselves. */
function tagged(schema: Schema, json: Json): Json {
  if (schema.type === 'union') return taggedBranch(schema, json);
  if (schema.type === 'array' && Array.isArray(json)) return json.map((item: Json) => tagged(schema.items, item));
  if (!(json instanceof Map)) return json;
  if (schema.type === 'record') return taggedRecord(schema, json);
  if (schema.type !== 'map') return json;
  return new Map(Array.from(json, ([key, value]): [string, Json] => [key, tagged(schema.values, value)]));
}

function taggedRecord({ fields }: RecordSchema, json: ReadonlyMap<string, Json>): Json {
  return new Map(
    fields.flatMap((field): Array<[string, Json]> => {
      const value = json.get(field.name) ?? field.default;
      return value === undefined ? [] : [[field.name, tagged(field.type, value)]];
    }),
  );
}

/** By the specification it is a value of the first branch. */
function taggedBranch({ branches }: UnionSchema, json: Json): Json {
  const branch = branches.find(({ type }) => type !== 'null');
  if (json === null || branch === undefined) return json;
  return new Map([[branchName(branch), tagged(branch, json)]]);
}
