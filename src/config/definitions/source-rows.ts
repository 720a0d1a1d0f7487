// Properties that say how a JDBC source finds new rows, and reads them.
import { accepted, type Definition, unsupported, used } from '../definition';
import { columnMapping } from '../table-pattern';
import { atLeast, inAnyCase, oneOf, wholeNumber } from '../validators';

const NO_MATCH = 'a table that no pattern matches has';

export const sourceRows: readonly Definition[] = [
  ...used([
    [
      'mode',
      'string',
      null,
      'high',
      'How new rows are found.',
      oneOf('incrementing', 'timestamp', 'timestamp+incrementing', 'bulk'),
    ],
    [
      'connectless.mode',
      'string',
      null,
      'medium',
      'In place of `mode`, which is required without it, or beside `mode=incrementing`: finds new rows by the transaction that wrote them, in a column `xid8 DEFAULT pg_current_xact_id()` that is known by its type. Loses no row wherever ids come from.',
      oneOf('xid8'),
    ],
    [
      'incrementing.column.name',
      'string',
      '',
      'medium',
      'Column that grows with every row; empty: the first auto-increment column of each table.',
    ],
    [
      'incrementing.column.mapping',
      'list',
      '',
      'medium',
      `The same by the name of the table, as \`schema.table\` or \`database.schema.table\`; ${NO_MATCH} \`incrementing.column.name\`.`,
      columnMapping(true),
    ],
    [
      'incrementing.initial',
      'string',
      null,
      'low',
      'Rows with a larger id are read; without it, all rows, those with negative ids, too.',
      wholeNumber,
    ],
    [
      'timestamp.column.name',
      'list',
      '',
      'medium',
      'Columns with the time of the last change; the first that is not null counts.',
    ],
    [
      'timestamp.columns.mapping',
      'list',
      '',
      'medium',
      `The same by the name of the table, as \`schema.table\` or \`database.schema.table\`; ${NO_MATCH} \`timestamp.column.name\`.`,
      columnMapping(false),
    ],
    [
      'timestamp.initial',
      'long',
      null,
      'low',
      'Rows with a later timestamp are read, milliseconds since 1970; -1: from now on; without it, all rows.',
    ],
    [
      'timestamp.delay.interval.ms',
      'long',
      '0',
      'high',
      'How old a row must be before it is read by its timestamp. Open transactions are waited for with or without it.',
      atLeast(0),
    ],
    ['poll.interval.ms', 'int', '5000', 'high', 'Pause between polls of a table that had no new rows.', atLeast(1)],
    ['batch.max.rows', 'int', '1000', 'low', 'Most rows of a page.', atLeast(1)],
    [
      'validate.non.null',
      'boolean',
      'true',
      'low',
      'Refuses an incrementing or timestamp column that may be null; without it, rows without a value are not read.',
    ],
    [
      'quote.sql.identifiers',
      'string',
      'always',
      'medium',
      "Whether names are written in quotes. `never`: columns that are named here are read as Postgres reads them without quotes, in small letters. Tables' own names are quoted either way, so that every table can be read.",
      inAnyCase('always', 'never'),
    ],
    [
      'connectless.fence.timeout.ms',
      'long',
      null,
      'medium',
      'Longest wait for open transactions that may still write earlier rows; then nothing is read past them, and the poll fails. Without it, until they end.',
      atLeast(1),
    ],
  ]),
  ...accepted('Every statement has the isolation that it needs: what is final is found out in a snapshot of its own.', [
    [
      'transaction.isolation.mode',
      'string',
      'DEFAULT',
      'low',
      'Isolation level of the queries.',
      inAnyCase('DEFAULT', 'READ_UNCOMMITTED', 'READ_COMMITTED', 'REPEATABLE_READ', 'SERIALIZABLE'),
    ],
  ]),
  ...accepted('Every row is written exactly once, with or without it.', [
    ['exactly.once.support', 'string', 'requested', 'medium', 'Exactly-once for this source.'],
    ['transaction.boundary', 'string', 'poll', 'medium', 'Where transactions end.'],
    ['transaction.boundary.interval.ms', 'long', null, 'low', 'Interval of transactions.'],
    ['offsets.storage.topic', 'string', null, 'low', 'Topic for the offsets of this connector.'],
  ]),
  ...unsupported('rows are read in the order of their ids', [
    ['incrementing.relaxed.monotonic', 'boolean', 'false', 'low', 'Tolerates rows out of order.'],
  ]),
];
