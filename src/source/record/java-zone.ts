// db.timezone as Java's two libraries know it: java.util.Calendar, which reads local times, and java.time, which prints them.
import { type OffsetAt, offsetsOf } from '../../time-zone';
import type { FromLocal } from './temporal';

export interface JavaZone {
  /** GregorianCalendar's. Absent where it is the identity. */
  readonly fromLocal?: FromLocal;
  /** java.time's seconds east of UTC at an instant of epoch seconds. */
  readonly secondsEast: (seconds: number) => number;
}

const DAY = 86_400_000;
/** sun.util.calendar.ZoneInfo knows of nothing before: there it reckons with the zone's standard time of today. */
const FIRST = Date.UTC(1900, 0, 1);
/** A year that every zone's last rules hold in. */
const RULES_OF = 2030;
/** As far as JavaScript's dates reach, less what an offset may add; rules come again every 400 years. */
const FARTHEST = 8.63e15;
const CYCLE = 146_097 * DAY;

const zones = new Map<string, JavaZone>();

/** @param timeZone an IANA name */
export function javaZone(timeZone: string): JavaZone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const zone = read(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

function read(timeZone: string): JavaZone {
  const near = offsetsOf(timeZone);
  const offsetAt: OffsetAt = (instant) => near(within(instant));
  const standard = Math.min(...Array.from({ length: 12 }, (_, month) => near(Date.UTC(RULES_OF, month, 15))));
  const isUtc = timeZone === 'UTC' || timeZone === 'Etc/UTC';
  return {
    ...(isUtc ? {} : { fromLocal: fromLocal((instant) => (instant < FIRST ? standard : offsetAt(instant))) }),
    secondsEast: (seconds) => Math.floor(offsetAt(seconds * 1000) / 1000),
  };
}

/**
 * ZoneInfo.getOffsetsByWall: a time that the clocks skip has the offset before the gap, one that they show twice the later
 * of the two. No zone changes twice within two days.
 */
function fromLocal(offsetAt: OffsetAt): FromLocal {
  return (seconds) => {
    const local = seconds * 1000;
    const before = offsetAt(local - DAY);
    const after = offsetAt(local + DAY);
    const offset = before === after || offsetAt(local - after) === after ? after : before;
    return Math.floor((local - offset) / 1000);
  };
}

function within(instant: number): number {
  if (instant > FARTHEST) return instant - Math.ceil((instant - FARTHEST) / CYCLE) * CYCLE;
  return Math.max(instant, -FARTHEST);
}
