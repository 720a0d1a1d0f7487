// Postgres's dates and times (DateStyle ISO, TimeZone UTC) as the numbers that Connect makes of them.

const DAY_MS = 86_400_000;
/** pgjdbc's PGStatement.DATE_POSITIVE_INFINITY and DATE_NEGATIVE_INFINITY. */
const INFINITY_MS = 9_223_372_036_825_200_000n;
const MINUS_INFINITY_MS = -9_223_372_036_832_400_000n;
/** Java's calendar, through which Connect reads, is Julian before 15 October 1582. */
const GREGORIAN_FROM = 15_821_015;
const ZERO = 48;

/** Text that has no number: the reason is for an error message. */
export class NoSuchTime extends Error {}

/** `2024-02-29`, `0044-03-15 BC` → days since 1970-01-01. */
export function dateDays(text: string): number {
  if (text.endsWith('infinity')) throw new NoSuchTime(`${text} is no date in Avro, and Kafka Connect fails on it too`);
  return daysOf(text, dateEnd(text));
}

/** `12:34:56.789012` → milliseconds since midnight, cut off; 24:00:00 → 86400000. */
export function timeMillis(text: string): number {
  return clockMillis(text, 0);
}

/** `12:00:00+02`, `23:59:59.999-12:30:15` → milliseconds since midnight in UTC. */
export function timeTzMillis(text: string): number {
  const sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
  const [hours = '0', minutes = '0', seconds = '0'] = text.slice(sign + 1).split(':');
  const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const utc = clockMillis(text.slice(0, sign), 0) + (text[sign] === '+' ? -offset : offset);
  return (utc + DAY_MS) % DAY_MS;
}

/** `2024-02-29 12:34:56.789012[+00][ BC]` → milliseconds since the epoch, cut off downwards. */
export function timestampMillis(text: string): number | bigint {
  if (text === 'infinity') return INFINITY_MS;
  if (text === '-infinity') return MINUS_INFINITY_MS;
  const end = dateEnd(text);
  const days = daysOf(text, end);
  const clock = clockMillis(text, end + 1);
  const millis = days * DAY_MS + clock;
  return Number.isSafeInteger(millis) ? millis : BigInt(days) * BigInt(DAY_MS) + BigInt(clock);
}

/** The year has four digits or more; month and day always two. */
function dateEnd(text: string): number {
  return text.indexOf('-', 4) + 6;
}

function daysOf(text: string, end: number): number {
  const written = Number(text.slice(0, end - 6));
  const year = text.endsWith('BC') ? 1 - written : written;
  const month = twoDigits(text, end - 5);
  const day = twoDigits(text, end - 2);
  // Years that begin in March put the leap day last.
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const julian = 365 * marchYear + Math.floor(marchYear / 4) + dayOfYear;
  if (year * 10_000 + month * 100 + day < GREGORIAN_FROM) return julian - 719_470;
  return julian - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) - 719_468;
}

function clockMillis(text: string, at: number): number {
  const seconds = (twoDigits(text, at) * 60 + twoDigits(text, at + 3)) * 60 + twoDigits(text, at + 6);
  if (text[at + 8] !== '.') return seconds * 1000;
  let millis = 0;
  let place = 100;
  for (let index = at + 9; place >= 1; index += 1, place /= 10) {
    const digit = text.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    millis += digit * place;
  }
  return seconds * 1000 + millis;
}

function twoDigits(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
}
