// Properties of a JDBC source's connection to its database.
import { parseConnectionUrl, TUNING_PARAMETERS } from '../connection-url';
import { accepted, type Definition, REQUIRED, type Row, unsupported, used } from '../definition';
import { atLeast, notEmpty, supported, text } from '../validators';

const connectionUrl = text(
  '`jdbc:postgresql://host:port/database?user=…&password=…`; with IAM `jdbc:aws-wrapper:postgresql://host:port/database?wrapperPlugins=iam&user=…&sslmode=verify-full`; through the RDS Data API `jdbc:aws-dataapi://CLUSTER_ARN/database?secretArn=…`',
  (url) => {
    const parsed = parseConnectionUrl(url);
    return 'problem' in parsed ? parsed.problem : undefined;
  },
);

const DIALECT = 'PostgreSqlDatabaseDialect';

export const sourceDatabase: readonly Definition[] = [
  ...used([
    [
      'connection.url',
      'string',
      REQUIRED,
      'high',
      'The database. A user or password in it goes before `connection.user` and `connection.password`.',
      connectionUrl,
    ],
    ['connection.user', 'string', null, 'high', 'User of the database.', notEmpty],
    ['connection.password', 'password', null, 'high', 'Password of that user.'],
    ['dialect.name', 'string', '', 'low', 'Kind of database.', supported(['', DIALECT], [], '')],
  ]),
  ...accepted('A lost connection is tried again for as long as an invocation has time, and by the next one.', [
    ['connection.attempts', 'int', '3', 'low', 'Attempts to connect.', atLeast(1)],
    ['connection.backoff.ms', 'long', '10000', 'low', 'Pause between attempts.', atLeast(0)],
    ['query.retry.attempts', 'int', '-1', 'low', 'Attempts of a query.'],
  ]),
  ...accepted(
    'It tunes pgjdbc, which is not used.',
    TUNING_PARAMETERS.map((name): Row => [`connection.${name}`, 'string', null, 'low', 'Parameter of the driver.']),
  ),
  ...unsupported('user and password come from connection.user and connection.password', [
    ['jdbc.credentials.provider.*', 'string', null, 'low', 'Provider of credentials.'],
  ]),
  ...unsupported('write it as a parameter of connection.url: ?sslmode=…', [
    ['connection.ssl', 'string', null, 'low', 'Parameter of the driver.'],
    ['connection.sslmode', 'string', null, 'low', 'Parameter of the driver.'],
    ['connection.sslrootcert', 'string', null, 'low', 'Parameter of the driver.'],
  ]),
];
