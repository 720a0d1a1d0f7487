// Whether rows' timestamps are the times that the timestamp modes take them for: by which clock they are made, and where.
import type { Column } from '../source/record/column';
import { offsetsOf } from '../time-zone';
import type { TableFacts } from './facts';
import type { Finding } from './finding';
import { quotedList } from './sql-text';
import type { TableCheck } from './table-check';

/** @param columns the timestamp columns, each there */
export function clockFindings({ facts, config }: TableCheck, columns: readonly Column[]): Finding[] {
  const { defaults, year } = facts;
  const { timeZone } = config.types;
  const withoutZone = columns.filter(({ type }) => type !== 'timestamptz').map(({ name }) => name);
  return [
    ...subscribed(facts, config.timestampDelayMs),
    ...columns.flatMap((column) => earlierDefault(column, defaults.get(column.name))),
    ...withoutZone.flatMap((name) => otherZone(name, ownZone(defaults.get(name)) ?? facts.timeZones, year, timeZone)),
    ...setBack(withoutZone, year, timeZone),
  ];
}

function subscribed({ isSubscribed }: TableFacts, delayMs: number): Finding[] {
  if (!isSubscribed) return [];
  return [
    {
      severity: delayMs === 0 ? 'error' : 'warning',
      code: 'TABLE_SUBSCRIBED',
      what: 'Logical replication brings its rows from another server, later than their timestamps: what comes later than timestamp.delay.interval.ms is lost.',
      write:
        'Let connection.url name that server; or a timestamp.delay.interval.ms that is longer than its longest transaction and the replication together.',
    },
  ];
}

/** What Postgres prints of a default that is no earlier than its transaction's begin; group 1: digits that it is rounded to. */
const TIME =
  /^\(*(?:timezone\('[^']*'::text, )?\(*(?:(?:pg_catalog\.)?(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|(?:CURRENT_TIMESTAMP|LOCALTIMESTAMP)(?:\((\d)\))?)(?: AT TIME ZONE '[^']*'::text)?\)*(?:::timestamp with(?:out)? time zone)?\)*$/;

function earlierDefault({ name, type, typmod }: Column, text: string | undefined): Finding[] {
  if (text === undefined || (type === 'date' && /^CURRENT_DATE$/.test(text)) || text.startsWith('NULL::')) return [];
  const time = TIME.exec(text);
  const digits = typmod < 0 ? 6 : typmod;
  if (time !== null && (type === 'date' || Number(time[1] ?? 6) >= digits)) return [];
  return [
    {
      severity: 'warning',
      code: 'TIMESTAMP_DEFAULT',
      column: name,
      what: `Its default is ${text}, which may be earlier than the transaction that writes the row: such rows may be passed over.`,
      write: 'DEFAULT now(), or a timestamp.delay.interval.ms that is longer than the difference.',
    },
  ];
}

const ZONE = /(?:timezone\(|AT TIME ZONE )'([^']*)'/;

/** Of a default that says its zone itself: `timezone('utc'::text, now())`. */
function ownZone(text = ''): readonly string[] | undefined {
  return ZONE.exec(text)?.slice(1);
}

function otherZone(column: string, zones: readonly string[], year: number, timeZone: string): Finding[] {
  const ours = String(offsetsOfYear(timeZone, year));
  const others = zones.filter((zone) => zone !== timeZone && String(offsetsOfYear(zone, year)) !== ours);
  if (others.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'TIMESTAMP_ZONE',
      column,
      what: `It has no time zone and is read as db.timezone=${timeZone}, but what Postgres writes to it may be in ${others.join(', ')}: rows would be passed over, or come hours late.`,
      write: 'Set db.timezone to the zone of those who write, or ALTER TABLE … TYPE timestamptz.',
    },
  ];
}

function setBack(names: readonly string[], year: number, timeZone: string): Finding[] {
  if (names.length === 0 || new Set(offsetsOfYear(timeZone, year)).size < 2) return [];
  return [
    {
      severity: 'warning',
      code: 'TIMESTAMP_SET_BACK',
      column: names.join(', '),
      what: `It has no time zone, and clocks in db.timezone=${timeZone} are set back by an hour each year: rows of the hour that is repeated may be passed over.`,
      write: `Let ${quotedList(names)} be timestamptz, or let those who write, and db.timezone, use UTC.`,
    },
  ];
}

const DAY_MS = 86_400_000;
/** No zone has a summer that is shorter. */
const STEP_MS = 14 * DAY_MS;

/** Undefined: Intl does not know the zone. */
function offsetsOfYear(timeZone: string, year: number): readonly number[] | undefined {
  try {
    const offsetAt = offsetsOf(timeZone);
    return Array.from({ length: 27 }, (_, step) => offsetAt(Date.UTC(year, 0, 1) + step * STEP_MS));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
