// Where a source's rows are: rules of its connection, and the database that it says.
import type { Values } from './check';
import { parseConnectionUrl } from './connection-url';
import type { PropertiesFile } from './properties';
import type { Fault, Note } from './report';
import { isSet, placeOf, type Rule, textOf } from './rule';
import type { DatabaseConfig } from './source-model';

const URL_ = 'connection.url';
const USER = 'connection.user';
const PASSWORD = 'connection.password';

function urlOf(values: Values) {
  const parsed = parseConnectionUrl(textOf(values, URL_) ?? '');
  return 'problem' in parsed ? undefined : parsed.value;
}

const databaseHasAName: Rule = (file, values) => {
  const url = urlOf(values);
  if (url === undefined || 'clusterArn' in url || url.database !== undefined) return [];
  if (url.user !== undefined || isSet(file, USER)) return [];
  return [
    { ...placeOf(file, URL_), what: 'names no database', write: 'write it behind the port, as in :5432/postgres' },
  ];
};

/** IAM knows a user by name, and its token takes the place of the password. */
const iamHasAUserOnly: Rule = (file, values) => {
  const url = urlOf(values);
  if (url === undefined || 'clusterArn' in url || url.iam === undefined) return [];
  const faults: Fault[] = [];
  if (url.user === undefined && !isSet(file, USER)) {
    const what = 'logs in with IAM and names no user';
    faults.push({ ...placeOf(file, URL_), what, write: 'add user=… to it, or connection.user=…' });
  }
  if (isSet(file, PASSWORD)) {
    const what = 'has no effect beside wrapperPlugins=iam: a token of IAM is the password';
    faults.push({ ...placeOf(file, PASSWORD), what, write: 'delete the line' });
  }
  return faults;
};

const dataApiHasASecretOnly: Rule = (file, values) => {
  const url = urlOf(values);
  if (url === undefined || !('clusterArn' in url)) return [];
  const what = 'has no effect beside secretArn in connection.url: user and password are in that secret';
  return [USER, PASSWORD]
    .filter((name) => isSet(file, name))
    .map((name) => ({ ...placeOf(file, name), what, write: 'delete the line' }));
};

export const databaseRules: readonly Rule[] = [databaseHasAName, iamHasAUserOnly, dataApiHasASecretOnly];

/** Parameters of the connection URL that change nothing. */
export function databaseNotes(file: PropertiesFile, values: Values): Note[] {
  const url = urlOf(values);
  const { line } = placeOf(file, URL_);
  if (url === undefined || 'clusterArn' in url || url.ignored.length === 0 || line === undefined) return [];
  return [
    { file: file.file, line, property: URL_, why: `${url.ignored.join(', ')}: tunes pgjdbc, which is not used.` },
  ];
}

/** As pgjdbc: what stands in the URL goes before the properties; without a database, the user's name is its name. */
export function buildDatabase(values: Values): DatabaseConfig {
  const parsed = urlOf(values);
  if (parsed === undefined) throw new TypeError(`${URL_} cannot be read`);
  if ('clusterArn' in parsed) return parsed;
  const { ignored: _, ...url } = parsed;
  const user = url.user ?? textOf(values, USER);
  const password = url.password ?? textOf(values, PASSWORD);
  return {
    ...url,
    database: url.database ?? user ?? '',
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}
