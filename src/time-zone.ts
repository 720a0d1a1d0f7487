// A time zone's offsets from UTC at any instant.

const DAY = 86_400_000;
/** Days whose offset is remembered. */
const MOST_DAYS = 10_000;

/** Milliseconds east of UTC at an instant of epoch milliseconds. */
export type OffsetAt = (instant: number) => number;

/**
 * Through Intl, which takes microseconds for an instant: a day of UTC that begins and ends with one offset has it all along, since no
 * zone ever went forth and back within less than four days (Africa/Freetown, 1939).
 * @param timeZone an IANA name
 */
export function offsetsOf(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const days = new Map<number, number | undefined>();
  const offsetOfDay = (day: number): number | undefined => {
    const start = offsetBy(format, day * DAY);
    return start === offsetBy(format, (day + 1) * DAY) ? start : undefined;
  };
  return (instant) => {
    const day = Math.floor(instant / DAY);
    let offset = days.get(day);
    if (offset === undefined && !days.has(day)) {
      if (days.size >= MOST_DAYS) days.clear();
      offset = offsetOfDay(day);
      days.set(day, offset);
    }
    return offset ?? offsetBy(format, instant);
  };
}

/** `GMT-03:30`, `GMT+00:53:28`, or `GMT` alone. */
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

function offsetBy(format: Intl.DateTimeFormat, instant: number): number {
  const found = OFFSET.exec(format.format(instant));
  if (found === null) throw new Error('Intl prints an offset in a way that is not known');
  const [, sign, hours = 0, minutes = 0, seconds = 0] = found;
  const ms = 1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds));
  return sign === '-' ? -ms : ms;
}
