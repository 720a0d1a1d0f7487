// The one type that the items of a header's array, or the keys or values of its map, are brought to.
import type { HeaderValue } from './value';

type Type = HeaderValue['type'];

/** Of a greater rank holds those below. Dates and times are 32-bit integers to Connect, both together 64-bit ones. */
const RANKS: Readonly<Partial<Record<Type, number>>> = {
  int8: 1,
  int16: 2,
  int32: 3,
  date: 3,
  time: 3,
  int64: 4,
  timestamp: 4,
  float: 5,
  double: 6,
};
const MS_PER_DAY = 86_400_000;

/** Undefined: they share none, so they stay as they are. */
export function commonType(items: ReadonlyArray<HeaderValue | null>): Type | undefined {
  const [first, ...others] = items.flatMap((item) => (item === null ? [] : [item.type]));
  return others.reduce<Type | undefined>(
    (common, type) => (common === undefined ? common : wider(common, type)),
    first,
  );
}

/** Of the same rank the latter one. */
function wider(one: Type, other: Type): Type | undefined {
  if (one === other) return one;
  const [rank, otherRank] = [RANKS[one], RANKS[other]];
  if (rank === undefined || otherRank === undefined) return undefined;
  return rank > otherRank ? one : other;
}

/** The value as one of the type that it shares with others; undefined: it cannot be, or not in JavaScript, whose years end at 275760. */
export function aligned(value: HeaderValue | null, type: Type): HeaderValue | undefined {
  if (value === null || value.type === type) return value ?? undefined;
  switch (type) {
    case 'date':
    case 'time':
    case 'timestamp':
      return isTemporal(value) ? value : temporalOf(type, numberOf(value));
    case 'float':
    case 'double': {
      const number = numberOf(value);
      return number === undefined ? undefined : { type, value: type === 'float' ? Math.fround(number) : number };
    }
    default:
      // A narrower integer prints alike.
      return isTemporal(value) ? undefined : value;
  }
}

function temporalOf(type: 'date' | 'time' | 'timestamp', number: number | undefined): HeaderValue | undefined {
  if (number === undefined || (type === 'time' && (number < 0 || number > MS_PER_DAY))) return undefined;
  const ms = type === 'date' ? number * MS_PER_DAY : number;
  return Number.isNaN(new Date(ms).getTime()) ? undefined : { type, ms };
}

function isTemporal(value: HeaderValue): boolean {
  return 'ms' in value;
}

function numberOf(value: HeaderValue): number | undefined {
  const number = 'value' in value ? value.value : undefined;
  return typeof number === 'bigint' || typeof number === 'number' ? Number(number) : undefined;
}
