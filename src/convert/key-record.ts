// A key as a record of one field, for formats that hold records alone: Confluent's RecordKey.

import type { Schema } from '../avro/schema';
import { printSchema } from '../avro/schema-print';
import type { Data, DataSchema } from './data';
import { dataSchema } from './data-schema';

const made = new WeakMap<DataSchema, DataSchema>();

/** The same bytes: a record has none of its own. Data without a schema stay as they are. */
export function keyRecord(key: Data): Data {
  if (key.schema === undefined) return key;
  const schema = made.get(key.schema) ?? dataSchema(textOf(key.schema.schema));
  made.set(key.schema, schema);
  return { ...key, schema };
}

function textOf(key: Schema): string {
  const isOptional = key.type === 'union' && key.branches[0]?.type === 'null';
  return printSchema({
    type: 'record',
    error: false,
    name: 'RecordKey',
    namespace: undefined,
    doc: undefined,
    aliases: [],
    properties: new Map([['connect.name', 'RecordKey']]),
    fields: [
      {
        name: 'key',
        type: key,
        doc: undefined,
        default: isOptional ? null : undefined,
        order: 'ascending',
        aliases: [],
        properties: new Map(),
      },
    ],
  });
}
