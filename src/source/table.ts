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

/** As in an error message: `"public"."prices"`. */
export function display(table: TableName): string {
  return `"${table.schema}"."${table.name}"`;
}

/** The id of a row. @param holder for errors: `Table "s"."t" has in "id"`. Throws ID_MISSING and ID_INVALID. */
export function idOf(row: Row, idIndex: number, holder?: string): bigint {
  return idValueOf(row[idIndex], holder);
}

/** Whole numbers of numerics with decimal places, 7.00, are ids, too. Throws as idOf, and tells no value. */
export function idValueOf(value: string | null | undefined, holder = 'A row has in its incrementing column'): bigint {
  const [, digits] = /^(-?\d+)(?:\.0+)?$/.exec(value ?? '') ?? [];
  if (digits !== undefined) return BigInt(digits);
  if (value === null || value === undefined) {
    throw new ConnectlessError('ID_MISSING', `${holder} NULL: give the row an id, and let the column be NOT NULL.`);
  }
  throw new ConnectlessError(
    'ID_INVALID',
    `${holder} a value that is no whole number: change it, or name another column in incrementing.column.name, or use mode=timestamp or mode=bulk.`,
  );
}
