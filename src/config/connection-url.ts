// Reads connection.url: pgjdbc's, jdbc:postgresql://host:port/database?parameter=value&…, also behind AWS's wrapper, or one of the RDS Data API.
import { isDataApiUrl, parseDataApiUrl } from './data-api-url';
import type { PostgresConfig } from './model';
import type { Problem } from './report';
import type { DataApiConfig } from './source-model';
import { parseIam, refusedParameter, WRAPPER_PARAMETERS } from './wrapper-parameters';

export interface ConnectionUrl {
  readonly host: string;
  readonly port: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  readonly sslMode: PostgresConfig['sslMode'];
  readonly sslRootCert?: string;
  readonly iam?: NonNullable<PostgresConfig['iam']>;
  /** Parameters of the driver that change nothing here. */
  readonly ignored: readonly string[];
}

type Parsed<T> = { readonly value: T } | { readonly problem: Problem };

const EXAMPLE = 'jdbc:postgresql://localhost:5432/postgres?user=postgres&password=…';
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
const USED_PARAMETERS = ['user', 'password', 'ssl', 'sslmode', 'sslrootcert'];

/** Parameters of pgjdbc that tune the driver and not what is read. */
export const TUNING_PARAMETERS: readonly string[] = [
  'ApplicationName',
  'adaptiveFetch',
  'assumeMinServerVersion',
  'autosave',
  'binaryTransfer',
  'connectTimeout',
  'databaseMetadataCacheFields',
  'databaseMetadataCacheFieldsMiB',
  'defaultRowFetchSize',
  'disableColumnSanitiser',
  'loggerFile',
  'loggerLevel',
  'loginTimeout',
  'preferQueryMode',
  'prepareThreshold',
  'preparedStatementCacheQueries',
  'preparedStatementCacheSizeMiB',
  'receiveBufferSize',
  'reWriteBatchedInserts',
  'sendBufferSize',
  'socketTimeout',
  'tcpKeepAlive',
];

const KNOWN_PARAMETERS = [...USED_PARAMETERS, ...TUNING_PARAMETERS, ...WRAPPER_PARAMETERS];

/** Neither the value nor a part of it is in the problem. */
export function parseConnectionUrl(url: string): Parsed<ConnectionUrl | DataApiConfig> {
  return isDataApiUrl(url) ? parseDataApiUrl(url) : parsePostgresUrl(url);
}

function parsePostgresUrl(url: string): Parsed<ConnectionUrl> {
  const match = /^jdbc:(aws-wrapper:)?postgresql:\/\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(url);
  if (match === null) return { problem: wrongUrl(url) };
  const address = parseAddress(match[2] ?? '');
  if ('problem' in address) return address;
  const database = decoded(match[3] ?? '');
  const parameters = parseParameters(match[4] ?? '');
  if ('problem' in parameters) return parameters;
  const sslMode = parseSslMode(parameters.value);
  if ('problem' in sslMode) return sslMode;
  const iam = parseIam(match[1] !== undefined, parameters.value, sslMode.value);
  if ('problem' in iam) return iam;
  const login = iam.value === undefined ? {} : { iam: iam.value };
  return { value: { ...connectionUrl(address.value, database, parameters.value, sslMode.value), ...login } };
}

function connectionUrl(
  address: { host: string; port: number },
  database: string | undefined,
  parameters: ReadonlyMap<string, string>,
  sslMode: PostgresConfig['sslMode'],
): ConnectionUrl {
  const [user, password, sslRootCert] = ['user', 'password', 'sslrootcert'].map((name) => parameters.get(name));
  return {
    ...address,
    ...(database === undefined || database === '' ? {} : { database }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    sslMode,
    ...(sslRootCert === undefined ? {} : { sslRootCert }),
    ignored: [...parameters.keys()].filter((name) => TUNING_PARAMETERS.includes(name)),
  };
}

function wrongUrl(url: string): Problem {
  const write = `write ${EXAMPLE}`;
  if (/^postgres(ql)?:/.test(url))
    return { what: 'is no JDBC URL', write: 'write jdbc:postgresql:// at its beginning' };
  if (/^jdbc:(aws-wrapper:)?postgresql:/.test(url))
    return { what: 'is not jdbc:postgresql://host:port/database', write };
  const database = /^jdbc:(?:aws-wrapper:)?([a-z0-9]+):/i.exec(url)?.[1];
  return {
    what: `is ${database === undefined ? 'no JDBC URL' : `for ${database}; only PostgreSQL is supported`}`,
    write,
  };
}

function parseAddress(authority: string): Parsed<{ host: string; port: number }> {
  if (authority.includes('@')) {
    return { problem: { what: 'has a user before the host', write: 'write ?user=…&password=… behind the database' } };
  }
  if (authority.includes(',')) {
    return { problem: { what: 'names several hosts, which is not supported yet', write: "name the writer's host" } };
  }
  const match = /^(\[[0-9a-f:.]+\]|<[^<>]+>|[^:]*)(?::(\d{1,5}))?$/i.exec(authority);
  const port = Number(match?.[2] ?? 5432);
  if (match === null || port < 1 || port > 65535) {
    return { problem: { what: 'has no valid host:port', write: `write ${EXAMPLE}` } };
  }
  return { value: { host: (match[1] || 'localhost').replace(/^\[|\]$/g, ''), port } };
}

function parseParameters(query: string): Parsed<Map<string, string>> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const value = decoded(rest.join('='));
    if (value === undefined) {
      const what = `has a malformed % escape in its parameter ${name}`;
      return { problem: { what, write: 'write %25 for a % sign' } };
    }
    const problem = KNOWN_PARAMETERS.includes(name) ? undefined : unknownParameter(name);
    if (problem !== undefined) return { problem };
    parameters.set(name, value);
  }
  return { value: parameters };
}

function unknownParameter(name: string): Problem {
  const known = /^\w{1,40}$/.test(name) ? `a parameter ${name}, which is` : 'a parameter that is';
  const write = `take it out; ${USED_PARAMETERS.join(', ')} are`;
  return refusedParameter(name) ?? { what: `has ${known} not supported`, write };
}

/** pgjdbc: `ssl` alone or `ssl=true` means verify-full; `sslmode` decides where both are given. */
function parseSslMode(parameters: ReadonlyMap<string, string>): Parsed<PostgresConfig['sslMode']> {
  const ssl = parameters.get('ssl');
  const wanted = parameters.get('sslmode') ?? (ssl === '' || ssl === 'true' ? 'verify-full' : 'prefer');
  const mode = SSL_MODES.find((known) => known === wanted);
  if (mode !== undefined) return { value: mode };
  return { problem: { what: 'has an sslmode that is not supported', write: `write one of ${SSL_MODES.join(', ')}` } };
}

/** As java.net.URLDecoder: a plus is a space. Undefined for a malformed escape. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
