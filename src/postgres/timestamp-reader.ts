// mode=timestamp and timestamp+incrementing in SQL: the database's clock and open transactions, and pages by timestamp.
import type { ClockReading, TimestampPage, TimestampReader } from '../source/modes/timestamp';
import type { Position } from '../source/position';
import { display } from '../source/record/table-schema';
import type { Rows, Selected } from './database';
import { type IdColumn, type IdColumnWish, idColumn } from './id-column';
import { idIndexOf, idValue, type ReaderConfig, type ReaderPlace } from './incrementing-reader';
import { kept } from './kept';
import { describeTransactions, holdersOf, holdersQuery } from './locks';
import { fromOrigin, ordered, sourceColumn, writtenTables } from './origin';
import { type TimestampColumns, timestampColumns } from './timestamp-columns';

export interface TimestampReaderWish {
  readonly timestampColumns: readonly string[];
  /** Absent: mode=timestamp. */
  readonly id?: IdColumnWish;
  readonly mustBeNotNull: boolean;
  /** `db.timezone` */
  readonly timeZone: string;
}

interface Facts {
  readonly time: TimestampColumns;
  readonly id: IdColumn | undefined;
  /** A query of oids. */
  readonly written: string;
}

/**
 * When the oldest transaction began that may still write rows of this database. One that has begun and not yet said so is
 * taken by its query's begin; autovacuum and replication write no rows of their own.
 */
const OLDEST = `
  SELECT min(coalesce(xact_start, CASE WHEN state = 'active' THEN query_start END)) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type NOT IN ('autovacuum worker', 'walsender')`;

/** Errors: those of `Database`, TIMESTAMP_COLUMN_INVALID, INCREMENTING_COLUMN_INVALID. */
export function timestampReader(place: ReaderPlace, wish: TimestampReaderWish, config: ReaderConfig): TimestampReader {
  const { database, origin, kind } = place;
  const where = 'table' in origin ? `Table ${display(origin.table)}` : 'The query';
  const facts = kept(async (): Promise<Facts> => {
    const columns = await database.columns(origin);
    const mustBeNotNull = wish.mustBeNotNull && 'table' in origin;
    const time = timestampColumns(where, columns, wish.timestampColumns, { ...wish, mustBeNotNull });
    const id = wish.id && (await idColumn(database, origin, wish.id));
    return { time, id, written: await writtenTables(database, origin, kind) };
  }, config.tablePollIntervalMs);
  const withFacts = async <Answer>(query: (facts: Facts) => Promise<Answer>): Promise<Answer> => {
    try {
      return await query(await facts.get());
    } catch (error) {
      facts.forget();
      throw error;
    }
  };

  return {
    columns: () => withFacts(() => database.columns(origin)),
    micros: (instant) =>
      withFacts(async ({ time }) => {
        const when = instant === 'now' ? 'clock_timestamp()' : `to_timestamp(${instant}::float8 / 1000)`;
        const [[row = []] = []] = await database.query([`SELECT ${time.micros(time.fromInstant(when))}`]);
        return BigInt(row[0] ?? '');
      }),
    clock: (after) =>
      withFacts(async (found) => {
        const rows = `SELECT ${found.time.expression} AS x ${fromOrigin(origin)} WHERE ${behind(after, found)}`;
        return clockReading(
          await database.query([clockQuery(found.time, rows), preparedQuery(found.written)], { together: true }),
        );
      }),
    describe: (oldest, prepared) =>
      withFacts(({ time }) => {
        const began = oldest === undefined ? 'false' : `${time.fromInstant('xact_start')} <= ${time.literal(oldest)}`;
        const condition = `datname = current_database() AND pid <> pg_backend_pid() AND ${began}`;
        return describeTransactions(database, condition, prepared);
      }),
    page: (after, end) =>
      withFacts(async (found) => {
        const { time, id } = found;
        const clauses = `WHERE ${behind(after, found)} AND ${time.expression} < ${time.literal(end)}`;
        const order = [time.expression, ...(id === undefined ? [] : [sourceColumn(id.name)])].join(', ');
        const selection = ordered(origin, { where: clauses, order }, config);
        const beside = [time.micros(time.expression)];
        return page(await database.select({ ...selection, beside, rows: config.batchMaxRows }), id);
      }),
  };
}

/** Rows whose timestamp is null have no place in the order: they are never read, as in Connect. */
function behind({ timestamp, incrementing }: Position, { time, id }: Facts): string {
  const { expression } = time;
  if (timestamp === undefined) return `${expression} IS NOT NULL`;
  if (id === undefined) return `${expression} > ${time.literal(timestamp)}`;
  const column = sourceColumn(id.name);
  if (incrementing === undefined) return `${expression} >= ${time.literal(timestamp)}`;
  return `(${expression}, ${column}) > (${time.literal(timestamp)}, ${idValue(incrementing, id)})`;
}

/** One statement; its snapshot is older than what it says of open transactions, and a page's is younger. */
function clockQuery(time: TimestampColumns, rows: string): string {
  const now = time.fromInstant('c.now');
  const oldest = time.fromInstant('c.oldest');
  return `
    SELECT ${time.micros(now)}, CASE WHEN c.oldest IS NOT NULL THEN ${time.micros(oldest)} END,
      ${time.micros('first.x')}, ${time.micros('last.x')}, first.x IS NULL
    FROM (SELECT clock_timestamp() AS now, (${OLDEST}) AS oldest) AS c
    LEFT JOIN LATERAL (SELECT * FROM (${rows}) r WHERE r.x < ${now} ORDER BY r.x LIMIT 1) AS first ON true
    LEFT JOIN LATERAL (SELECT * FROM (${rows}) r WHERE r.x < ${now} ORDER BY r.x DESC LIMIT 1) AS last ON true`;
}

function preparedQuery(written: string): string {
  return `SELECT * FROM (${holdersQuery([written])}) h WHERE h.pid IS NULL`;
}

function clockReading([[row = []] = [], prepared = []]: readonly Rows[]): ClockReading {
  const [now, oldest, first, last, isNone] = row;
  return {
    now: BigInt(now ?? ''),
    oldest: oldest ? BigInt(oldest) : undefined,
    rows: isNone === 't' ? undefined : { first: BigInt(first ?? ''), last: BigInt(last ?? '') },
    prepared: holdersOf(prepared),
  };
}

function page({ columns, rows, more }: Selected, id: IdColumn | undefined): TimestampPage {
  if (id === undefined) return { columns, rows, more };
  return { columns, rows, more, idIndex: idIndexOf({ columns }, id.name) };
}
