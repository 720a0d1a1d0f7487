// Which tables a source reads, or which query: rules of the lists, and what they say.
import type { Values } from './check';
import { wholeMatch } from './java-pattern';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';
import { isFilled, placeOf, type Rule, textOf } from './rule';
import { goesById, modeOf } from './source-mode';
import type { SourceConfig, TableSelection } from './source-model';
import { settingNames } from './table-settings';

const WHITELIST = 'table.whitelist';
const BLACKLIST = 'table.blacklist';
const INCLUDE = 'table.include.list';
const EXCLUDE = 'table.exclude.list';
const LISTS = [WHITELIST, BLACKLIST, INCLUDE, EXCLUDE];
const MAPPINGS = ['incrementing.column.mapping', 'timestamp.columns.mapping'];
const QUERY = 'query';
const MASKED = 'query.masked';
const PREFIX = 'topic.prefix';

/** Connect's own rules: names in a white or a black list, or patterns of what to include, less some. */
const listsAgree: Rule = (file) => {
  const [first, ...others] = [WHITELIST, BLACKLIST, INCLUDE].filter((name) => isFilled(file, name));
  const clashes = others.map((name) => ({
    ...placeOf(file, name),
    what: `is set beside ${first}`,
    write: 'keep one of them',
  }));
  if (!isFilled(file, EXCLUDE) || isFilled(file, INCLUDE)) return clashes;
  const what = `is set without ${INCLUDE}, whose tables it narrows`;
  return [...clashes, { ...placeOf(file, EXCLUDE), what, write: `add ${INCLUDE}=.*, or write ${BLACKLIST}` }];
};

const queryStandsAlone: Rule = (file, values) => {
  const query = queryProperty(file);
  if (query === undefined) return [];
  const settings = settingNames(values).map(({ property }) => property);
  const besides = [...LISTS, ...MAPPINGS, ...settings].filter((name) => isFilled(file, name));
  const faults: Fault[] = besides.map((name) => ({
    ...placeOf(file, name),
    what: `is set beside ${query}, which is read in place of tables`,
    write: 'delete the line, or the query',
  }));
  if (query === MASKED && isFilled(file, QUERY)) {
    faults.push({ ...placeOf(file, MASKED), what: `is set beside ${QUERY}`, write: 'keep one of them' });
  }
  return faults;
};

const queryHasWhatItNeeds: Rule = (file, values) => {
  const query = queryProperty(file);
  const mode = modeOf(values);
  const faults: Fault[] = [];
  if (query === undefined) return [];
  if (textOf(values, PREFIX) === '') {
    const what = `is empty, and it is the whole name of the topic of ${query}`;
    faults.push({ ...placeOf(file, PREFIX), what, write: 'write the name of a topic' });
  }
  if (mode === 'xid8') {
    const what = `reads tables, and ${query} has rows of several`;
    const write = 'write mode=timestamp+incrementing in its place, or list the tables instead of the query';
    faults.push({ ...placeOf(file, 'connectless.mode'), what, write });
  }
  if (mode !== undefined && mode !== 'xid8' && goesById(mode) && !isFilled(file, 'incrementing.column.name')) {
    const what = `is missing, and the columns of ${query} do not say which one grows`;
    faults.push({ ...placeOf(file, 'incrementing.column.name'), what, write: 'add incrementing.column.name=…' });
  }
  return faults;
};

export const tableRules: readonly Rule[] = [listsAgree, queryStandsAlone, queryHasWhatItNeeds];

function queryProperty(file: PropertiesFile): string | undefined {
  return [MASKED, QUERY].find((name) => isFilled(file, name));
}

/** Of a file without faults. Without a semicolon: the query becomes part of another. */
export function buildQuery(values: Values): Pick<SourceConfig, 'query' | 'querySuffix'> {
  const query = (textOf(values, MASKED) || values.text(QUERY)).replace(/(\s*;)+$/, '');
  const suffix = values.text('query.suffix');
  return { ...(query === '' ? {} : { query }), ...(suffix === '' ? {} : { querySuffix: suffix }) };
}

/** An empty pattern narrows nothing, as in pgjdbc. */
export function buildSelection(values: Values): TableSelection {
  const [whitelist, blacklist, include, exclude] = LISTS.map((name) => values.list(name));
  const [schemaPattern, catalogPattern] = ['schema.pattern', 'catalog.pattern'].map((name) => textOf(values, name));
  return {
    ...(whitelist?.length ? { whitelist } : {}),
    ...(blacklist?.length ? { blacklist } : {}),
    ...(include?.length ? { include: include.map(wholeMatch) } : {}),
    ...(exclude?.length ? { exclude: exclude.map(wholeMatch) } : {}),
    ...(schemaPattern ? { schemaPattern } : {}),
    ...(catalogPattern ? { catalogPattern } : {}),
    types: values.list('table.types').map((type) => type.toUpperCase()),
  };
}
