// A message's key from some columns, as Connect makes it with ValueToKey, and with ExtractField$Key behind that.
import type { TypesConfig } from '../../config/source-model';
import { ConnectlessError } from '../../errors';
import { UnwritableValue } from './avro-type';
import type { Column } from './column';
import { columnType } from './column-type';
import { optionalSchema } from './optional';
import { recordSchema } from './record-name';
import { type RecordSource, sourceName } from './record-source';
import { type RowWriter, valueWriter } from './row';
import { field } from './table-schema';

export type KeyForm = 'struct' | 'field';

/**
 * The key's schema: a record ConnectDefault of the columns in the order of `names`; or the type of the one column. Throws
 * KEY_UNSUPPORTED.
 * @param names the primary key's, or those that transforms name
 */
export function keySchema(
  source: RecordSource,
  columns: readonly Column[],
  names: readonly string[],
  form: KeyForm,
  types: TypesConfig,
): string {
  const keys = keyColumns(columns, names, form);
  if (typeof keys === 'string') throw unsupported(source, keys);
  const schemas = keys.map((column) => {
    const type = columnType(column, types);
    if ('why' in type) throw unsupported(source, `its key column "${column.name}" ${type.why}: ${type.or}`);
    return { column, schema: type.schema };
  });
  const [only] = schemas;
  if (form === 'struct' || only === undefined) {
    return recordSchema(
      undefined,
      schemas.map(({ column, schema }) => field(column, schema)),
    );
  }
  return JSON.stringify(only.column.nullable ? optionalSchema(only.schema) : only.schema);
}

/**
 * Writes keys in that schema. Throws KEY_UNSUPPORTED at once, and ROW_UNWRITABLE for a value that has no Avro form, which
 * the row's own writer names better.
 */
export function keyWriter(
  columns: readonly Column[],
  names: readonly string[],
  form: KeyForm,
  types: TypesConfig,
): RowWriter {
  const keys = keyColumns(columns, names, form);
  if (typeof keys === 'string') throw new ConnectlessError('KEY_UNSUPPORTED', `There is no key: ${keys}.`);
  const writers = keys.map((column) => ({ index: columns.indexOf(column), write: valueWriter(column, types) }));
  return (out, row) => {
    for (const { index, write } of writers) {
      try {
        write(out, row[index] ?? null);
      } catch (error) {
        if (!(error instanceof UnwritableValue)) throw error;
        const message = `Column "${columns[index]?.name}" of a message's key: ${error.message}.`;
        throw new ConnectlessError('ROW_UNWRITABLE', message);
      }
    }
  };
}

/** Or why there are none. */
function keyColumns(columns: readonly Column[], names: readonly string[], form: KeyForm): readonly Column[] | string {
  if (names.length === 0) return 'it has no primary key: add one, or remove connectless.table.<name>.key';
  if (form === 'field' && names.length > 1) {
    return `its primary key has ${names.length} columns: write connectless.table.<name>.key=struct`;
  }
  const keys = names.map((name) => columns.find((column) => column.name === name) ?? name);
  const missing = keys.find((key) => typeof key === 'string');
  if (missing === undefined) return keys.filter((key) => typeof key !== 'string');
  const found = columns.map(({ name }) => `"${name}"`).join(', ');
  return `it has no column "${missing}", only ${found}: name one of them in transforms, or read it by a connector of its own`;
}

function unsupported(source: RecordSource, why: string): ConnectlessError {
  return new ConnectlessError('KEY_UNSUPPORTED', `${sourceName(source)} gives no key: ${why}.`);
}
