// Prints local time by a pattern of Joda's: what DateTimeFormatter.print makes of it.
import type { Names } from './joda-names';
import type { PatternPart } from './joda-pattern';

export interface LocalTime {
  /** The local date and time of day, in the fields of UTC. */
  readonly date: Date;
  /** Milliseconds east of UTC. */
  readonly offset: number;
}

export interface PrintRules {
  /** Asked for when a name is printed. */
  readonly names: () => Names;
  /** What ZZZ prints. */
  readonly timeZone: string;
}

type Field = (time: LocalTime, count: number, rules: PrintRules) => string;

export function printLocal(parts: readonly PatternPart[], time: LocalTime, rules: PrintRules): string {
  return parts.map((part) => ('text' in part ? part.text : FIELDS[part.letter]?.(time, part.count, rules))).join('');
}

/** Each letter's; what a count of two makes of a year is Joda's. */
const FIELDS: Readonly<Record<string, Field>> = {
  G: ({ date }, _, { names }) => names().eras[date.getUTCFullYear() > 0 ? 1 : 0] ?? '',
  C: ({ date }, count) => padded(Math.floor(Math.abs(date.getUTCFullYear()) / 100), count),
  Y: ({ date }, count) => year(yearOfEra(date.getUTCFullYear()), date.getUTCFullYear(), count),
  y: ({ date }, count) => year(date.getUTCFullYear(), date.getUTCFullYear(), count),
  x: ({ date }, count) => year(week(date).year, week(date).year, count),
  w: ({ date }, count) => padded(week(date).number, count),
  e: ({ date }, count) => padded(weekday(date) + 1, count),
  E: ({ date }, count, { names }) => names().days[count < 4 ? 'short' : 'long'][weekday(date)] ?? '',
  D: ({ date }, count) => padded(1 + daysBetween(startOfYear(date.getUTCFullYear()), date), count),
  M: ({ date }, count, { names }) =>
    count < 3
      ? padded(date.getUTCMonth() + 1, count)
      : (names().months[count === 3 ? 'short' : 'long'][date.getUTCMonth()] ?? ''),
  d: ({ date }, count) => padded(date.getUTCDate(), count),
  a: ({ date }, _, { names }) => names().halfdays[date.getUTCHours() < 12 ? 0 : 1] ?? '',
  K: ({ date }, count) => padded(date.getUTCHours() % 12, count),
  h: ({ date }, count) => padded(date.getUTCHours() % 12 || 12, count),
  H: ({ date }, count) => padded(date.getUTCHours(), count),
  k: ({ date }, count) => padded(date.getUTCHours() || 24, count),
  m: ({ date }, count) => padded(date.getUTCMinutes(), count),
  s: ({ date }, count) => padded(date.getUTCSeconds(), count),
  S: ({ date }, count) => fraction(date.getUTCMilliseconds(), count),
  Z: ({ offset }, count, { timeZone }) => (count > 2 ? timeZone : hoursAndMinutes(offset, count === 1 ? '' : ':')),
};

/** The sign is no digit. */
function padded(value: number, digits: number): string {
  return `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(digits, '0')}`;
}

function year(value: number, signed: number, count: number): string {
  return count === 2 ? padded(Math.abs(signed) % 100, 2) : padded(value, count);
}

/** No year 0 is before the era of 1. */
function yearOfEra(value: number): number {
  return value > 0 ? value : 1 - value;
}

// The fraction of a second in more digits is beyond Java's long.
const MOST_DIGITS = 15;

/** Digits behind the point, cut. */
function fraction(ms: number, count: number): string {
  const digits = ms === 0 ? count : Math.min(count, MOST_DIGITS);
  return String(ms).padStart(3, '0').padEnd(digits, '0').slice(0, digits);
}

function hoursAndMinutes(offset: number, separator: string): string {
  const minutes = Math.floor(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${separator}${padded(minutes % 60, 2)}`;
}

/** From Monday, 0. */
function weekday(date: Date): number {
  return (date.getUTCDay() + 6) % 7;
}

/** ISO 8601's: the year is that of the week's Thursday. */
function week(date: Date): { readonly year: number; readonly number: number } {
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() - weekday(date) + 3);
  const year = thursday.getUTCFullYear();
  return { year, number: 1 + Math.floor(daysBetween(startOfYear(year), thursday) / 7) };
}

function startOfYear(year: number): Date {
  const start = new Date(0);
  start.setUTCFullYear(year);
  return start;
}

function daysBetween(start: Date, date: Date): number {
  return Math.floor((date.getTime() - start.getTime()) / 86_400_000);
}
