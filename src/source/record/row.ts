// A row as Avro binary: one writer a column, chosen once for a schema.
import { ConnectlessError } from '../../errors';
import { qualified, type Row, type TableName } from '../table';
import { type AvroOutput, writeByte } from './avro-output';
import type { Column } from './column';
import { type ColumnType, columnType, UnwritableValue } from './column-type';

export type RowWriter = (out: AvroOutput, row: Row) => void;

/**
 * Writes rows in the schema that `tableSchema` makes of the same columns. The writer throws ROW_UNWRITABLE, which names
 * the row's id and the column, for a value that has no Avro form.
 */
export function rowWriter(table: TableName, columns: readonly Column[], idIndex: number): RowWriter {
  const writers = columns.map(valueWriter);
  return (out, row) => {
    let index = 0;
    try {
      for (const write of writers) {
        write(out, row[index] ?? null);
        index += 1;
      }
    } catch (error) {
      if (!(error instanceof UnwritableValue)) throw error;
      throw unwritable(table, columns, row, idIndex, index, error.message);
    }
  };
}

type NullableWriter = (out: AvroOutput, value: string | null) => void;

/** The branch of the union first: null is the first, the type the second. */
const NULL = 0;
const VALUE = 2;

function valueWriter(column: Column): NullableWriter {
  const type = columnType(column);
  if ('why' in type) return () => fail(`it ${type.why}`);
  return column.nullable ? nullable(type) : required(type);
}

function nullable({ write }: ColumnType): NullableWriter {
  return (out, value) => {
    if (value === null) {
      writeByte(out, NULL);
      return;
    }
    writeByte(out, VALUE);
    write(out, value);
  };
}

function required({ write }: ColumnType): NullableWriter {
  return (out, value) => {
    if (value === null) fail('it is null, and the column is NOT NULL');
    else write(out, value);
  };
}

function fail(why: string): never {
  throw new UnwritableValue(why);
}

function unwritable(
  table: TableName,
  columns: readonly Column[],
  row: Row,
  idIndex: number,
  index: number,
  why: string,
): ConnectlessError {
  const id = `${columns[idIndex]?.name} = ${row[idIndex]}`;
  return new ConnectlessError(
    'ROW_UNWRITABLE',
    `Table ${qualified(table)}, row ${id}, column "${columns[index]?.name}": ${why}. Correct the value in the table: until then the source does not go past it.`,
  );
}
