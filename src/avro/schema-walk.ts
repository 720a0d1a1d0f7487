// Looks through a schema and everything within it.
import type { Schema } from './schema';

/** Whether any schema within this one, itself included, answers to the test; each is asked once. */
export function someSchema(schema: Schema, test: (schema: Schema) => boolean): boolean {
  return some(schema, test, new Set());
}

function some(schema: Schema, test: (schema: Schema) => boolean, entered: Set<Schema>): boolean {
  if (entered.has(schema)) return false;
  entered.add(schema);
  if (test(schema)) return true;
  switch (schema.type) {
    case 'array':
      return some(schema.items, test, entered);
    case 'map':
      return some(schema.values, test, entered);
    case 'union':
      return schema.branches.some((branch) => some(branch, test, entered));
    case 'record':
      return schema.fields.some(({ type }) => some(type, test, entered));
    default:
      return false;
  }
}
