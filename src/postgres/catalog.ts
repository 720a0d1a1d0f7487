// What the catalog says: which tables there are, what columns one has, and where its ids come from.
import { ConnectlessError } from '../errors';
import type { Column } from '../source/record/column';
import { display } from '../source/record/table-schema';
import type { CatalogTable } from '../source/select-tables';
import type { TableName } from '../source/table';
import type { Postgres } from './client';
import { columnsOf, columnsQuery } from './columns';
import { oid } from './sql';

/** The incrementing column of a table, and the sequence that its ids are drawn from. */
export interface IdColumn {
  readonly name: string;
  /** What its values are compared as, so that an index on it can be used. */
  readonly cast: 'int8' | 'numeric';
  /** Absent: the ids come from elsewhere. */
  readonly sequence?: TableName;
}

const INTEGRAL: ReadonlyMap<string, IdColumn['cast']> = new Map([
  ['int2', 'int8'],
  ['int4', 'int8'],
  ['int8', 'int8'],
  ['numeric', 'numeric'],
]);

/** All relations with rows outside the system schemas, by schema and name. */
export async function relations(database: Postgres): Promise<CatalogTable[]> {
  const [rows = []] = await database.query(`
    SELECT n.nspname, c.relname, c.relkind, current_database()
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_(catalog$|toast|temp_)'
    ORDER BY n.nspname, c.relname`);
  return rows.map(([schema, name, kind, catalog]) => ({
    schema: schema ?? '',
    name: name ?? '',
    kind: kind ?? '',
    catalog: catalog ?? '',
  }));
}

/**
 * The named column, or the first auto-increment one (serial, identity, DEFAULT nextval). Throws
 * INCREMENTING_COLUMN_INVALID that says what to write instead, and TABLE_NOT_FOUND.
 */
export async function idColumn(database: Postgres, table: TableName, named: string | undefined): Promise<IdColumn> {
  const [columnRows = [], sourceRows = []] = await database.query(`${columnsQuery(table)}; ${idSourcesQuery(table)}`);
  const columns = columnsOf(columnRows);
  const first = sourceRows.find(([, auto]) => auto === 't')?.[0] ?? undefined;
  const name = named ?? first;
  if (name === undefined) {
    throw invalid(table, 'has no auto-increment column: name the column in incrementing.column.name');
  }
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw invalid(table, `has no column "${name}"${similar(columns, name)}`);
  const cast = INTEGRAL.get(column.type);
  // The lower half of a numeric's typmod is its scale.
  const fractional = column.type === 'numeric' && (column.typmod < 4 || ((column.typmod - 4) & 0x7ff) !== 0);
  if (cast === undefined || fractional) {
    throw invalid(table, `has "${name}" of type ${column.declared}: an incrementing column must be integral`);
  }
  if (column.nullable) {
    throw invalid(table, `has "${name}" nullable, and a row without an id would never be read: SET NOT NULL on it`);
  }
  const [, , schema, sequence] = sourceRows.find(([candidate]) => candidate === name) ?? [];
  return { name, cast, ...(schema && sequence ? { sequence: { schema, name: sequence } } : {}) };
}

/** For each column, whether it is auto-incremented (pgjdbc's rule) and its sequence: that of its default, or its own. */
function idSourcesQuery(table: TableName): string {
  return `
    SELECT a.attname,
      a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%', false),
      sequence.nspname, sequence.relname
    FROM pg_attribute a
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN LATERAL (
      SELECT n.nspname, s.relname
      FROM pg_depend p
      JOIN pg_class s ON s.relkind = 'S' AND s.oid = CASE WHEN p.objid = d.oid THEN p.refobjid ELSE p.objid END
      JOIN pg_namespace n ON n.oid = s.relnamespace
      WHERE p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_class'::regclass
        OR p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass
          AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype IN ('a', 'i')
      ORDER BY p.classid = 'pg_attrdef'::regclass DESC LIMIT 1) sequence ON true
    WHERE a.attrelid = ${oid(table)} AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum`;
}

function similar(columns: readonly Column[], name: string): string {
  const match = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  return match === undefined
    ? `: its columns are ${columns.map((column) => column.name).join(', ')}`
    : `: write incrementing.column.name=${match.name}`;
}

function invalid(table: TableName, what: string): ConnectlessError {
  return new ConnectlessError('INCREMENTING_COLUMN_INVALID', `Table ${display(table)} ${what}.`);
}
