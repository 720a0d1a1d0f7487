// A row as Avro binary: one writer a column, chosen once for a schema.
import type { TypesConfig } from '../../config/source-model';
import { ConnectlessError } from '../../errors';
import type { Row } from '../table';
import type { AvroOutput } from './avro-output';
import { UnwritableValue } from './avro-type';
import type { Column } from './column';
import { columnType } from './column-type';
import { writeOptional } from './optional';
import { type RecordSource, sourceName } from './record-source';

export type RowWriter = (out: AvroOutput, row: Row) => void;

/** How many columns a row without an id is described by. */
const NAMED = 3;

/**
 * Writes rows in the schema that `tableSchema` makes of the same columns. The writer throws ROW_UNWRITABLE for a value that
 * has no Avro form: it names the column, and the row by its id where `idIndex` says which column that is.
 */
export function rowWriter(
  source: RecordSource,
  columns: readonly Column[],
  types: TypesConfig,
  idIndex: number | undefined,
): RowWriter {
  const writers = columns.map((column) => valueWriter(column, types));
  return (out, row) => {
    let index = 0;
    try {
      for (const write of writers) {
        write(out, row[index] ?? null);
        index += 1;
      }
    } catch (error) {
      if (!(error instanceof UnwritableValue)) throw error;
      throw unwritable(source, `${which(columns, row, idIndex)}, column "${columns[index]?.name}"`, error.message);
    }
  };
}

export type ValueWriter = (out: AvroOutput, value: string | null) => void;

/** Throws UnwritableValue. */
export function valueWriter(column: Column, types: TypesConfig): ValueWriter {
  const type = columnType(column, types);
  if ('why' in type) return () => fail(`it ${type.why}`);
  const { write } = type;
  if (column.nullable) return (out, value) => writeOptional(out, write, value);
  return (out, value) => {
    if (value === null) fail(NULL_IN_REQUIRED);
    else write(out, value);
  };
}

/** The columns of an outer join keep their NOT NULL, in Postgres's description of a query and so in Connect's schema. */
const NULL_IN_REQUIRED =
  'it is null, and the column is NOT NULL (behind an outer join, write nullif(column, NULL) in the query)';

function fail(why: string): never {
  throw new UnwritableValue(why);
}

function which(columns: readonly Column[], row: Row, idIndex: number | undefined): string {
  if (idIndex !== undefined) return `row ${columns[idIndex]?.name} = ${row[idIndex]}`;
  const names = columns.slice(0, NAMED).map(({ name }) => name);
  return `a row (${names.join(', ')}${columns.length > NAMED ? ', …' : ''})`;
}

function unwritable(source: RecordSource, where: string, why: string): ConnectlessError {
  return new ConnectlessError(
    'ROW_UNWRITABLE',
    `${sourceName(source)}, ${where}: ${why}. The source does not go past it.`,
  );
}
