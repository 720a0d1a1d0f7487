// Whose open transactions may still bring rows to an origin: tables, and the sequences that their ids are drawn from.
import { ConnectlessError } from '../errors';
import { display, type TableName } from '../source/table';
import { heirsOf } from './catalog-terms';
import type { Database, Origin, Rows } from './database';
import { originName } from './origin';
import { functionsIn, queryPlan } from './query-plan';
import { literal, oid } from './sql';

export interface Writers {
  /** A query of oids: a table itself, or those that a view or a query reads. Their partitions and heirs are not among them. */
  readonly tables: string;
  /** Those that columns of the tables, their partitions and heirs, and what they are partitions of, own or default to. */
  readonly sequences: readonly DrawnSequence[];
}

export interface DrawnSequence {
  readonly oid: string;
  readonly name: TableName;
  /** Name of a column. */
  readonly column: string;
  readonly cache: string;
  readonly increment: string;
}

/**
 * Two round trips of a table, three of a view or a query. Throws WRITERS_HIDDEN where rows come from what says nothing of its
 * writers' transactions: a function, a table of another server, or what REFRESH writes.
 */
export async function writersOf(
  database: Pick<Database, 'query'>,
  origin: Origin,
  kind: string | undefined,
): Promise<Writers> {
  const isTable = 'table' in origin && kind !== 'v' && kind !== 'm';
  const tables = isTable ? `SELECT ${oid(origin.table)}` : await lockedTables(database, origin);
  const [elsewhere = [], sequences = []] = await database.query([elsewhereQuery(tables), sequencesQuery(tables)], {
    together: true,
  });
  const [[schema, name, what] = []] = elsewhere;
  if (name) throw hidden(origin, `rows of the ${what} ${display({ schema: schema ?? '', name })}`);
  return { tables, sequences: sequences.map(drawnSequence) };
}

async function lockedTables(database: Pick<Database, 'query'>, origin: Origin): Promise<string> {
  const { plan, tables } = await queryPlan(database, origin);
  const [opaque] = await opaqueFunctions(database, functionsIn(plan));
  if (opaque !== undefined) throw hidden(origin, `what the function ${display(opaque)} returns`);
  if (tables.length === 0) throw hidden(origin, 'rows of no table that its plan names');
  return `SELECT unnest('{${tables.join(',')}}'::oid[])`;
}

/** Those that may read tables, which no plan shows. */
async function opaqueFunctions(
  database: Pick<Database, 'query'>,
  functions: readonly TableName[],
): Promise<TableName[]> {
  if (functions.length === 0) return [];
  const names = functions.map(({ schema, name }) => `(${literal(schema)}, ${literal(name)})`);
  const [rows = []] = await database.query([
    `SELECT n.nspname, p.proname
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE (n.nspname, p.proname) IN (${names.join(', ')}) AND p.provolatile <> 'i' AND l.lanname NOT IN ('internal', 'c')`,
  ]);
  return rows.map(([schema, name]) => ({ schema: schema ?? '', name: name ?? '' }));
}

function elsewhereQuery(tables: string): string {
  return `${heirsOf(tables)}
    SELECT n.nspname, c.relname, CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'materialized view' END
    FROM heir JOIN pg_class c ON c.oid = heir.oid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('f', 'm') ORDER BY 1, 2 LIMIT 1`;
}

function sequencesQuery(tables: string): string {
  return `${heirsOf(tables)},
    family(oid) AS (
      SELECT oid FROM heir UNION SELECT i.inhparent FROM pg_inherits i JOIN family ON i.inhrelid = family.oid),
    drawn(sequence, relation, attnum) AS (
      SELECT p.refobjid, d.adrelid, d.adnum::int FROM pg_depend p JOIN pg_attrdef d ON d.oid = p.objid
      WHERE p.classid = 'pg_attrdef'::regclass AND p.refclassid = 'pg_class'::regclass AND d.adrelid IN (SELECT oid FROM family)
      UNION
      SELECT p.objid, p.refobjid, p.refobjsubid FROM pg_depend p
      WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass AND p.deptype IN ('a', 'i')
        AND p.refobjid IN (SELECT oid FROM family) AND p.refobjsubid > 0)
    SELECT DISTINCT s.oid::text, n.nspname, s.relname, a.attname, q.seqcache::text, q.seqincrement::text
    FROM drawn JOIN pg_class s ON s.oid = drawn.sequence AND s.relkind = 'S' JOIN pg_namespace n ON n.oid = s.relnamespace
    JOIN pg_sequence q ON q.seqrelid = s.oid
    JOIN pg_attribute a ON a.attrelid = drawn.relation AND a.attnum = drawn.attnum
    ORDER BY 2, 3, 4`;
}

function drawnSequence([id, schema, name, column, cache, increment]: Rows[number]): DrawnSequence {
  return {
    oid: id ?? '',
    name: { schema: schema ?? '', name: name ?? '' },
    column: column ?? '',
    cache: cache ?? '',
    increment: increment ?? '',
  };
}

function hidden(origin: Origin, what: string): ConnectlessError {
  return new ConnectlessError(
    'WRITERS_HIDDEN',
    `${originName(origin)} reads ${what}: the source cannot see who writes them, and rows whose transaction is open would be lost. Set mode=bulk, or read from tables of this database directly.`,
  );
}
