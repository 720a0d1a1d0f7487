// Properties that say which tables a JDBC source reads, or which query, and what becomes of one table.
import { accepted, type Definition, REQUIRED, used } from '../definition';
import { listedPattern } from '../table-pattern';
import { TABLE_TYPES } from '../table-types';
import { all, atLeast, emptyOr, notEmpty, oneOf, text, topicNames } from '../validators';

const FULL_NAMES = 'each matches the whole of `schema.table` or `database.schema.table`';

const topicPrefix = text('letters, digits, `.`, `_`, `-`', (prefix) =>
  /^[\w.-]{0,200}$/.test(prefix)
    ? undefined
    : { what: 'has characters that no topic may have', write: 'use letters, digits, ".", "_" and "-"' },
);

/** pgjdbc's other types have no rows to read, or those of the system and of other sessions. */
const tableTypes = all(
  notEmpty,
  text([...TABLE_TYPES.keys()].map((type) => `\`${type}\``).join(', '), (type) =>
    TABLE_TYPES.has(type.toUpperCase())
      ? undefined
      : { what: 'has a type that is not read', write: `write some of ${[...TABLE_TYPES.keys()].join(', ')}` },
  ),
);

/** Connect refuses all but SELECT. */
const select = emptyOr(
  text('a SELECT, which may begin with WITH', (query) =>
    /^(SELECT|WITH)\b/i.test(query) ? undefined : { what: 'is no SELECT', write: 'begin it with SELECT' },
  ),
);

const recordName = text('a full name of Avro: letters, digits, `_`, parts between dots', (name) =>
  /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name)
    ? undefined
    : { what: 'is no full name of Avro', write: 'write for example shop.Order' },
);

export const sourceTables: readonly Definition[] = [
  ...used([
    ['table.whitelist', 'list', '', 'medium', 'Tables to read, as `table`, `schema.table` or `database.schema.table`.'],
    ['table.blacklist', 'list', '', 'medium', 'Tables to leave out, in the same forms.'],
    [
      'table.include.list',
      'list',
      '',
      'medium',
      `Tables to read, as regular expressions: ${FULL_NAMES}.`,
      listedPattern,
    ],
    [
      'table.exclude.list',
      'list',
      '',
      'medium',
      `Tables of \`table.include.list\` to leave out, as regular expressions: ${FULL_NAMES}.`,
      listedPattern,
    ],
    ['schema.pattern', 'string', null, 'high', 'Schemas to read, a pattern of LIKE: `%`, `_`, `\\` before either.'],
    ['catalog.pattern', 'string', null, 'medium', 'A pattern of LIKE that the name of the database must match.'],
    ['table.types', 'list', 'TABLE', 'low', 'Types of tables to read, in any case of letters.', tableTypes],
    ['table.poll.interval.ms', 'long', '60000', 'low', 'Interval at which new tables are looked for.', atLeast(1)],
    [
      'query',
      'string',
      '',
      'medium',
      'Query to read instead of tables, as a subquery: its rows are narrowed and ordered around it. The topic is `topic.prefix`.',
      select,
    ],
    ['query.masked', 'password', null, 'medium', 'The same, kept out of logs.', select],
    ['query.suffix', 'string', '', 'low', 'Text behind every query that reads rows.'],
    [
      'topic.prefix',
      'string',
      REQUIRED,
      'high',
      'The topic of a table is this and its name; of a query, this.',
      topicPrefix,
    ],
    [
      'connectless.table.**.incrementing.column.name',
      'string',
      null,
      'medium',
      'Incrementing column of the table, `table` or `schema.table`; goes before all that names columns for several.',
      notEmpty,
    ],
    ['connectless.table.**.topic', 'string', null, 'medium', 'Topic of the table, without `topic.prefix`.', topicNames],
    [
      'connectless.table.**.record.name',
      'string',
      null,
      'medium',
      "Full name of the record of the table's values; without it, the table's name.",
      recordName,
    ],
    [
      'connectless.table.**.key',
      'string',
      null,
      'medium',
      'Key of the messages from the primary key: a record of its columns (`struct`), or the value of its one column (`field`); without it, no key.',
      oneOf('struct', 'field'),
    ],
  ]),
  ...accepted('Tables are always looked for in the database.', [
    ['table.monitoring.startup.polling.limit.ms', 'long', '10000', 'low', 'How long the first look may take.'],
  ]),
];
