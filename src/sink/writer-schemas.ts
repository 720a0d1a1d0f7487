// The schemas that records were written with, asked of the registry once in the life of the process.
import { parseSchema } from '../avro/schema-parse';
import { skipper } from '../avro/skipper';
import { ConnectlessError, messageOf } from '../errors';
import type { SchemaRegistry } from '../registry/registry';
import type { KnownSchemas, WriterSchema } from './plan';

export interface WriterSchemas {
  /** The schema, or why it cannot be had; the latter is never remembered. */
  fetch(id: number): Promise<WriterSchema | ConnectlessError>;
  readonly known: KnownSchemas;
}

export function writerSchemas(registry: SchemaRegistry): WriterSchemas {
  const schemas = new Map<number, WriterSchema>();
  return {
    known: (id) => schemas.get(id),
    fetch: async (id) => {
      try {
        const text = await registry.schemaById(id);
        const schema = { id, text, skip: skipper(parseSchema(text)) };
        schemas.set(id, schema);
        return schema;
      } catch (error) {
        if (error instanceof ConnectlessError) return error;
        return new ConnectlessError('SCHEMA_UNUSABLE', `Schema ${id}: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}
