// The types of a database's results: their names, what their arrays hold, and java.sql.Types' numbers for them.
import type { Client } from 'pg';
import { Failure } from './failure';

export interface PgType {
  readonly name: string;
  readonly schema: string;
  readonly isEnum: boolean;
  /** Of an array: its elements' type. */
  readonly element?: PgType;
}

/** java.sql.Types of those that the Data API carries; what is not here it refuses (AWS's list of supported types). */
const JDBC_TYPES: Readonly<Record<string, number>> = {
  bool: -7,
  bit: -7,
  int2: 5,
  int4: 4,
  int8: -5,
  float4: 7,
  float8: 8,
  numeric: 2,
  bpchar: 1,
  varchar: 12,
  text: 12,
  bytea: -2,
  date: 91,
  time: 92,
  timestamp: 93,
  timestamptz: 93,
  json: 1111,
  jsonb: 1111,
  uuid: 1111,
  inet: 1111,
  cidr: 1111,
};
const ARRAY = 2003;

/** java.sql.Types' number; undefined for a type that the Data API refuses. */
export function jdbcType(type: PgType): number | undefined {
  if (type.element !== undefined) return jdbcType(type.element) === undefined ? undefined : ARRAY;
  if (type.isEnum) return 12;
  return type.schema === 'pg_catalog' ? JDBC_TYPES[type.name] : undefined;
}

export function unsupported(type: PgType): Failure {
  return new Failure(
    'UnsupportedResultException',
    `The result contains the unsupported data type "${type.name.toUpperCase()}".`,
  );
}

/** Looks types up, in the transaction that has just used them. */
export async function typesOf(client: Client, oids: readonly number[]): Promise<ReadonlyMap<number, PgType>> {
  const { rows } = await client.query<{ oid: number; name: string; schema: string; kind: string; element: number }>(
    `SELECT t.oid::int8::float8 AS oid, t.typname::text AS name, n.nspname::text AS schema, t.typtype::text AS kind,
       CASE WHEN t.typcategory = 'A' THEN t.typelem::int8::float8 ELSE 0 END AS element
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.oid = ANY($1::oid[]) OR t.oid IN (SELECT typelem FROM pg_catalog.pg_type WHERE oid = ANY($1::oid[]))`,
    [oids],
  );
  const byOid = new Map(rows.map((row) => [row.oid, row]));
  const typeOf = (oid: number): PgType => {
    const { name = 'unknown', schema = '', kind, element = 0 } = byOid.get(oid) ?? {};
    return { name, schema, isEnum: kind === 'e', ...(element === 0 ? {} : { element: typeOf(element) }) };
  };
  return new Map(oids.map((oid) => [oid, typeOf(oid)]));
}
