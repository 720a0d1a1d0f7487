// mode=timestamp and timestamp+incrementing in SQL: the database's clock and open transactions, and pages by timestamp.
import { ConnectlessError } from '../errors';
import type { ClockReading, TimestampReader } from '../source/modes/timestamp';
import type { Position } from '../source/position';
import { primaryKey } from './catalog';
import type { Rows } from './database';
import { type IdColumn, type IdColumnWish, idColumn } from './id-column';
import { idPage } from './id-page';
import { idValue, type ReaderConfig, type ReaderPlace } from './incrementing-reader';
import { kept } from './kept';
import { describeTransactions, holdersOf, holdersQuery } from './locks';
import { fromOrigin, orderedPage, originName, sourceColumn } from './origin';
import { BEGAN, HIDDEN, OTHER_SESSIONS } from './sessions';
import { literal } from './sql';
import { type TimestampColumns, timestampColumns } from './timestamp-columns';
import { writersOf } from './writers';

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
  /** Without an id, the primary key's columns: a million rows of one timestamp are read page by page, too. */
  readonly keys: readonly string[];
  /** A query of oids. */
  readonly written: string;
}

/** Errors: those of `Database`, TIMESTAMP_COLUMN_INVALID, INCREMENTING_COLUMN_INVALID, WRITERS_HIDDEN, STATISTICS_HIDDEN, ID_MISSING, ID_INVALID. */
export function timestampReader(place: ReaderPlace, wish: TimestampReaderWish, config: ReaderConfig): TimestampReader {
  const { database, origin, kind } = place;
  const facts = kept(async (): Promise<Facts> => {
    const columns = await database.columns(origin);
    const mustBeNotNull = wish.mustBeNotNull && 'table' in origin;
    const mayBeComputed = 'query' in origin || kind === 'v';
    const options = { mustBeNotNull, mayBeComputed, timeZone: wish.timeZone };
    const time = timestampColumns(originName(origin), columns, wish.timestampColumns, options);
    const id = wish.id && (await idColumn(database, origin, wish.id));
    const keys = id === undefined && 'table' in origin ? await primaryKey(database, origin.table) : [];
    return { time, id, keys, written: (await writersOf(database, origin, kind)).tables };
  }, config.tablePollIntervalMs);

  return {
    columns: () => facts.use(() => database.columns(origin)),
    micros: (instant) =>
      facts.use(async ({ time }) => {
        const when = instant === 'now' ? 'clock_timestamp()' : `to_timestamp(${instant}::float8 / 1000)`;
        const [[row = []] = []] = await database.query([`SELECT ${time.micros(time.fromInstant(when))}`]);
        return BigInt(row[0] ?? '');
      }),
    clock: (after) =>
      facts.use(async (found) => {
        const rows = `SELECT ${found.time.expression} AS x ${fromOrigin(origin)} WHERE ${behind(after, found)}`;
        const statements = [clockQuery(found.time, rows), preparedQuery(found.written)];
        return clockReading(await database.query(statements, { together: true }), found.time);
      }),
    describe: (oldest, prepared) =>
      facts.use(({ time }) => {
        const began = oldest === undefined ? 'false' : `${time.fromInstant(BEGAN)} <= ${time.literal(oldest)}`;
        return describeTransactions(database, `${OTHER_SESSIONS} AND ${began}`, prepared);
      }),
    page: (after, end) =>
      facts.use(async (found) => {
        const { time, id, keys } = found;
        const where = `WHERE ${behind(after, found)} AND ${time.expression} < ${time.literal(end)}`;
        const ties = (id === undefined ? keys : [id.name]).map(sourceColumn);
        const order = [time.expression, ...ties].join(', ');
        const beside = [...(id === undefined ? ties.map((key) => `${key}::text`) : []), time.micros(time.expression)];
        const selected = await orderedPage(database, origin, { where, order, beside }, config);
        return id === undefined ? { ...selected, keys: keys.length } : idPage(selected, origin, id);
      }),
  };
}

/** Rows whose timestamp is null have no place in the order: they are never read, as in Connect. */
function behind({ timestamp, incrementing, tie }: Position, { time, id, keys }: Facts): string {
  const { expression } = time;
  if (timestamp === undefined) return `${expression} IS NOT NULL`;
  if (id === undefined && tie !== undefined) {
    if (tie.length !== keys.length) throw keyChanged();
    const row = [expression, ...keys.map(sourceColumn)].join(', ');
    return `(${row}) > (${[time.literal(timestamp), ...tie.map(literal)].join(', ')})`;
  }
  if (id === undefined) return `${expression} > ${time.literal(timestamp)}`;
  const column = sourceColumn(id.name);
  if (incrementing === undefined) return `${expression} >= ${time.literal(timestamp)}`;
  return `(${expression}, ${column}) > (${time.literal(timestamp)}, ${idValue(incrementing, id)})`;
}

function keyChanged(): ConnectlessError {
  return new ConnectlessError(
    'PRIMARY_KEY_CHANGED',
    'The primary key was changed while rows of one timestamp were being read in its order: whether a row of them was read cannot be told. Go on behind that timestamp, or before it, with connectless offsets set.',
  );
}

/** One statement; its snapshot is older than what it says of open transactions, and a page's is younger. */
function clockQuery(time: TimestampColumns, rows: string): string {
  const now = time.fromInstant('c.now');
  const oldest = time.fromInstant('c.oldest');
  return `
    SELECT ${time.micros(now)}, CASE WHEN c.oldest IS NOT NULL THEN ${time.micros(oldest)} END,
      ${time.micros('first.x')}, ${time.micros('last.x')}, first.x IS NULL, c.hidden
    FROM (
      SELECT clock_timestamp() AS now, min(${BEGAN}) AS oldest, coalesce(bool_or(${HIDDEN}), false) AS hidden
      FROM pg_stat_activity WHERE ${OTHER_SESSIONS}) AS c
    LEFT JOIN LATERAL (SELECT * FROM (${rows}) r WHERE r.x < ${now} ORDER BY r.x LIMIT 1) AS first ON true
    LEFT JOIN LATERAL (SELECT * FROM (${rows}) r WHERE r.x < ${now} ORDER BY r.x DESC LIMIT 1) AS last ON true`;
}

function preparedQuery(written: string): string {
  return `SELECT * FROM (${holdersQuery([written])}) h WHERE h.pid IS NULL`;
}

function clockReading([[row = []] = [], prepared = []]: readonly Rows[], { rounded }: TimestampColumns): ClockReading {
  const [now, oldest, first, last, isNone, isHidden] = row;
  if (isHidden === 't') throw statisticsHidden();
  return {
    rounded,
    now: BigInt(now ?? ''),
    oldest: oldest ? BigInt(oldest) : undefined,
    rows: isNone === 't' ? undefined : { first: BigInt(first ?? ''), last: BigInt(last ?? '') },
    prepared: holdersOf(prepared),
  };
}

/** The preflight says so, too; the right may be taken away later. */
function statisticsHidden(): ConnectlessError {
  return new ConnectlessError(
    'STATISTICS_HIDDEN',
    "The source's user may not see since when the transactions of others are open, and a row's timestamp may be as old as its transaction: rows would be lost. GRANT pg_read_all_stats to it.",
  );
}
