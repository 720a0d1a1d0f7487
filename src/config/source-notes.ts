// Properties of a source's file that nothing looks at beside the others: accepted, as in Connect, and said.
import type { Values } from './check';
import type { PropertiesFile } from './properties';
import type { Note } from './report';
import { textOf } from './rule';
import { databaseNotes } from './source-database';
import { goesById, goesByTime, modeOf } from './source-mode';
import type { SourceMode } from './source-model';

interface Idle {
  readonly names: readonly string[];
  readonly why: string;
  readonly isIdle: (values: Values, mode: SourceMode) => boolean;
}

const hasQuery = (values: Values) => Boolean(textOf(values, 'query') || textOf(values, 'query.masked'));

const isFolded = (values: Values, column: string) =>
  textOf(values, 'quote.sql.identifiers')?.toLowerCase() === 'never' && /[A-Z]/.test(textOf(values, column) ?? '');

const IDLE: readonly Idle[] = [
  {
    names: ['incrementing.column.name'],
    why: 'The mode does not go by ids.',
    isIdle: (_, mode) => !goesById(mode),
  },
  {
    names: ['timestamp.column.name', 'timestamp.delay.interval.ms'],
    why: 'The mode does not go by timestamps.',
    isIdle: (_, mode) => !goesByTime(mode),
  },
  {
    names: ['validate.non.null'],
    why: 'The mode goes by no column.',
    isIdle: (_, mode) => mode === 'bulk',
  },
  {
    names: ['schema.pattern', 'catalog.pattern', 'table.types', 'table.poll.interval.ms'],
    why: 'A query is read in place of tables.',
    isIdle: hasQuery,
  },
  {
    names: ['incrementing.column.name'],
    why: 'Without quotes Postgres reads it in small letters, and so does this.',
    isIdle: (values) => isFolded(values, 'incrementing.column.name'),
  },
  {
    names: ['timestamp.column.name'],
    why: 'Without quotes Postgres reads it in small letters, and so does this.',
    isIdle: (values) => isFolded(values, 'timestamp.column.name'),
  },
  {
    names: ['numeric.precision.mapping'],
    why: 'numeric.mapping goes before it.',
    isIdle: (values) => values.find('numeric.mapping') !== undefined,
  },
];

export function sourceNotes(file: PropertiesFile, values: Values): Note[] {
  const mode = modeOf(values);
  const idle = IDLE.filter(({ isIdle }) => mode !== undefined && isIdle(values, mode));
  const notes = file.properties.flatMap(({ key, line }) => {
    const found = idle.find(({ names }) => names.includes(key));
    return found === undefined ? [] : [{ file: file.file, line, property: key, why: found.why }];
  });
  return [...databaseNotes(file, values), ...notes];
}
