// Where rows come from, in SQL: a relation or a query, known as "source" in every statement.
import type { SourceConfig } from '../config/source-model';
import type { Database, Origin, Rows, Selection } from './database';
import { identifier, oid, relation } from './sql';

/** A column of the rows: `"source"."id"`. */
export function sourceColumn(name: string): string {
  return `"source".${identifier(name)}`;
}

/** `FROM` and what stands behind it. */
export function fromOrigin(origin: Origin): string {
  // A query may end in a comment.
  const rows = 'table' in origin ? relation(origin.table) : `(${origin.query}\n)`;
  return `FROM ${rows} AS "source"`;
}

/** In clauses, `where` may be empty. */
export interface Ordered {
  readonly where: string;
  /** Behind ORDER BY. */
  readonly order: string;
}

/** `query.suffix` stands behind the query, as in Connect; what limits a page stands around it. */
export function ordered(
  origin: Origin,
  { where, order }: Ordered,
  { querySuffix }: Pick<SourceConfig, 'querySuffix'>,
): Pick<Selection, 'origin' | 'clauses'> {
  const clauses = `${where} ORDER BY ${order}`;
  if (querySuffix === undefined) return { origin, clauses };
  const query = `SELECT "source".* ${fromOrigin(origin)} ${clauses} ${querySuffix}`;
  return { origin: { query }, clauses: `ORDER BY ${order}` };
}

/**
 * The tables whose writers may still bring rows to the origin, as a query of oids: a table itself with its partitions; those
 * that a view or a query reads, as its plan locks them.
 */
export async function writtenTables(database: Database, origin: Origin, kind: string | undefined): Promise<string> {
  if ('table' in origin && kind !== 'v' && kind !== 'm') return `SELECT ${oid(origin.table)}`;
  const [, locked = []] = await database.query([
    `EXPLAIN SELECT * ${fromOrigin(origin)}`,
    `SELECT DISTINCT c.oid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND c.relkind IN ('r', 'p', 'm', 'f') AND c.oid >= 16384`,
  ]);
  return `SELECT unnest('{${oids(locked)}}'::oid[])`;
}

function oids(rows: Rows): string {
  return rows.map(([one]) => one).join(',');
}
