// What the plan of a view or a query tells: which tables it locks, whose rows it returns, and whether it stops early.
import type { TableName } from '../source/table';
import type { Database, Origin } from './database';
import { fromOrigin } from './origin';

export interface QueryPlan {
  /** EXPLAIN's JSON. */
  readonly plan: unknown;
  /** Oids, without the system's: those below views, and in functions whose text becomes part of the query. */
  readonly tables: readonly string[];
}

/** One round trip. */
export async function queryPlan(database: Pick<Database, 'query'>, origin: Origin): Promise<QueryPlan> {
  const [[[json] = []] = [], locked = []] = await database.query([
    `EXPLAIN (VERBOSE, FORMAT JSON) SELECT * ${fromOrigin(origin)}`,
    `SELECT DISTINCT c.oid::text FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND c.relkind IN ('r', 'p', 'm', 'f') AND c.oid >= 16384`,
  ]);
  return { plan: JSON.parse(json ?? '[]'), tables: locked.map(([oid]) => oid ?? '') };
}

/** Functions that its rows come from, without Postgres's own. */
export function functionsIn(plan: unknown): TableName[] {
  if (Array.isArray(plan)) return plan.flatMap(functionsIn);
  if (!isNode(plan)) return [];
  const { Plan, Plans, Schema: schema, 'Function Name': name } = plan;
  const isOwn = typeof schema === 'string' && typeof name === 'string' && schema !== 'pg_catalog';
  return [...(isOwn ? [{ schema, name }] : []), ...functionsIn(Plan), ...functionsIn(Plans)];
}

/** Above a LIMIT of the query's own stands only what changes no row. */
const TRANSPARENT: ReadonlySet<unknown> = new Set(['Subquery Scan', 'LockRows']);

export function isLimited(plan: unknown): boolean {
  if (Array.isArray(plan)) return isLimited(plan[0]);
  if (!isNode(plan)) return false;
  const { Plan, Plans, 'Node Type': type } = plan;
  if (Plan !== undefined) return isLimited(Plan);
  return type === 'Limit' || (TRANSPARENT.has(type) && isLimited(Plans));
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
