// A source's file: rules across its properties, and the configuration that it says.
import type { Values } from './check';
import { parseConnectionUrl } from './connection-url';
import { buildDeployment, buildTopicCreation } from './deployment';
import type { PostgresConfig } from './model';
import type { SourceConfig } from './source-model';
import type { Fault, Note } from './report';
import { isSet, placeOf, type Rule, textOf } from './rule';

const URL_ = 'connection.url';

const databaseHasAName: Rule = (file, values) => {
  const parsed = parseConnectionUrl(textOf(values, URL_) ?? '');
  if ('problem' in parsed || parsed.value.database !== undefined) return [];
  if (parsed.value.user !== undefined || isSet(file, 'connection.user')) return [];
  return [
    { ...placeOf(file, URL_), what: 'names no database', write: 'write it behind the port, as in :5432/postgres' },
  ];
};

const oneListOfTables: Rule = (file) => {
  if (!isSet(file, 'table.whitelist') || !isSet(file, 'table.include.list')) return [];
  const what = 'is set beside table.whitelist';
  return [{ ...placeOf(file, 'table.include.list'), what, write: 'keep one of them' }];
};

/** IAM knows a user by name, and its token takes the place of the password. */
const iamHasAUserOnly: Rule = (file, values) => {
  const parsed = parseConnectionUrl(textOf(values, URL_) ?? '');
  if ('problem' in parsed || parsed.value.iam === undefined) return [];
  const faults: Fault[] = [];
  if (parsed.value.user === undefined && !isSet(file, 'connection.user')) {
    const what = 'logs in with IAM and names no user';
    faults.push({ ...placeOf(file, URL_), what, write: 'add user=… to it, or connection.user=…' });
  }
  if (isSet(file, 'connection.password')) {
    const what = 'has no effect beside wrapperPlugins=iam: a token of IAM is the password';
    faults.push({ ...placeOf(file, 'connection.password'), what, write: 'delete the line' });
  }
  return faults;
};

export const sourceRules: readonly Rule[] = [databaseHasAName, iamHasAUserOnly, oneListOfTables];

/** Parameters of the connection URL that change nothing. */
export function sourceNotes(file: Parameters<Rule>[0], values: Values): Note[] {
  const parsed = parseConnectionUrl(textOf(values, URL_) ?? '');
  const { line } = placeOf(file, URL_);
  if ('problem' in parsed || parsed.value.ignored.length === 0 || line === undefined) return [];
  const why = `${parsed.value.ignored.join(', ')}: tunes pgjdbc, which is not used.`;
  return [{ file: file.file, line, property: URL_, why }];
}

/** Of a file without faults. */
export function buildSource(values: Values): SourceConfig {
  const column = values.text('incrementing.column.name');
  const tables = [...values.list('table.whitelist'), ...values.list('table.include.list')];
  return {
    kind: 'source',
    name: values.text('name'),
    deployment: buildDeployment(values),
    topicCreation: buildTopicCreation(values),
    postgres: buildPostgres(values),
    mode: 'incrementing',
    ...(column === '' ? {} : { incrementingColumn: column }),
    ...(tables.length === 0 ? {} : { tables }),
    topicPrefix: values.text('topic.prefix'),
    pollIntervalMs: values.number('poll.interval.ms'),
    tablePollIntervalMs: values.number('table.poll.interval.ms'),
    batchMaxRows: values.number('batch.max.rows'),
    timeZone: values.text('db.timezone'),
  };
}

/** As pgjdbc: what stands in the URL goes before the properties; without a database, the user's name is its name. */
function buildPostgres(values: Values): PostgresConfig {
  const parsed = parseConnectionUrl(values.text(URL_));
  if ('problem' in parsed) throw new TypeError(`${URL_} ${parsed.problem.what}`);
  const { ignored: _, ...url } = parsed.value;
  const user = url.user ?? textOf(values, 'connection.user');
  const password = url.password ?? textOf(values, 'connection.password');
  return {
    ...url,
    database: url.database ?? user ?? '',
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}
