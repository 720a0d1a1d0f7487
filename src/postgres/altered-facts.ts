// What tables would be like after a statement, which is run and undone.
import type { TableFacts } from '../preflight/facts';
import type { Database } from './database';
import { literal } from './sql';
import { tableFacts, tableFactsQuery } from './table-facts';

/** Writers wait behind a statement that waits for its lock, and then for as long as it takes. */
export const LOCK_TIMEOUT_MS = 2000;
export const STATEMENT_TIMEOUT_MS = 20_000;

/**
 * Facts of those of the tables that are there then. The statement, or several, runs within a block that ends with an error of its
 * own, so that Postgres itself undoes it, whoever ends the transaction and however; it cannot end the block. Throws what the
 * database throws: POSTGRES_FORBIDDEN, POSTGRES_FAILED, POSTGRES_UNAVAILABLE when its lock is not to be had, POSTGRES_STATEMENT_TIMEOUT.
 */
export async function alteredFacts(
  database: Pick<Database, 'query'>,
  tables: readonly TableFacts[],
  ddl: string,
): Promise<TableFacts[]> {
  const oids = tables.map(({ oid }) => literal(oid));
  const answers = await database.query([
    'SET TRANSACTION READ WRITE',
    `SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`,
    `SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`,
    `SET LOCAL connectless.ddl = ${literal(ddl)}`,
    `SET LOCAL connectless.facts = ${literal(tableFactsQuery(`c.oid IN (${oids.join(', ')})`))}`,
    TRIED,
    "SELECT current_setting('connectless.facts')",
  ]);
  const json: readonly string[] = JSON.parse(answers.at(-1)?.[0]?.[0] ?? '[]');
  return json.map(tableFacts);
}

/** Names in the statement are looked up as its user's are. A variable keeps what was found when the block is undone. */
const TRIED = `
  DO $tried$
  DECLARE found text;
  BEGIN
    BEGIN
      SET LOCAL search_path TO DEFAULT;
      EXECUTE current_setting('connectless.ddl');
      SET LOCAL search_path TO pg_catalog;
      EXECUTE format('SELECT coalesce(json_agg(f), ''[]'')::text FROM (%s) AS facts (f)', current_setting('connectless.facts'))
        INTO found;
      RAISE EXCEPTION SQLSTATE 'CL001';
    EXCEPTION WHEN SQLSTATE 'CL001' THEN
      NULL;
    END;
    PERFORM pg_catalog.set_config('connectless.facts', found, true);
  END $tried$`;
