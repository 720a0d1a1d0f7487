// The timestamp columns of a table as SQL: one expression, and how microseconds on its clock are written.
import { ConnectlessError } from '../errors';
import type { Column } from '../source/record/column';
import { sourceColumn } from './origin';
import { literal } from './sql';

export interface TimestampColumns {
  /** Of several columns the first that is not null, as in Connect. */
  readonly expression: string;
  /** Microseconds since 1970 on the column's own clock, as text: of a `timestamp` without time zone, what it shows. */
  readonly micros: (expression: string) => string;
  /** Such microseconds in the columns' type. */
  readonly literal: (micros: bigint) => string;
  /** A timestamptz in the columns' type. */
  readonly fromInstant: (instant: string) => string;
  /** What the columns make of such microseconds that are written to any of them, or less; monotone. */
  readonly rounded: (micros: bigint) => bigint;
}

export interface TimestampOptions {
  readonly mustBeNotNull: boolean;
  /** `db.timezone` */
  readonly timeZone: string;
  /** Of a view or a query: a column without a precision may be made of one that has one, by max() for instance. */
  readonly mayBeComputed?: boolean;
}

const TYPES = ['timestamp', 'timestamptz', 'date'];
/** Of `-infinity`, which has none: below every other. */
const BEFORE_ALL = -(2n ** 63n);

/** @param where for errors: `Table "public"."t"`. Throws TIMESTAMP_COLUMN_INVALID. */
export function timestampColumns(
  where: string,
  columns: readonly Column[],
  names: readonly string[],
  { mustBeNotNull, timeZone, mayBeComputed = false }: TimestampOptions,
): TimestampColumns {
  const found = names.map((name) => timestampColumn(where, columns, name));
  if (mustBeNotNull && found.every(({ nullable }) => nullable)) {
    throw invalid(
      where,
      `has ${names.map((name) => `"${name}"`).join(', ')} nullable, and a row without a timestamp would never be read: SET NOT NULL on ${names.length === 1 ? 'it' : 'one of them'}, or set validate.non.null=false`,
    );
  }
  const zone = literal(timeZone);
  const hasZone = found.some(({ type }) => type === 'timestamptz');
  const written = found.map(({ name, type }) => {
    const column = sourceColumn(name);
    if (type === 'date') return hasZone ? `(${column}::timestamp AT TIME ZONE ${zone})` : `${column}::timestamp`;
    return hasZone && type === 'timestamp' ? `(${column} AT TIME ZONE ${zone})` : column;
  });
  const expression = written.length === 1 ? (written[0] ?? '') : `coalesce(${written.join(', ')})`;
  return {
    expression,
    micros,
    literal: (value) => instant(value, hasZone ? 'timestamptz' : 'timestamp'),
    fromInstant: (text) => (hasZone ? text : `(${text} AT TIME ZONE ${zone})`),
    rounded: (value) => least(found.map((column) => kept(column, value, { hasZone, mayBeComputed }))),
  };
}

const SECOND = 1_000_000n;
const HOUR = 3600n * SECOND;
const DAY = 24n * HOUR;
/** On which a clock is set back; no zone does by more than two hours. */
const LONGEST_DAY = 26n * HOUR;

/** Postgres rounds to a precision, and cuts off to a date. */
function kept(
  { type, typmod }: Column,
  value: bigint,
  { hasZone, mayBeComputed }: { readonly hasZone: boolean; readonly mayBeComputed: boolean },
): bigint {
  // Beside a timestamptz midnight is db.timezone's.
  if (type === 'date') return hasZone ? value - LONGEST_DAY : floor(value, DAY);
  if (typmod < 0) return mayBeComputed ? floor(value, SECOND) : value;
  const unit = 10n ** BigInt(6 - typmod);
  return floor(value + unit / 2n, unit);
}

function floor(value: bigint, unit: bigint): bigint {
  const rest = value % unit;
  return value - (rest < 0n ? rest + unit : rest);
}

function least([first = 0n, ...others]: readonly bigint[]): bigint {
  let found = first;
  for (const value of others) if (value < found) found = value;
  return found;
}

/** In two parts, each exact: extract(epoch) is a double before Postgres 14. */
function micros(expression: string): string {
  return `(CASE WHEN isfinite(${expression}) THEN extract(epoch FROM date_trunc('second', ${expression}))::int8 * 1000000
    + extract(microseconds FROM ${expression})::int8 % 1000000 ELSE ${BEFORE_ALL} END)::text`;
}

function instant(value: bigint, type: 'timestamp' | 'timestamptz'): string {
  if (value === BEFORE_ALL) return `'-infinity'::${type}`;
  const epoch = type === 'timestamptz' ? "'1970-01-01 00:00:00+00'" : "'1970-01-01 00:00:00'";
  const seconds = value / 1_000_000n;
  return `(${epoch}::${type} + '${seconds} seconds ${value % 1_000_000n} microseconds'::interval)`;
}

function timestampColumn(where: string, columns: readonly Column[], name: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    const other = columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    throw invalid(
      where,
      `has no column "${name}"${other === undefined ? `: its columns are ${columns.map((one) => one.name).join(', ')}` : `: write timestamp.column.name=${other.name}`}`,
    );
  }
  if (TYPES.includes(column.type)) return column;
  throw invalid(
    where,
    `has "${name}" of type ${column.declared}: a timestamp column must be a timestamp, timestamptz or date`,
  );
}

function invalid(where: string, what: string): ConnectlessError {
  return new ConnectlessError('TIMESTAMP_COLUMN_INVALID', `${where} ${what}.`);
}
