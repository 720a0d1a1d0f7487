// What a query's plan says of how it can be read.
import type { SourceMode } from '../config/source-model';
import type { Database } from '../postgres/database';
import { isLimited, queryPlan } from '../postgres/query-plan';
import { writersOf } from '../postgres/writers';
import { attempted } from './attempted';
import type { Finding } from './finding';

/** Of modes that look for rows behind a position. Throws no ConnectlessError. */
export async function queryFindings(
  database: Pick<Database, 'query'>,
  query: string,
  mode: SourceMode,
): Promise<Finding[]> {
  if (mode === 'bulk') return [];
  const origin = { query };
  const plan = await attempted(() => queryPlan(database, origin));
  if ('failed' in plan) return [plan.failed];
  const writers = await attempted(() => writersOf(database, origin, undefined));
  return [...('failed' in writers ? [writers.failed] : []), ...(isLimited(plan.answer.plan) ? [limited()] : [])];
}

function limited(): Finding {
  return {
    severity: 'warning',
    code: 'QUERY_LIMITED',
    what: 'The query has a LIMIT of its own: new rows are looked for among its first ones alone, and those behind them are never read.',
    write: 'Take LIMIT out of it: pages are limited by batch.max.rows, and by query.suffix=LIMIT n.',
  };
}
