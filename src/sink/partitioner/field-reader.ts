// A field of a record's value, found by its dotted name.
import type { Data, DataSchema } from '../../convert/data';
import { type AvroField, avroField } from './avro-field';
import type { FieldValue } from './field-value';
import { jsonField } from './json-field';

/** What a schema says of the field's place is found out once for each. @param name `n.f`: f in the record n */
export function fieldReader(name: string): (data: Data) => FieldValue {
  const avroPath = name.replaceAll('"', '').split('.');
  const jsonPath = quotedPath(name);
  const bySchema = new WeakMap<DataSchema, AvroField>();
  return ({ schema, bytes, start, end }) => {
    if (schema === undefined) return jsonField(bytes.toString('utf8', start, end), jsonPath);
    let field = bySchema.get(schema);
    if (field === undefined) {
      field = avroField(schema.schema, avroPath);
      bySchema.set(schema, field);
    }
    return typeof field === 'symbol' ? field : field(bytes, start);
  };
}

/** Members of JSON may have a dot in their names, which stand in double quotes then, as in Connect. */
function quotedPath(name: string): string[] {
  const parts = name.match(/(?:"[^"]*"|[^."])+/g) ?? [name];
  return parts.map((part) => part.replaceAll('"', ''));
}
