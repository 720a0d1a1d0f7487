// The SQL of what is read: each row as the text of one record, which is Postgres's own text of every value.
import type { Selection } from '../postgres/database';
import { fromOrigin } from '../postgres/origin';
import { literal, oid } from '../postgres/sql';
import { TEXT_FORMS } from '../postgres/text-forms';
import type { TableName } from '../source/table';

/**
 * The Data API has no types for intervals, ranges, `"char"`, names and many more, cuts time zones off and rounds floats. format's %s
 * calls a type's output function, as Postgres does for the wire; a cast to text does not (boolean, char(n), inet).
 */
const RECORD = 'pg_catalog.format';

/** As for a connection of our own; each call has a session of somebody else's. */
const SETTINGS: Readonly<Record<string, string>> = {
  ...TEXT_FORMS,
  transaction_read_only: 'on',
};

/** What the first value of a row is when the columns are no longer those that the reader knows. */
export const CHANGED = 'changed';

export interface Names {
  /** A query's names are looked up as its user's are. */
  readonly usersSearchPath: boolean;
}

/** A SELECT, each of its rows as one record. What is no SELECT is left alone. */
export function recordsOf(statement: string, names: Names): string {
  if (!/^[\s(]*(SELECT|WITH|VALUES|TABLE)\b/i.test(statement)) return statement;
  // Not in the select list: a subquery that sorts has made its texts before it gives a row.
  return `SELECT ${RECORD}('%s', "answer".*) AS "record" FROM (\n${statement}\n) AS "answer" WHERE (SELECT ${settings(names)})`;
}

/**
 * Several SELECTs as one, in one round trip: the place of the statement, and its rows as records. Postgres carries out the parts
 * of a UNION ALL in their order, and, with settings made among them, never side by side.
 */
export function recordsTogether(statements: readonly string[], names: Names): string {
  const parts = statements.map(
    (statement, place) => `SELECT '${place}', "record" FROM (\n${recordsOf(statement, names)}\n) AS "of"`,
  );
  return parts.join(' UNION ALL ');
}

/**
 * `record` and, where there are any, the values `beside`, as a second one. A table's columns are compared with those that the reader
 * knows, once, before the first row.
 *
 * @param digest of a table's columns
 */
export function selectStatement(selection: Selection, digest: Digest | undefined, names: Names): string {
  const { origin, beside, clauses, rows } = selection;
  const format = digest === undefined ? "'%s'" : comparison(digest);
  const second = beside.length === 0 ? '' : `, ${RECORD}('%s', ROW(${beside.join(', ')})) AS "beside"`;
  const limit = rows === undefined ? '' : ` FETCH FIRST ${rows} ROWS WITH TIES`;
  // A condition without columns is a one-time filter of the plan: it comes before the first row is looked at.
  const set = `CROSS JOIN (SELECT WHERE (SELECT ${settings(names)})) AS "settings"`;
  return `SELECT ${RECORD}(${format}, "source".*) AS "record"${second} ${fromOrigin(origin)} ${set} ${clauses}${limit}`;
}

export interface Digest {
  /** Of `digestQuery`. */
  readonly query: string;
  /** Of its rows as records, with commas between them: hex. */
  readonly md5: string;
}

/** What makes a table's columns, a row each: a few lookups by index, as every page asks for it. */
export function digestQuery(table: TableName): string {
  return `
    SELECT a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attndims, t.typname, t.typnotnull
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = ${oid(table)} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;
}

function comparison({ query, md5 }: Digest): string {
  const columns = `pg_catalog.string_agg(${RECORD}('%s', "column".*), ',')`;
  const current = `pg_catalog.md5(pg_catalog.convert_to(${columns}, 'UTF8'))`;
  return `(SELECT CASE ${current} WHEN ${literal(md5)} THEN '%s' ELSE ${literal(CHANGED)} END FROM (${query}) AS "column")`;
}

/** True; local to the transaction. */
function settings({ usersSearchPath }: Names): string {
  const all = usersSearchPath ? SETTINGS : { ...SETTINGS, search_path: 'pg_catalog' };
  const made = Object.entries(all).map(
    ([name, value]) => `pg_catalog.set_config(${literal(name)}, ${literal(value)}, true)`,
  );
  return `pg_catalog.num_nonnulls(${made.join(', ')}) > 0`;
}

/** Bytes that a FETCH may bring: less than the Data API's 1 MiB by what the protocol adds. */
const FETCH_BYTES = 900 * 1024;
const STEPS = [4096, 1024, 256, 64, 16, 4];

export const FETCH = (rows: number) => `FETCH FORWARD ${rows} FROM "connectless"`;

/**
 * A cursor whose rows also say, in their last value, how many rows a next FETCH may ask for: null behind the last row. An answer
 * that is too large would end the transaction, and the snapshot with it, so it must not come to that.
 */
export function declareStatement(selection: Selection, digest: Digest | undefined, names: Names): string {
  // OFFSET 0: else each record would be made twice, once to be measured. Clauses may end in a comment.
  const records = `SELECT * FROM (${selectStatement(selection, digest, names)}\n) AS "rows" OFFSET 0`;
  const beside = selection.beside.length === 0 ? '' : ', "beside"';
  const bytes = `pg_catalog.octet_length("record")${beside === '' ? '' : ' + pg_catalog.octet_length("beside")'} + 64`;
  const ahead = (rows: number) => `pg_catalog.sum("bytes") OVER (ROWS BETWEEN 1 FOLLOWING AND ${rows} FOLLOWING)`;
  const cases = STEPS.map((rows) => `WHEN ${ahead(rows)} <= ${FETCH_BYTES} THEN '${rows}'`);
  return `DECLARE "connectless" NO SCROLL CURSOR FOR
    SELECT "record"${beside}, CASE ${cases.join(' ')} WHEN ${ahead(1)} IS NOT NULL THEN '1' END
    FROM (SELECT "record"${beside}, ${bytes} AS "bytes" FROM (${records}) AS "made") AS "sized"`;
}
