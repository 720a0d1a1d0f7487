// The columns of a relation or of a query's result, as the source's types are chosen by.
import type { Column, ElementType, ValueType } from '../source/record/column';
import type { TableName } from '../source/table';
import type { Rows } from './database';
import { literal, oid } from './sql';

/** A column of a query's result, as RowDescription has it. */
export interface QueryField {
  readonly name: string;
  readonly typeOid: number;
  readonly typmod: number;
  /** 0: it is no column of a relation. */
  readonly tableOid: number;
  readonly attnum: number;
}

/** [pg_type.typname, typtype, typmod, typdelim] */
type Layer = readonly [string, string, number, string];

const SELECTED = 'format_type(typed.oid, typed.typmod), layers.names, typed.not_null, typed.dimensions';

/** The columns in the order of `SELECT *`. */
export function columnsQuery(table: TableName): string {
  return `
    SELECT typed.name, ${SELECTED}
    FROM (
      SELECT a.attname AS name, a.attnum AS place, a.atttypid AS oid, a.atttypmod AS typmod, a.attndims AS dimensions,
        ${notNull('a', 't')} AS not_null
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = ${oid(table)} AND a.attnum > 0 AND NOT a.attisdropped) typed
    ${LAYERS} ORDER BY typed.place`;
}

/** The same of a query: what it takes from a relation's column is as NOT NULL as that, as in pgjdbc's ResultSetMetaData. */
export function columnsQueryOf(fields: readonly QueryField[]): string {
  const values = fields.map(
    ({ name, typeOid, typmod, tableOid, attnum }, index) =>
      `(${index}, ${literal(name)}, ${typeOid}::oid, ${typmod}, ${tableOid}::oid, ${attnum})`,
  );
  if (values.length === 0) return 'SELECT WHERE false';
  return `
    SELECT typed.name, ${SELECTED}
    FROM (
      SELECT field.name, field.place, field.oid, field.typmod, coalesce(a.attndims, 0) AS dimensions,
        coalesce(${notNull('a', 't')}, false) AS not_null
      FROM (VALUES ${values.join(', ')}) field (place, name, oid, typmod, relation, attnum)
      LEFT JOIN pg_attribute a ON a.attrelid = field.relation AND a.attnum = field.attnum AND field.attnum > 0
      LEFT JOIN pg_type t ON t.oid = a.atttypid) typed
    ${LAYERS} ORDER BY typed.place`;
}

export function columnsOf(rows: Rows): Column[] {
  return rows.map(([name, declared, layers, notNull, dimensions]) => ({
    name: name ?? '',
    declared: declared ?? '',
    ...valueType(JSON.parse(layers ?? '[]')),
    nullable: notNull !== 't',
    ...(Number(dimensions) === 0 ? {} : { dimensions: Number(dimensions) }),
  }));
}

/** The first layer is the type itself, each further one what the array before it has as elements. */
function valueType([[type, kind, typmod] = ['', '', -1, ''], ...elements]: readonly Layer[]): ValueType {
  return { type, isEnum: kind === 'e', typmod, ...elementOf(elements) };
}

function elementOf(layers: readonly Layer[]): { readonly element?: ElementType } {
  const [first] = layers;
  return first === undefined ? {} : { element: { ...valueType(layers), delimiter: first[3] } };
}

/** pgjdbc's rule: of several domains one over the other, the outermost alone counts. */
function notNull(attribute: string, type: string): string {
  return `(${attribute}.attnotnull OR ${type}.typtype = 'd' AND ${type}.typnotnull)`;
}

const TYPE = 'typname, typnamespace, typtype, typdelim, typinput, typbasetype, typtypmod, typelem';

/**
 * From a type through the domains over it to what lies beneath, as Postgres describes a result, and from an array on to its
 * elements, whose type modifier is the array's. Names outside pg_catalog have their schema before them. LIMIT: pg_type is
 * looked into by its index, else it would be read as a whole for each column.
 */
const LAYERS = `
  CROSS JOIN LATERAL (
    WITH RECURSIVE layer AS (
      SELECT 0 AS depth, typed.typmod, ${TYPE} FROM pg_type WHERE oid = typed.oid
      UNION ALL
      SELECT CASE layer.typtype WHEN 'd' THEN depth ELSE depth + 1 END,
        CASE layer.typtype WHEN 'd' THEN layer.typtypmod ELSE layer.typmod END, next.*
      FROM layer CROSS JOIN LATERAL (
        SELECT ${TYPE} FROM pg_type
        WHERE oid = CASE layer.typtype WHEN 'd' THEN layer.typbasetype ELSE layer.typelem END LIMIT 1) next
      WHERE layer.typtype = 'd' OR layer.typinput = 'pg_catalog.array_in'::regproc)
    SELECT json_agg(json_build_array(
      CASE typnamespace WHEN 'pg_catalog'::regnamespace THEN '' ELSE (SELECT nspname || '.' FROM pg_namespace WHERE oid = typnamespace) END || typname,
      typtype, typmod, typdelim) ORDER BY depth) AS names
    FROM layer WHERE typtype <> 'd') layers`;
