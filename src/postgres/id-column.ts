// The incrementing column of a table, and where its ids are drawn from.
import { ConnectlessError } from '../errors';
import { isDrawn } from '../source/id-default';
import type { Column } from '../source/record/column';
import type { TableName } from '../source/table';
import { IS_AUTO_INCREMENT } from './catalog-terms';
import type { Database, Origin } from './database';
import { originName } from './origin';
import { oid, relation } from './sql';

export interface IdColumn {
  readonly name: string;
  /** What its values are compared as, so that an index on it can be used. */
  readonly cast: 'int8' | 'numeric';
  /** Those whose numbers its values are, in the table and its partitions; empty: the ids come from elsewhere, or are made of them. */
  readonly sequences: readonly TableName[];
}

export interface IdColumnWish {
  /** Absent: the first auto-increment column. */
  readonly named: string | undefined;
  /** `validate.non.null` */
  readonly mustBeNotNull: boolean;
}

const INTEGRAL: ReadonlyMap<string, IdColumn['cast']> = new Map([
  ['int2', 'int8'],
  ['int4', 'int8'],
  ['int8', 'int8'],
  ['oid', 'int8'],
  ['numeric', 'numeric'],
]);

/**
 * The named column, or the first auto-increment one (serial, identity, DEFAULT nextval). Throws
 * INCREMENTING_COLUMN_INVALID that says what to write instead, and TABLE_NOT_FOUND.
 */
export async function idColumn(database: Database, origin: Origin, wish: IdColumnWish): Promise<IdColumn> {
  const columns = await database.columns(origin);
  if ('query' in origin) return chosenIdColumn(originName(origin), columns, [], { ...wish, mustBeNotNull: false });
  return chosenIdColumn(originName(origin), columns, await idSources(database, origin.table), wish);
}

/** @param sources auto-increment columns, the first one first. Throws INCREMENTING_COLUMN_INVALID. */
export function chosenIdColumn(
  where: string,
  columns: readonly Column[],
  sources: readonly IdSource[],
  wish: IdColumnWish,
): IdColumn {
  const name = wish.named ?? sources[0]?.column;
  if (name === undefined) {
    throw invalid(where, 'has no auto-increment column: name the column in incrementing.column.name');
  }
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw invalid(where, `has no column "${name}"${similar(columns, name)}`);
  const drawn = sources.flatMap(({ column: of, sequence }) => (of === name && sequence ? [sequence] : []));
  const sequences = new Map(drawn.map((sequence) => [relation(sequence), sequence]));
  return { name, cast: castOf(column, where, wish.mustBeNotNull), sequences: [...sequences.values()] };
}

function castOf(column: Column, where: string, mustBeNotNull: boolean): IdColumn['cast'] {
  const { name, type, typmod, declared, nullable } = column;
  const cast = INTEGRAL.get(type);
  // The lower half of a numeric's typmod is its scale; without a typmod it may have any.
  const isFractional = type === 'numeric' && typmod >= 4 && ((typmod - 4) & 0x7ff) !== 0;
  if (cast === undefined || isFractional) {
    throw invalid(where, `has "${name}" of type ${declared}: an incrementing column must be integral`);
  }
  if (nullable && mustBeNotNull) {
    throw invalid(
      where,
      `has "${name}" nullable, and a row without an id would never be read: ALTER COLUMN "${name}" SET NOT NULL; or, where no row lacks one, and of a view always, set validate.non.null=false`,
    );
  }
  return cast;
}

export interface IdSource {
  readonly column: string;
  /** Absent: none is known, or the default makes something else of its numbers. */
  readonly sequence: TableName | undefined;
}

/** Auto-increment columns (pgjdbc's rule), each with the sequence of its default, or its own; in a table's partitions, too. */
async function idSources(database: Database, table: TableName): Promise<IdSource[]> {
  const [rows = []] = await database.query([
    `WITH RECURSIVE heir(oid, depth) AS (
      SELECT ${oid(table)}, 0
      UNION SELECT i.inhrelid, heir.depth + 1 FROM pg_inherits i JOIN heir ON i.inhparent = heir.oid)
    SELECT a.attname, sequence.nspname, sequence.relname, pg_get_expr(d.adbin, d.adrelid)
    FROM heir JOIN pg_attribute a ON a.attrelid = heir.oid
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
    WHERE a.attnum > 0 AND NOT a.attisdropped
      AND ${IS_AUTO_INCREMENT}
    GROUP BY a.attname, sequence.nspname, sequence.relname, pg_get_expr(d.adbin, d.adrelid)
    ORDER BY min(heir.depth), min(a.attnum)`,
  ]);
  return rows.map(([column, schema, sequence, expression]) => ({
    column: column ?? '',
    sequence: schema && sequence && (!expression || isDrawn(expression)) ? { schema, name: sequence } : undefined,
  }));
}

function similar(columns: readonly Column[], name: string): string {
  const match = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  return match === undefined
    ? `: its columns are ${columns.map((column) => column.name).join(', ')}`
    : `: write incrementing.column.name=${match.name}`;
}

function invalid(where: string, what: string): ConnectlessError {
  return new ConnectlessError('INCREMENTING_COLUMN_INVALID', `${where} ${what}.`);
}
