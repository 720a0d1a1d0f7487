// The Avro schema of a table's or a query's rows, letter for letter as Connect's JDBC source and AvroConverter make it.
import type { TypesConfig } from '../../config/source-model';
import { ConnectlessError } from '../../errors';
import { display } from '../table';
import type { AvroType, TypeFault } from './avro-type';
import type { Column } from './column';
import { columnType } from './column-type';
import { optionalSchema } from './optional';
import { asAvroName, isAvroFullName, isAvroName, recordSchema } from './record-name';
import type { RecordSource } from './record-source';

export interface SchemaOptions {
  /** Full name of the record. */
  readonly recordName?: string;
  readonly types: TypesConfig;
}

/**
 * The schema's text: a record named by `recordName`, or by the unqualified table. Throws TABLE_UNSUPPORTED, whose message
 * lists every fault of the table.
 */
export function tableSchema(
  source: RecordSource,
  columns: readonly Column[],
  { recordName, types }: SchemaOptions,
): string {
  const name = recordName ?? (source === 'query' ? undefined : source.name);
  const faults = [...nameFaults(source, name), ...duplicateFaults(columns)];
  const fields: object[] = [];
  for (const column of columns) {
    const type = columnType(column, types);
    if (!isAvroName(column.name)) faults.push(columnNameFault(source, column));
    if ('why' in type) faults.push(typeFault(source, column, type));
    else fields.push(field(column, type.schema));
  }
  if (faults.length > 0) throw unsupported(source, faults);
  return recordSchema(name, fields);
}

export function field({ name, nullable }: Column, schema: AvroType): object {
  return nullable ? { name, type: optionalSchema(schema), default: null } : { name, type: schema };
}

function unsupported(source: RecordSource, faults: readonly string[]): ConnectlessError {
  const [what, or] =
    source === 'query'
      ? ['The query', '']
      : [`Table ${display(source)}`, '\nOr leave the table out of table.whitelist, or read it through a query.'];
  return new ConnectlessError(
    'TABLE_UNSUPPORTED',
    `${what} cannot be read:\n${faults.map((fault) => `- ${fault}`).join('\n')}${or}`,
  );
}

function nameFaults(source: RecordSource, name: string | undefined): string[] {
  if (name === undefined || isAvroFullName(name)) return [];
  if (source === 'query' || name !== source.name) {
    return [`the record's name ${name} is none that Avro allows: letters, digits and _, parts separated by dots`];
  }
  return [
    `its name becomes the record's, which Avro allows only letters, digits and _: set connectless.table.<name>.record.name, or ALTER TABLE ${display(source)} RENAME TO ${asAvroName(name)}`,
  ];
}

function duplicateFaults(columns: readonly Column[]): string[] {
  const names = columns.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `it has several columns "${name}": give them different names with AS`);
}

function columnNameFault(source: RecordSource, { name }: Column): string {
  const cure =
    source === 'query'
      ? `write AS ${asAvroName(name)} behind it`
      : `ALTER TABLE ${display(source)} RENAME COLUMN "${name}" TO ${asAvroName(name)}`;
  return `column "${name}" has a name that Avro does not allow (letters, digits and _, no digit first): ${cure}`;
}

function typeFault(source: RecordSource, { name }: Column, { why, type, or }: TypeFault): string {
  const cure =
    source === 'query'
      ? `cast it in the query to ${type}`
      : `ALTER TABLE ${display(source)} ALTER COLUMN "${name}" TYPE ${type}`;
  return `column "${name}" ${why}: ${cure}; or ${or}`;
}
