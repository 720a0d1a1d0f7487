// A query's columns as Postgres describes them, from how the Data API tells it: in pgjdbc's words.
import type { ColumnMetadata } from '@aws-sdk/client-rds-data';
import type { QueryField } from '../postgres/columns';
import type { Origin, Rows } from '../postgres/database';
import { fromOrigin } from '../postgres/origin';
import { identifier, literal } from '../postgres/sql';

/** A column as SQL/XML's mapping of the query names it, which knows every type, but no precision. */
export interface MappedColumn {
  readonly name: string;
  readonly schema: string;
  /** In pg_type. */
  readonly type: string;
  readonly isDomain: boolean;
}

/** What the mapping calls the types of the SQL standard (PostgreSQL manual, 9.15.4; ISO/IEC 9075-14). */
const STANDARD: Readonly<Record<string, string>> = {
  CHAR: 'bpchar',
  VARCHAR: 'varchar',
  NUMERIC: 'numeric',
  INTEGER: 'int4',
  SMALLINT: 'int2',
  BIGINT: 'int8',
  REAL: 'float4',
  DOUBLE: 'float8',
  BOOLEAN: 'bool',
  TIME: 'time',
  TIME_WTZ: 'timetz',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_WTZ: 'timestamptz',
  DATE: 'date',
  XML: 'xml',
};
const UNKNOWN_LENGTH = 2147483647;
/** What pgjdbc calls a column whose values come from a sequence. */
const SERIALS: Readonly<Record<string, string>> = { smallserial: 'int2', serial: 'int4', bigserial: 'int8' };
/** pgjdbc's scale where no precision is declared. */
const MICROSECONDS = 6;

export function mappingQuery(origin: Origin): string {
  return `SELECT query_to_xmlschema(${literal(`SELECT * ${fromOrigin(origin)}`)}, false, false, '')::text`;
}

export function mappedColumns(xml: string): MappedColumn[] {
  const elements = xml.matchAll(/<xsd:element name="([^"]*)" type="([^"]*)" minOccurs="0"><\/xsd:element>/g);
  return [...elements].map(([, name = '', type = '']) => {
    const [kind, , schema, own] = type.split('.').map(unescaped);
    const isStandard = schema === undefined || own === undefined;
    return {
      name: unescaped(name),
      schema: isStandard ? 'pg_catalog' : schema,
      type: isStandard ? (STANDARD[type] ?? type) : own,
      isDomain: kind === 'Domain',
    };
  });
}

/** SQL/XML writes what no name of XML may have as its code point. */
function unescaped(name: string): string {
  return name.replace(/_x([0-9A-F]{4,8})_/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/**
 * One row without values: its description is what counts, and of the mapping its text.
 *
 * @param omitted columns that the Data API refuses, by their place
 */
export function describeStatement(
  origin: Origin,
  columns: readonly MappedColumn[],
  omitted: ReadonlySet<number>,
): string {
  const own = columns.map((_, place) => `c${place}`);
  const selected = own.map((name, place) => (omitted.has(place) ? `NULL::text AS ${name}` : `"source".${name}`));
  const list = omitted.size === 0 ? '"source".*' : selected.join(', ');
  const from = `${fromOrigin(origin)}${omitted.size === 0 ? '' : ` (${own.map(identifier).join(', ')})`}`;
  return `SELECT "mapping".*, ${list} FROM (${mappingQuery(origin)}) AS "mapping" LEFT JOIN ${from.slice('FROM '.length)} ON false`;
}

/**
 * The query for the oids: of the type, of the relation and the number of its column, a row for each of the columns. A type is
 * named bare where a search path leads to it, else as `"schema"."name"`.
 */
export function fieldsQuery(metadata: readonly ColumnMetadata[]): string {
  const values = metadata.map(({ typeName = '', schemaName = '', tableName = '', name = '' }, place) => {
    const texts = [SERIALS[typeName] ?? typeName, schemaName, tableName, name].map(literal);
    return `(${place}, ${texts.join(', ')})`;
  });
  return `
    SELECT CASE named.typtype WHEN 'd' THEN named.typbasetype ELSE named.oid END, r.oid, a.attnum
    FROM (VALUES ${values.join(', ')}) field (place, type, schema, relation, name)
    LEFT JOIN LATERAL (
      SELECT t.* FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE CASE WHEN field.type LIKE '"%' THEN t.oid = to_regtype(field.type)::oid ELSE t.typname = field.type END
      ORDER BY n.nspname <> 'pg_catalog', NOT pg_type_is_visible(t.oid), n.nspname LIMIT 1) named ON true
    LEFT JOIN pg_namespace s ON s.nspname = field.schema
    LEFT JOIN pg_class r ON r.relnamespace = s.oid AND r.relname = field.relation
    LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = field.name
    ORDER BY field.place`;
}

/** @param rows of `fieldsQuery` */
export function fieldsOf(metadata: readonly ColumnMetadata[], rows: Rows): QueryField[] {
  return metadata.map((column, place) => {
    const [typeOid, tableOid, attnum] = rows[place] ?? [];
    return {
      name: column.label ?? column.name ?? '',
      typeOid: Number(typeOid ?? 0),
      typmod: typmod(column),
      tableOid: Number(tableOid ?? 0),
      attnum: Number(attnum ?? 0),
    };
  });
}

/** The inverse of pgjdbc's TypeInfoCache.getPrecision and getScale; an array's are its elements'. */
function typmod({ typeName = '', precision = 0, scale = 0 }: ColumnMetadata): number {
  const type = typeName.replace(/^_/, '');
  if (type === 'numeric') return precision === 0 ? -1 : ((precision << 16) | (scale & 0xffff)) + 4;
  if (type === 'varchar' || type === 'bpchar') return precision === UNKNOWN_LENGTH ? -1 : precision + 4;
  if (type === 'bit') return precision === UNKNOWN_LENGTH ? -1 : precision;
  if (/^time(stamp)?(tz)?$/.test(type)) return scale === MICROSECONDS ? -1 : scale;
  return -1;
}
