// Which tables a connector reads: the catalog's, narrowed by their types, patterns and lists.
import type { SourceConfig, TableSelection } from '../config/source-model';
import { TABLE_TYPES } from '../config/table-types';
import { ConnectlessError } from '../errors';
import { likePattern } from './like-pattern';
import { qualified } from './table';
import { type CatalogName, matches, namesOf, topicOf } from './table-choice';

/** A relation with rows, as pg_class has it. */
export interface CatalogTable extends CatalogName {
  /** pg_class.relkind: `r` is what JDBC calls TABLE. */
  readonly kind: string;
}

export interface Selection {
  readonly tables: readonly CatalogTable[];
  /** What the configuration names and no table answers to, each with its property and what may be the reason. */
  readonly missing: readonly string[];
}

/**
 * Names are in the case of the catalog. Throws TABLE_NAME_AMBIGUOUS when two tables would go to one topic.
 */
export function selectTables(
  found: readonly CatalogTable[],
  config: Pick<SourceConfig, 'tables' | 'tableSettings' | 'topicPrefix'>,
): Selection {
  const { tables: selection, tableSettings } = config;
  const tables = found.filter((table) => reasonAgainst(selection)(table) === undefined && isListed(selection, table));
  refuseTwins(tables, config);
  const explain = (entry: string) => explained(entry, found, selection);
  const unmatched = (selection.include ?? []).filter((pattern) => !tables.some((table) => matches(pattern, table)));
  return {
    tables,
    missing: [
      ...unanswered(selection.whitelist ?? [], tables).map((entry) => `${entry} of table.whitelist${explain(entry)}`),
      ...unmatched.map((pattern) => `${writtenPattern(pattern)} of table.include.list`),
      ...unanswered([...tableSettings.keys()], tables).map((name) => `connectless.table.${name}${explain(name)}`),
    ],
  };
}

/** Why a relation is not read whatever the lists say; undefined when there is nothing against it. */
function reasonAgainst({ types, schemaPattern, catalogPattern }: TableSelection) {
  const kinds = types.map((type) => TABLE_TYPES.get(type));
  const isSchema = likePattern(schemaPattern ?? '%');
  const isCatalog = likePattern(catalogPattern ?? '%');
  return ({ kind, schema, catalog }: CatalogTable): string | undefined => {
    if (!kinds.includes(kind)) return `table.types lacks ${typeOf(kind)}`;
    if (!isSchema.test(schema)) return `schema.pattern=${schemaPattern} leaves out schema ${schema}`;
    if (!isCatalog.test(catalog)) return `catalog.pattern=${catalogPattern} leaves out database ${catalog}`;
    return undefined;
  };
}

function typeOf(kind: string): string {
  return [...TABLE_TYPES].find(([, relkind]) => relkind === kind)?.[0] ?? kind;
}

function isListed({ whitelist, blacklist, include, exclude }: TableSelection, table: CatalogTable): boolean {
  if (whitelist !== undefined && !whitelist.some((entry) => isNamed(table, entry))) return false;
  if (blacklist?.some((entry) => isNamed(table, entry))) return false;
  if (include !== undefined && !include.some((pattern) => matches(pattern, table))) return false;
  return !exclude?.some((pattern) => matches(pattern, table));
}

/** Connect takes the quoted form, too. */
function isNamed(table: CatalogTable, entry: string): boolean {
  return namesOf(table).includes(entry) || entry === `"${table.schema}"."${table.name}"`;
}

function unanswered(entries: readonly string[], tables: readonly CatalogTable[]): readonly string[] {
  return entries.filter((entry) => !tables.some((table) => isNamed(table, entry)));
}

function explained(entry: string, found: readonly CatalogTable[], selection: TableSelection): string {
  const named = found.find((relation) => isNamed(relation, entry));
  if (named !== undefined) return ` (${reasonAgainst(selection)(named) ?? 'the lists of tables leave it out'})`;
  const similar = found.find((table) => namesOf(table).some((name) => name.toLowerCase() === entry.toLowerCase()));
  if (similar !== undefined) return ` (there is ${qualified(similar)})`;
  const elsewhere = found.find((table) => entry.endsWith(`.${qualified(table)}`));
  return elsewhere === undefined ? '' : ` (this database is ${elsewhere.catalog})`;
}

function refuseTwins(tables: readonly CatalogTable[], config: Parameters<typeof topicOf>[0]): void {
  const byTopic = new Map<string, CatalogTable>();
  for (const table of tables) {
    const topic = topicOf(config, table);
    const twin = byTopic.get(topic);
    if (twin !== undefined) throw ambiguous(twin, table, topic);
    byTopic.set(topic, table);
  }
}

function ambiguous(table: CatalogTable, twin: CatalogTable, topic: string): ConnectlessError {
  return new ConnectlessError(
    'TABLE_NAME_AMBIGUOUS',
    `Tables ${qualified(table)} and ${qualified(twin)} would go to one topic, ${topic}: give one of them another, as in connectless.table.${qualified(twin)}.topic=…, or leave it out.`,
  );
}

/** Without what makes it match whole names. */
function writtenPattern({ source }: RegExp): string {
  return source.replace(/^\^\(\?:|\)\$$/g, '');
}
