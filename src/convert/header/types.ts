// The one type that the items of a header's array, or the keys or values of its map, are brought to.
import type { HeaderValue, NumberType } from './value';

type Type = HeaderValue['type'];

/** Each holds those before it. */
const NUMBERS: readonly Type[] = ['int8', 'int16', 'int32', 'int64', 'float', 'double'];

/** Undefined: they share none, so they stay as they are. Like Connect, begins anew behind two that do not fit each other. */
export function commonType(items: ReadonlyArray<HeaderValue | null>): Type | undefined {
  let common: Type | undefined;
  for (const item of items) {
    if (item === null) continue;
    common = common === undefined ? item.type : wider(common, item.type);
  }
  return common;
}

function wider(one: Type, other: Type): Type | undefined {
  if (one === other) return one;
  const ranks = [one, other].map((type) => NUMBERS.indexOf(type));
  return ranks.includes(-1) ? undefined : NUMBERS[Math.max(...ranks)];
}

/** The value as one of the type; undefined: it cannot be. */
export function aligned(value: HeaderValue | null, type: Type): HeaderValue | undefined {
  if (value === null) return undefined;
  if (value.type === type) return value;
  if (!isNumber(value) || wider(value.type, type) !== type) return undefined;
  if (type === 'float') return { type, value: Math.fround(Number(value.value)) };
  if (type === 'double') return { type, value: Number(value.value) };
  return value;
}

function isNumber(value: HeaderValue): value is Extract<HeaderValue, { readonly type: NumberType }> {
  return NUMBERS.includes(value.type);
}
