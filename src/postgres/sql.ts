// SQL text from names and values: identifiers and literals are always quoted.
import type { TableName } from '../source/table';

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `"schema"."name"` */
export function relation({ schema, name }: TableName): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** The oid of a relation that exists; the query fails with 42P01 when it does not. */
export function oid(name: TableName): string {
  return `${literal(relation(name))}::pg_catalog.regclass::pg_catalog.oid`;
}
