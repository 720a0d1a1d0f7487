// One line of a bill: its amount and the formula that shows it are made of the same numbers.
import type { Price } from './prices';

export interface Factor {
  readonly amount: number;
  readonly of: string;
}

/** Factors times a price. */
export interface Term {
  readonly factors: readonly Factor[];
  readonly price: Price;
}

export interface Item {
  readonly what: string;
  /** A month's. Undefined: its price is not known here. */
  readonly usd: number | undefined;
  /** What it was computed from, or why it costs nothing. */
  readonly formula: string;
  /** Properties and settings that change it. */
  readonly knobs: readonly string[];
}

export function factor(amount: number, of: string): Factor {
  return { amount, of };
}

/** Terms of nothing are left out of the formula. */
export function costs(what: string, terms: readonly Term[], knobs: readonly string[] = []): Item {
  const some = terms.filter((term) => amountOf(term) > 0);
  return {
    what,
    usd: some.reduce((sum, term) => sum + amountOf(term), 0),
    formula: some.length === 0 ? 'none' : some.map(textOf).join(' + '),
    knobs,
  };
}

export function free(what: string, why: string, knobs: readonly string[] = []): Item {
  return { what, usd: 0, formula: why, knobs };
}

export function unknown(what: string, why: string, knobs: readonly string[] = []): Item {
  return { what, usd: undefined, formula: why, knobs };
}

/** Of what is known. */
export function sumOf(items: readonly Item[]): number {
  return items.reduce((sum, { usd = 0 }) => sum + usd, 0);
}

function amountOf({ factors, price }: Term): number {
  return factors.reduce((product, { amount }) => product * amount, price.usd) / (price.units ?? 1);
}

function textOf({ factors, price }: Term): string {
  const amounts = factors.map(({ amount, of }) => `${numberText(amount)} ${of}`);
  return [...amounts, priceText(price)].join(' × ');
}

export function priceText({ usd, units, unit }: Price): string {
  const price = usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 10 });
  return `$${price} per ${units === undefined ? '' : `${numberText(units)} `}${unit}`;
}

/** Whole above 100, three digits below. */
export function numberText(amount: number): string {
  const digits = Math.abs(amount) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return amount.toLocaleString('en-US', digits);
}
