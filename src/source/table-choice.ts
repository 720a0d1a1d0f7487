// What the configuration says of one table: its topic, its columns, its record and its key.
import { goesById, goesByTime } from '../config/source-mode';
import type { ColumnMapping, SourceConfig, TableSettings } from '../config/source-model';
import { isTopicName } from '../config/validators';
import { ConnectlessError } from '../errors';
import { qualified, type TableName } from './table';

/** A table by the three parts of its name. */
export interface CatalogName extends TableName {
  /** Name of the database. */
  readonly catalog: string;
}

export interface TableChoice {
  readonly topic: string;
  /** Full name of the value's record; absent: the table's name. */
  readonly recordName?: string;
  /** Absent: messages have no key. */
  readonly key?: 'struct' | 'field';
  /** Columns of the key, in its order; absent: the primary key's. */
  readonly keyFields?: readonly string[];
  /** Absent: the first auto-increment column; in a mode that goes by no id, none. */
  readonly incrementingColumn?: string;
  /** The first that is not null counts; empty in a mode that goes by no timestamp. */
  readonly timestampColumns: readonly string[];
}

/**
 * `connectless.table.<name>.*` goes before mappings, and those before what is said of all tables. Names are the catalog's, in
 * its case of letters; columns without quotes are in small letters, as Postgres reads them. Throws COLUMN_MAPPING_AMBIGUOUS,
 * TIMESTAMP_COLUMN_MISSING and TOPIC_INVALID.
 */
export function tableChoice(config: SourceConfig, table: CatalogName): TableChoice {
  const { recordName, key } = settingsOf(config, table);
  const id = incrementingColumn(config, table);
  return {
    topic: validTopic(config, table),
    ...(recordName === undefined ? {} : { recordName }),
    ...(key === undefined ? transformedKey(config) : { key }),
    ...(id === undefined ? {} : { incrementingColumn: asRead(config, id) }),
    timestampColumns: timestampColumns(config, table).map((column) => asRead(config, column)),
  };
}

/** What it says of `query`, whose rows have no table. */
export function queryChoice(config: SourceConfig): TableChoice {
  const { mode, incrementingColumn: id, timestampColumn } = config;
  return {
    topic: config.topicPrefix,
    ...transformedKey(config),
    ...(id === undefined || !goesById(mode) ? {} : { incrementingColumn: asRead(config, id) }),
    timestampColumns: goesByTime(mode) ? timestampColumn.map((column) => asRead(config, column)) : [],
  };
}

function transformedKey({ keyTransform }: SourceConfig): Pick<TableChoice, 'key' | 'keyFields'> {
  return keyTransform === undefined ? {} : { key: keyTransform.form, keyFields: keyTransform.fields };
}

/** The topic alone, be it a valid name or not. */
export function topicOf(config: Pick<SourceConfig, 'topicPrefix' | 'tableSettings'>, table: CatalogName): string {
  return settingsOf(config, table).topic ?? `${config.topicPrefix}${table.name}`;
}

function validTopic(config: SourceConfig, table: CatalogName): string {
  const topic = topicOf(config, table);
  if (isTopicName(topic)) return topic;
  throw new ConnectlessError(
    'TOPIC_INVALID',
    `Table ${qualified(table)} would go to "${topic}", which is no name of a topic: write connectless.table.${propertyName(qualified(table))}.topic=… with letters, digits, ".", "_" and "-", up to 249.`,
  );
}

/** All forms of a table's name in the configuration, from the shortest to the longest. */
export function namesOf({ catalog, schema, name }: CatalogName): readonly string[] {
  return [name, `${schema}.${name}`, `${catalog}.${schema}.${name}`];
}

/** Whether the pattern matches the whole of `schema.table` or `database.schema.table`. */
export function matches(pattern: RegExp, table: CatalogName): boolean {
  return namesOf(table)
    .slice(1)
    .some((name) => pattern.test(name));
}

/** Each setting from the longest form of the name that has it. */
function settingsOf({ tableSettings }: Pick<SourceConfig, 'tableSettings'>, table: CatalogName): TableSettings {
  return Object.assign({}, ...namesOf(table).map((name) => tableSettings.get(name)));
}

function incrementingColumn(config: SourceConfig, table: CatalogName): string | undefined {
  if (!goesById(config.mode)) return undefined;
  const own = settingsOf(config, table).incrementingColumn;
  if (own !== undefined) return own;
  return mapped(config.incrementingColumns, table, 'incrementing.column.mapping')?.[0] ?? config.incrementingColumn;
}

function timestampColumns(config: SourceConfig, table: CatalogName): readonly string[] {
  if (!goesByTime(config.mode)) return [];
  const columns = mapped(config.timestampColumns, table, 'timestamp.columns.mapping') ?? config.timestampColumn;
  if (columns.length > 0) return columns;
  throw new ConnectlessError(
    'TIMESTAMP_COLUMN_MISSING',
    `No pattern of timestamp.columns.mapping matches table ${qualified(table)}: add one that does, or timestamp.column.name=….`,
  );
}

/** Connect wants exactly one pattern to match; two that say the same do no harm. */
function mapped(mappings: readonly ColumnMapping[], table: CatalogName, property: string) {
  const [first, ...others] = mappings.filter((mapping) => matches(mapping.table, table)).map(({ columns }) => columns);
  const other = others.find((columns) => columns.join('|') !== first?.join('|'));
  if (other === undefined) return first;
  throw new ConnectlessError(
    'COLUMN_MAPPING_AMBIGUOUS',
    `${property} maps table ${qualified(table)} to ${first?.join('|')} and to ${other.join('|')}: let only one pattern match it.`,
  );
}

/** Postgres's own folding is of ASCII: downcase_identifier. */
function asRead({ quoteIdentifiers }: SourceConfig, column: string): string {
  return quoteIdentifiers ? column : column.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** As it is written in a properties file. */
function propertyName(name: string): string {
  return name.replace(/[ :=\\]/g, '\\$&');
}
