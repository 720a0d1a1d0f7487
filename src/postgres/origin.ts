// Where rows come from, in SQL: a relation or a query, known as "source" in every statement.
import type { SourceConfig } from '../config/source-model';
import { display } from '../source/table';
import type { Database, Origin, Selected, Selection } from './database';
import { identifier, relation } from './sql';

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

/** As messages begin. */
export function originName(origin: Origin): string {
  return 'table' in origin ? `Table ${display(origin.table)}` : 'The query';
}

/** In clauses, `where` may be empty. */
export interface Ordered {
  readonly where: string;
  /** Behind ORDER BY. */
  readonly order: string;
}

/** `query.suffix` stands behind the query, as in Connect; what limits a page stands around it. */
function ordered(
  origin: Origin,
  { where, order }: Ordered,
  { querySuffix }: Pick<SourceConfig, 'querySuffix'>,
): Pick<Selection, 'origin' | 'clauses'> {
  const clauses = `${where} ORDER BY ${order}`;
  if (querySuffix === undefined) return { origin, clauses };
  const query = `SELECT "source".* ${fromOrigin(origin)} ${clauses} ${querySuffix}`;
  return { origin: { query }, clauses: `ORDER BY ${order}` };
}

/** A page in an order. What `query.suffix` cuts off is more, so with it a page is the last one only when it is empty. */
export async function orderedPage(
  database: Database,
  origin: Origin,
  by: Ordered & Pick<Selection, 'beside'>,
  config: Pick<SourceConfig, 'querySuffix' | 'batchMaxRows'>,
): Promise<Selected> {
  const selection = { ...ordered(origin, by, config), beside: by.beside, rows: config.batchMaxRows };
  const selected = await database.select(selection);
  return config.querySuffix === undefined ? selected : { ...selected, more: selected.rows.length > 0 };
}
