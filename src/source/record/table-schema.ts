// The Avro schema of a table's rows, letter for letter as Connect's JDBC source and AvroConverter make it.
import { ConnectlessError } from '../../errors';
import type { TableName } from '../table';
import type { Column } from './column';
import { type AvroType, type ColumnType, columnType, type TypeFault } from './column-type';

const AVRO_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The schema's text: a record named by the unqualified table; in a name with dots, what is before the last is the
 * namespace. Throws TABLE_UNSUPPORTED, whose message lists every fault of the table.
 */
export function tableSchema(table: TableName, columns: readonly Column[]): string {
  const faults = nameFaults(table);
  const fields: object[] = [];
  for (const column of columns) {
    const type = columnType(column);
    faults.push(...columnFaults(table, column, type));
    if ('schema' in type) fields.push(field(column, type.schema));
  }
  if (faults.length > 0) throw unsupported(table, faults);
  const dot = table.name.lastIndexOf('.');
  return JSON.stringify({
    type: 'record',
    name: table.name.slice(dot + 1),
    ...(dot < 0 ? {} : { namespace: table.name.slice(0, dot) }),
    fields,
    'connect.name': table.name,
  });
}

/** As in an error message: `"public"."prices"`. */
export function display(table: TableName): string {
  return `"${table.schema}"."${table.name}"`;
}

function field({ name, nullable }: Column, schema: AvroType): object {
  return nullable ? { name, type: ['null', schema], default: null } : { name, type: schema };
}

function unsupported(table: TableName, faults: readonly string[]): ConnectlessError {
  return new ConnectlessError(
    'TABLE_UNSUPPORTED',
    `Table ${display(table)} cannot be read:\n${faults.map((fault) => `- ${fault}`).join('\n')}\nOr leave the table out of table.whitelist.`,
  );
}

function nameFaults(table: TableName): string[] {
  if (table.name.split('.').every((part) => AVRO_NAME.test(part))) return [];
  return [
    `its name becomes the record's, which Avro allows only letters, digits and _: ALTER TABLE ${display(table)} RENAME TO ${asAvroName(table.name)}`,
  ];
}

function columnFaults(table: TableName, { name }: Column, type: ColumnType | TypeFault): string[] {
  const alter = `ALTER TABLE ${display(table)}`;
  const faults: string[] = [];
  if (!AVRO_NAME.test(name)) {
    faults.push(
      `column "${name}" has a name that Avro does not allow (letters, digits and _, no digit first): ${alter} RENAME COLUMN "${name}" TO ${asAvroName(name)}`,
    );
  }
  if ('why' in type) faults.push(`column "${name}" ${type.why}: ${alter} ALTER COLUMN "${name}" ${type.instead}`);
  return faults;
}

function asAvroName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9]|$)/, '_');
}
