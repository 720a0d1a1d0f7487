// The topics of a source, as far as its file tells: which tables a pattern finds, only the database knows.
import type { SourceConfig, TableSettings } from '../../src/config/source-model';

type Source = Pick<SourceConfig, 'query' | 'tables' | 'tableSettings' | 'topicPrefix'>;

/** Those that are made: of a query, of tables that are named, and of tables that have a topic of their own. */
export function sourceTopics(source: Source): readonly string[] {
  const { query, tables, tableSettings, topicPrefix } = source;
  if (query !== undefined) return [topicPrefix];
  const named = namedTables(tables);
  if (named !== undefined) return unique(named.map((table) => topicOf(source, table)));
  const known = (tables.include ?? []).flatMap((pattern) => plainName(pattern) ?? []);
  const own = [...tableSettings.values()].flatMap(({ topic }) => topic ?? []);
  return unique([...known.map((table) => topicOf(source, table)), ...own]);
}

/** Those that it may write, a name may end in `*`: where its file does not name every table, all below `topic.prefix`. */
export function writableTopics(source: Source): readonly string[] {
  const topics = sourceTopics(source);
  if (source.query !== undefined || namedTables(source.tables) !== undefined) return topics;
  return [`${source.topicPrefix}*`, ...topics.filter((topic) => !topic.startsWith(source.topicPrefix))];
}

/** Also where only its prefix says so. */
export function mayWrite(source: Source, topic: string): boolean {
  return writableTopics(source).some((one) => (one.endsWith('*') ? topic.startsWith(one.slice(0, -1)) : one === topic));
}

/** Each as its file has it; undefined where only the database knows which there are. */
export function namedTables({ whitelist, include }: SourceConfig['tables']): readonly string[] | undefined {
  if (whitelist !== undefined) return whitelist;
  const plain = (include ?? []).map(plainName);
  return include === undefined || plain.includes(undefined) ? undefined : plain.flatMap((name) => name ?? []);
}

/** `table`, `schema.table` or `database.schema.table`, the longest form of its settings first. */
function topicOf({ tableSettings, topicPrefix }: Source, table: string): string {
  const own = formsOf(table)
    .map((form) => tableSettings.get(form)?.topic)
    .find((topic): topic is NonNullable<TableSettings['topic']> => topic !== undefined);
  return own ?? `${topicPrefix}${unqualified(table)}`;
}

function formsOf(table: string): readonly string[] {
  const parts = table.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

function unqualified(table: string): string {
  return table.replace(/^.*\./, '');
}

/** Of a pattern that can match one table alone: letters, digits, `_`, and dots between them, escaped or not. */
function plainName({ source, flags }: RegExp): string | undefined {
  if (flags.includes('i')) return undefined;
  const [, name] = /^\^?(?:\(\?:)?(\w+(?:\\?\.\w+)+)\)?\$?$/.exec(source) ?? [];
  return name?.replaceAll('\\', '');
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
