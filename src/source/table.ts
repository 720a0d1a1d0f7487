// A table's name, and its rows as Postgres gives them.
import { ConnectlessError } from '../errors';

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** Values in Postgres's text form. */
export type Row = readonly (string | null)[];

/** `schema.table`, as in Connect's offsets. */
export function qualified(table: TableName): string {
  return `${table.schema}.${table.name}`;
}

/** The id of a row. Throws ID_MISSING. */
export function idOf(row: Row, idIndex: number): bigint {
  const id = row[idIndex];
  if (id !== null && id !== undefined) return BigInt(id);
  throw new ConnectlessError(
    'ID_MISSING',
    'A row has NULL in its incrementing column: give it an id, and let the column be NOT NULL.',
  );
}
