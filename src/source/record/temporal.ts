// Postgres's dates and times (DateStyle ISO) as the numbers that pgjdbc makes of them.

const DAY_SECONDS = 86_400;
const DAY_MS = 86_400_000;
/** Seconds of pgjdbc's PGStatement.DATE_POSITIVE_INFINITY and DATE_NEGATIVE_INFINITY. */
const INFINITY = 9_223_372_036_825_200;
const MINUS_INFINITY = -9_223_372_036_832_400;
/** As Postgres itself stores an infinite date; no finite one reaches that far. */
const INFINITE_DAYS = 2_147_483_647;
const MINUS_INFINITE_DAYS = -2_147_483_648;
/** Java's calendar, through which Connect reads, is Julian before 15 October 1582. */
const GREGORIAN_FROM = 15_821_015;
const ZERO = 48;
/** How long `12:34:56` is. */
const CLOCK = 8;

/** Local time, as seconds since 1970-01-01 00:00 on the clock, to seconds since the epoch. */
export type FromLocal = (seconds: number) => number;

/** `2024-02-29`, `0044-03-15 BC` → days since 1970-01-01. */
export function dateDays(text: string): number {
  if (isInfinite(text)) return text.startsWith('-') ? MINUS_INFINITE_DAYS : INFINITE_DAYS;
  return daysOf(text, dateEnd(text));
}

/**
 * `2024-02-29 12:34:56.789012[+05:30][ BC]` → whole seconds since the epoch, cut off downwards. `fromLocal`: of a text
 * without an offset; absent: UTC.
 */
export function epochSeconds(text: string, fromLocal?: FromLocal): number {
  if (isInfinite(text)) return text.startsWith('-') ? MINUS_INFINITY : INFINITY;
  const end = dateEnd(text);
  const clock = daysOf(text, end) * DAY_SECONDS + clockSeconds(text, end + 1);
  const sign = signAt(text, end + 1 + CLOCK);
  if (sign < 0) return fromLocal === undefined ? clock : fromLocal(clock);
  return clock - offsetSeconds(text, sign);
}

/** The microseconds behind the seconds of a timestamp. */
export function timestampMicros(text: string): number {
  return isInfinite(text) ? 0 : microsAt(text, dateEnd(text) + 1 + CLOCK);
}

/**
 * `12:34:56.789012[+02]` → milliseconds since midnight in UTC, cut off; 24:00:00 → 86400000. What leaves the day, of which
 * Connect dies, comes in again at its other end.
 */
export function timeMillis(text: string, fromLocal?: FromLocal): number {
  const clock = clockSeconds(text, 0);
  const sign = signAt(text, CLOCK);
  const local = fromLocal === undefined ? clock : fromLocal(clock);
  const seconds = sign < 0 ? local : clock - offsetSeconds(text, sign);
  const millis = seconds * 1000 + Math.floor(microsAt(text, CLOCK) / 1000);
  return millis < 0 || millis > DAY_MS ? ((millis % DAY_MS) + DAY_MS) % DAY_MS : millis;
}

function isInfinite(text: string): boolean {
  return text.endsWith('infinity');
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

function clockSeconds(text: string, at: number): number {
  return (twoDigits(text, at) * 60 + twoDigits(text, at + 3)) * 60 + twoDigits(text, at + 6);
}

/** Where the offset's sign stands behind the seconds; -1: there is none. */
function signAt(text: string, at: number): number {
  let index = at;
  while (index < text.length) {
    const character = text[index];
    if (character === '+' || character === '-') return index;
    if (character === ' ') return -1;
    index += 1;
  }
  return -1;
}

/** `+02`, `-12:30:15` */
function offsetSeconds(text: string, sign: number): number {
  const minutes = text[sign + 3] === ':' ? twoDigits(text, sign + 4) : 0;
  const seconds = text[sign + 6] === ':' ? twoDigits(text, sign + 7) : 0;
  const offset = (twoDigits(text, sign + 1) * 60 + minutes) * 60 + seconds;
  return text[sign] === '+' ? offset : -offset;
}

function microsAt(text: string, at: number): number {
  if (text[at] !== '.') return 0;
  let micros = 0;
  let place = 100_000;
  for (let index = at + 1; place >= 1; index += 1, place /= 10) {
    const digit = text.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    micros += digit * place;
  }
  return micros;
}

function twoDigits(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
}
