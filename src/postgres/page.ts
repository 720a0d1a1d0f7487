// The queries for rows, each with the columns that they were read with.
import type { Page, TableName } from '../source/table';
import type { IdColumn } from './catalog';
import type { Postgres } from './client';
import { columnsOf, columnsQuery } from './columns';
import { identifier, literal, relation } from './sql';

/**
 * Rows with `after < id <= through`. WITH TIES: where ids are not unique, the rest of the last id's rows would otherwise
 * be passed over by the next page.
 */
export function readPage(
  database: Postgres,
  table: TableName,
  id: IdColumn,
  range: { readonly after: bigint | undefined; readonly through: bigint; readonly rows: number },
): Promise<Page> {
  const column = qualifiedColumn(table, id);
  const above = range.after === undefined ? '' : `${column} > ${value(range.after, id)} AND `;
  return read(
    database,
    table,
    id,
    `WHERE ${above}${column} <= ${value(range.through, id)} ORDER BY ${column} ASC FETCH FIRST ${range.rows} ROWS WITH TIES`,
  );
}

/** The rows with these ids, ascending. */
export function readRows(database: Postgres, table: TableName, id: IdColumn, ids: readonly bigint[]): Promise<Page> {
  const column = qualifiedColumn(table, id);
  return read(database, table, id, `WHERE ${column} = ANY('{${ids.join(',')}}'::${id.cast}[]) ORDER BY ${column} ASC`);
}

/**
 * The smallest id that the sequence has not reached. Its last value is read after the statement's snapshot is taken, so
 * no id that was drawn is among them.
 */
export async function idBeyondSequence(
  database: Postgres,
  table: TableName,
  id: IdColumn,
): Promise<bigint | undefined> {
  if (id.sequence === undefined) return undefined;
  const column = qualifiedColumn(table, id);
  const [rows = []] = await database.query(`
    SELECT min(${column}) FROM ${relation(table)}
    WHERE ${column} > (SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM ${relation(id.sequence)})`);
  const smallest = rows[0]?.[0];
  return smallest ? BigInt(smallest) : undefined;
}

/**
 * The columns come in the same transaction behind the rows: reading the rows has locked the table against ALTER, so these
 * are the columns that the rows have.
 */
async function read(database: Postgres, table: TableName, id: IdColumn, condition: string): Promise<Page> {
  const [rows = [], columnRows = []] = await database.query(
    `SELECT * FROM ${relation(table)} ${condition}; ${columnsQuery(table)}`,
  );
  const columns = columnsOf(columnRows);
  return { columns, rows, idIndex: columns.findIndex((column) => column.name === id.name) };
}

function qualifiedColumn(table: TableName, id: IdColumn): string {
  return `${relation(table)}.${identifier(id.name)}`;
}

function value(id: bigint, { cast }: IdColumn): string {
  return `${literal(String(id))}::${cast}`;
}
