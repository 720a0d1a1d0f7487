// The identity of a schema: its text, checked, as Java's Avro prints it.
import { checkSchema } from './schema-check';
import { parseSchema } from './schema-parse';
import { printSchema } from './schema-print';

/** Two texts are the same schema exactly when this gives the same. Throws a ConnectlessError INVALID_SCHEMA. */
export function schemaText(text: string): string {
  const schema = parseSchema(text);
  checkSchema(schema);
  return printSchema(schema);
}
