// Properties of Confluent's JDBC source, and our own.
import { parseConnectionUrl, TUNING_PARAMETERS } from '../connection-url';
import { accepted, type Definition, REQUIRED, type Row, unsupported, used } from '../definition';
import { atLeast, notEmpty, onlyClass, supported, text, timeZone } from '../validators';
import { connectorClass, connectorDefinitions } from './connector';
import { workersConverter } from './converter';
import { functionTimeout, topicCreation } from './deployment';
import { noErrors } from './errors';

export const SOURCE_CLASS = 'io.confluent.connect.jdbc.JdbcSourceConnector';

const connectionUrl = text(
  '`jdbc:postgresql://host:port/database?user=…&password=…`, with IAM `jdbc:aws-wrapper:postgresql://host:port/database?wrapperPlugins=iam&user=…&sslmode=verify-full`',
  (url) => {
    const parsed = parseConnectionUrl(url);
    return 'problem' in parsed ? parsed.problem : undefined;
  },
);

const topicPrefix = text('letters, digits, `.`, `_`, `-`', (prefix) =>
  /^[\w.-]{0,200}$/.test(prefix)
    ? undefined
    : { what: 'has characters that no topic may have', write: 'use letters, digits, ".", "_" and "-"' },
);

const includeList = text('`schema.table`', (pattern) =>
  /^[\w$]+\.[\w$]+$/.test(pattern)
    ? undefined
    : { what: 'is not schema.table (regular expressions are not supported yet)', write: 'write schema.table' },
);

const MODES = ['bulk', 'timestamp', 'timestamp+incrementing'];
const TYPES = ['VIEW', 'PARTITIONED TABLE', 'MATERIALIZED VIEW', 'FOREIGN TABLE', 'SYSTEM TABLE', 'ALIAS', 'SYNONYM'];
const MAPPINGS = ['precision_only', 'best_fit', 'best_fit_eager_double'];
const DIALECT = 'PostgreSqlDatabaseDialect';
const [name, type, default_, importance, documentation] = connectorClass;

const database: readonly Definition[] = used([
  [name, type, default_, importance, documentation, onlyClass(SOURCE_CLASS, 'the source is')],
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
  ['table.whitelist', 'list', '', 'medium', 'Tables to read, as `table` or `schema.table`; empty: every table.'],
  ['table.include.list', 'list', '', 'medium', 'Tables to read, as `schema.table`.', includeList],
  ['table.types', 'list', 'TABLE', 'low', 'Types of tables to read.', supported(['TABLE'], TYPES, 'tables are')],
]);

const polling: readonly Definition[] = used([
  [
    'mode',
    'string',
    REQUIRED,
    'high',
    'How new rows are found.',
    supported(['incrementing'], MODES, 'incrementing is'),
  ],
  [
    'incrementing.column.name',
    'string',
    '',
    'medium',
    'Column that grows with every row; empty: the first auto-increment column of each table.',
  ],
  ['topic.prefix', 'string', REQUIRED, 'high', 'The topic of a table is this and its name.', topicPrefix],
  ['poll.interval.ms', 'int', '5000', 'high', 'Pause between polls of a table that had no new rows.', atLeast(1)],
  ['table.poll.interval.ms', 'long', '60000', 'low', 'Interval at which new tables are looked for.', atLeast(1)],
  ['batch.max.rows', 'int', '1000', 'low', 'Most rows of a page.', atLeast(1)],
  ['db.timezone', 'string', 'UTC', 'medium', 'Time zone of `timestamp` columns.', timeZone],
  [
    'numeric.mapping',
    'string',
    'none',
    'low',
    'Avro type of `numeric` columns.',
    supported(['none'], MAPPINGS, 'none is'),
  ],
  [
    'quote.sql.identifiers',
    'string',
    'always',
    'medium',
    'Quotes names in SQL.',
    supported(['always'], ['never'], 'always is'),
  ],
]);

const patterns: readonly Row[] = [
  ['schema.pattern', 'string', null, 'high', 'Schemas to read.'],
  ['catalog.pattern', 'string', null, 'medium', 'Databases to read.'],
  ['table.blacklist', 'list', '', 'medium', 'Tables to leave out.'],
  ['table.exclude.list', 'list', '', 'medium', 'Tables to leave out, as regular expressions.'],
];

const later: readonly Definition[] = [
  ...unsupported('write the tables into table.whitelist for now', patterns),
  ...unsupported('only whole tables are read for now', [
    ['query', 'string', '', 'medium', 'Query to read instead of tables.'],
    ['query.suffix', 'string', '', 'low', 'Text behind the query.'],
    ['query.masked', 'password', null, 'medium', 'Query to read, kept out of logs.'],
  ]),
  ...unsupported('only mode=incrementing is supported yet', [
    ['timestamp.column.name', 'list', '', 'medium', 'Columns with the time of the last change.'],
    ['timestamp.columns.mapping', 'list', '', 'medium', 'The same, table by table.'],
    ['timestamp.initial', 'long', null, 'low', 'Time to begin at.'],
    ['timestamp.granularity', 'string', 'connect_logical', 'low', 'Avro type of timestamps.'],
    ['incrementing.column.mapping', 'list', '', 'medium', 'Incrementing columns, table by table.'],
    ['incrementing.initial', 'long', null, 'low', 'Id to begin at.'],
    ['incrementing.relaxed.monotonic', 'boolean', 'false', 'low', 'Tolerates rows out of order.'],
  ]),
  ...unsupported('other values are not supported yet', [
    ['validate.non.null', 'boolean', 'true', 'low', 'Refuses an incrementing column that may be null.'],
    ['numeric.precision.mapping', 'boolean', 'false', 'low', 'Older form of `numeric.mapping`.'],
    ['transaction.isolation.mode', 'string', 'DEFAULT', 'low', 'Isolation level of the queries.'],
    ['db.timestamp.*', 'string', null, 'low', 'Format of dates and timestamps.'],
    ['timestamp.fetch.*', 'string', null, 'low', 'Details of timestamps.'],
  ]),
  ...unsupported('user and password come from connection.user and connection.password', [
    ['jdbc.credentials.provider.*', 'string', null, 'low', 'Provider of credentials.'],
  ]),
  ...unsupported('write it as a parameter of connection.url: ?sslmode=…', [
    ['connection.ssl', 'string', null, 'low', 'Parameter of the driver.'],
    ['connection.sslmode', 'string', null, 'low', 'Parameter of the driver.'],
    ['connection.sslrootcert', 'string', null, 'low', 'Parameter of the driver.'],
  ]),
];

const own: readonly Definition[] = unsupported('not in this version', [
  ['connectless.mode', 'string', null, 'medium', 'Finds new rows by transaction id (`xid8`).'],
  ['connectless.fence.timeout.ms', 'long', null, 'medium', 'Longest wait for open transactions.'],
  ['connectless.types', 'string', null, 'medium', 'Keeps every bit of every type (`exact`).'],
  ['connectless.table.*', 'string', null, 'medium', 'Settings of one table.'],
]);

const noMeaning: readonly Definition[] = [
  ...accepted('A lost connection is tried again for as long as an invocation has time, and by the next one.', [
    ['connection.attempts', 'int', '3', 'low', 'Attempts to connect.', atLeast(1)],
    ['connection.backoff.ms', 'long', '10000', 'low', 'Pause between attempts.', atLeast(0)],
    ['query.retry.attempts', 'int', '-1', 'low', 'Attempts of a query.'],
  ]),
  ...accepted('It has no effect with mode=incrementing, in Kafka Connect neither.', [
    ['timestamp.delay.interval.ms', 'long', '0', 'high', 'Delay, so that transactions can end.'],
  ]),
  ...accepted('Tables are always looked for in the database.', [
    ['table.monitoring.startup.polling.limit.ms', 'long', '10000', 'low', 'How long the first look may take.'],
  ]),
  ...accepted('Every row is written exactly once, with or without it.', [
    ['exactly.once.support', 'string', 'requested', 'medium', 'Exactly-once for this source.'],
    ['transaction.boundary', 'string', 'poll', 'medium', 'Where transactions end.'],
    ['transaction.boundary.interval.ms', 'long', null, 'low', 'Interval of transactions.'],
    ['offsets.storage.topic', 'string', null, 'low', 'Topic for the offsets of this connector.'],
  ]),
  ...accepted(
    'It tunes pgjdbc, which is not used.',
    TUNING_PARAMETERS.map((name): Row => [`connection.${name}`, 'string', null, 'low', 'Parameter of the driver.']),
  ),
];

/** Within the minute of its schedule; an invocation keeps 2 s for the end of its last page. */
const timeout = functionTimeout(58_000, 5000, 900_000);

export const sourceDefinitions: readonly Definition[] = [
  ...database,
  ...polling,
  ...timeout,
  ...topicCreation,
  ...connectorDefinitions,
  ...workersConverter,
  ...noErrors,
  ...later,
  ...own,
  ...noMeaning,
];
