// A default of Connect's as JSON in an Avro schema.
import { javaFloat } from '../../avro/java-number';
import type { Json } from '../../avro/json-text';
import { itemsOf, membersOf } from '../../avro/value';
import { type ConnectSchema, hasStringKeys, type MapSchema } from './schema';

type EntryJson = (key: Json, value: Json) => Json;

/** What `connect.default` holds: AvroData writes an entry of a map without string keys as a pair. */
export function defaultProperty(schema: ConnectSchema, value: unknown): Json {
  return jsonOf(schema, value, (key, content) => [key, content]);
}

/** What the field's `default` holds: such an entry must be a record there. AvroData writes a pair, and fails. */
export function defaultJson(schema: ConnectSchema, value: unknown): Json {
  return jsonOf(
    schema,
    value,
    (key, content) =>
      new Map([
        ['key', key],
        ['value', content],
      ]),
  );
}

/** @param value as the codec takes it */
function jsonOf(schema: ConnectSchema, value: unknown, entry: EntryJson): Json {
  if (value === null || value === undefined) return null;
  switch (schema.type) {
    case 'boolean':
      return value === true;
    case 'float':
      return Number(javaFloat(Number(value)));
    case 'double':
      return Number(value);
    case 'string':
      return String(value);
    case 'bytes':
      return Buffer.isBuffer(value) ? value.toString('latin1') : null;
    case 'array':
      return itemsOf(value).map((item) => jsonOf(schema.items, item, entry));
    case 'map':
      return mapJson(schema, value, entry);
    case 'struct': {
      const members = membersOf(value);
      return new Map(schema.fields.map((field) => [field.name, jsonOf(field.schema, members[field.name], entry)]));
    }
    default:
      return BigInt(Number.isInteger(value) || typeof value === 'bigint' ? String(value) : 0);
  }
}

function mapJson(map: MapSchema, value: unknown, entry: EntryJson): Json {
  if (hasStringKeys(map)) {
    return new Map(Object.entries(membersOf(value)).map(([key, member]) => [key, jsonOf(map.values, member, entry)]));
  }
  return itemsOf(value).map((item) => {
    const { key, value: content } = membersOf(item);
    return entry(jsonOf(map.keys, key, entry), jsonOf(map.values, content, entry));
  });
}
