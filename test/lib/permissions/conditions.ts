// The operators of a policy's conditions that templates of this app may have; any other one throws.
import { matches, matchesArn } from './matching';
import type { Statement } from './statements';

/** Keys as IAM calls them, `aws:SecureTransport`, `s3:prefix`; compared without case. */
export type Context = Readonly<Record<string, string>>;

type Holds = (expected: string, actual: string) => boolean;

const OPERATORS: Readonly<Record<string, Holds>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: matches,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  NumericEquals: (expected, actual) => Number(actual) === Number(expected),
  NumericLessThan: (expected, actual) => Number(actual) < Number(expected),
  NumericLessThanEquals: (expected, actual) => Number(actual) <= Number(expected),
  NumericGreaterThan: (expected, actual) => Number(actual) > Number(expected),
  NumericGreaterThanEquals: (expected, actual) => Number(actual) >= Number(expected),
};

const NEGATED: Readonly<Record<string, Holds | undefined>> = {
  StringNotEquals: OPERATORS.StringEquals,
  StringNotEqualsIgnoreCase: OPERATORS.StringEqualsIgnoreCase,
  StringNotLike: OPERATORS.StringLike,
  ArnNotEquals: OPERATORS.ArnEquals,
  ArnNotLike: OPERATORS.ArnLike,
};

/** All of a statement's conditions. */
export function conditionsHold({ conditions, origin }: Statement, context: Context): boolean {
  return conditions.every(([operator, key, values]) => holds(operator, values, valueIn(context, key), origin));
}

function holds(operator: string, values: readonly string[], actual: string | undefined, origin: string): boolean {
  if (operator === 'Null') return values.includes(String(actual === undefined));
  const name = operator.replace(/IfExists$/, '');
  if (name !== operator && actual === undefined) return true;
  const negated = NEGATED[name];
  if (negated !== undefined) return actual === undefined || !values.some((value) => negated(value, actual));
  const positive = OPERATORS[name];
  if (positive === undefined) throw new Error(`${origin}: the condition operator ${operator} is not known`);
  return actual !== undefined && values.some((value) => positive(value, actual));
}

function valueIn(context: Context, key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}
