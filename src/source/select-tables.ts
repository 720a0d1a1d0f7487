// Which tables a connector reads: the catalog's, narrowed by table.whitelist.
import { ConnectlessError } from '../errors';
import type { TableName } from './table';

/** A relation with rows, as pg_class has it. */
export interface CatalogTable extends TableName {
  readonly catalog: string;
  /** pg_class.relkind: `r` is what JDBC calls TABLE. */
  readonly kind: string;
}

export interface Selection {
  readonly tables: readonly TableName[];
  /** Entries of the whitelist that name no table, each with what may be the reason. */
  readonly missing: readonly string[];
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['p', 'a partitioned table'],
  ['v', 'a view'],
  ['m', 'a materialized view'],
  ['f', 'a foreign table'],
]);

/**
 * An entry is `table`, `schema.table` or `database.schema.table`, in the case of the catalog; without a whitelist every
 * table is read. Throws TABLE_NAME_AMBIGUOUS when two tables would go to one topic.
 */
export function selectTables(found: readonly CatalogTable[], whitelist: readonly string[] | undefined): Selection {
  const tables = found.filter(
    (table) => table.kind === 'r' && (whitelist === undefined || whitelist.some((entry) => isNamed(table, entry))),
  );
  for (const table of tables) {
    const twin = tables.find((other) => other !== table && other.name === table.name);
    if (twin !== undefined) throw ambiguous(table, twin);
  }
  const missing = (whitelist ?? []).filter((entry) => !tables.some((table) => isNamed(table, entry)));
  return {
    tables: tables.map(({ schema, name }) => ({ schema, name })),
    missing: missing.map((entry) => explain(entry, found)),
  };
}

function isNamed({ catalog, schema, name }: CatalogTable, entry: string): boolean {
  return entry === name || entry === `${schema}.${name}` || entry === `${catalog}.${schema}.${name}`;
}

function explain(entry: string, found: readonly CatalogTable[]): string {
  const other = found.find((relation) => isNamed(relation, entry));
  if (other !== undefined) return `${entry} (it is ${KINDS.get(other.kind)}, and only tables are read)`;
  const similar = found.find((table) => isNamed(lowerCase(table), entry.toLowerCase()));
  return similar === undefined ? entry : `${entry} (there is ${similar.schema}.${similar.name})`;
}

function lowerCase({ catalog, schema, name, kind }: CatalogTable): CatalogTable {
  return { catalog: catalog.toLowerCase(), schema: schema.toLowerCase(), name: name.toLowerCase(), kind };
}

function ambiguous(table: TableName, twin: TableName): ConnectlessError {
  return new ConnectlessError(
    'TABLE_NAME_AMBIGUOUS',
    `Tables ${table.schema}.${table.name} and ${twin.schema}.${twin.name} would go to one topic, because its name is topic.prefix and the table's name without the schema: name one of them in table.whitelist, as schema.table, and give the other a connector with another topic.prefix.`,
  );
}
