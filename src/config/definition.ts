// What is known of a property, as data: from it come the validation and docs/configuration.md.
import type { Problem } from './report';
import type { PropertyType, Value } from './value';

type Importance = 'high' | 'medium' | 'low';

type Effect =
  | { readonly kind: 'used' }
  /** Has no meaning without a Connect cluster: accepted, and listed with the reason. */
  | { readonly kind: 'accepted'; readonly why: string }
  /** Would change what Connect does, and Connectless does not: refused, unless it is set to its default. */
  | { readonly kind: 'unsupported'; readonly why: string };

export interface Validator {
  /** What is valid, for the documentation. */
  readonly valid: string;
  readonly check: (value: Value) => Problem | undefined;
}

export interface Definition {
  /** Ends in `*` when it stands for all names that begin so; in its middle, `*` stands for one part of a name, `**` for one or more. */
  readonly name: string;
  readonly type: PropertyType;
  /** As it would be written; null: none, the property may be absent. */
  readonly default: string | null;
  readonly required: boolean;
  readonly importance: Importance;
  readonly documentation: string;
  readonly validator?: Validator;
  readonly effect: Effect;
}

/** The default of a property that must be set. */
export const REQUIRED = Symbol('required');

/** Name, type, default, importance, documentation, validator. */
export type Row = readonly [
  name: string,
  type: PropertyType,
  default_: string | null | typeof REQUIRED,
  importance: Importance,
  documentation: string,
  validator?: Validator,
];

export function used(rows: readonly Row[]): Definition[] {
  return rows.map((row) => define(row, { kind: 'used' }));
}

export function accepted(why: string, rows: readonly Row[]): Definition[] {
  return rows.map((row) => define(row, { kind: 'accepted', why }));
}

export function unsupported(why: string, rows: readonly Row[]): Definition[] {
  return rows.map((row) => define(row, { kind: 'unsupported', why }));
}

/** The same properties under names that begin with the prefix. */
export function prefixed(prefix: string, definitions: readonly Definition[]): Definition[] {
  return definitions.map((definition) => ({ ...definition, name: `${prefix}${definition.name}` }));
}

function define([name, type, default_, importance, documentation, validator]: Row, effect: Effect): Definition {
  const required = default_ === REQUIRED;
  const base = { name, type, default: required ? null : default_, required, importance, documentation, effect };
  return validator === undefined ? base : { ...base, validator };
}

/** The definition of a name: the exact one, else the longest pattern. */
export function definitionOf(name: string, definitions: readonly Definition[]): Definition | undefined {
  const exact = definitions.find((definition) => definition.name === name);
  if (exact !== undefined) return exact;
  return definitions
    .filter(({ name: pattern }) => pattern.includes('*') && matches(name, pattern))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

/** Most patterns are a prefix, which needs no regular expression. */
function matches(name: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (!name.startsWith(pattern.slice(0, star))) return false;
  const rest = pattern.slice(star);
  if (rest === '*') return true;
  const [middle, end] = rest.endsWith('*') ? [rest.slice(0, -1), ''] : [rest, '$'];
  const source = middle.replace(/\*\*|[.*]/g, (found) => EXPRESSIONS[found] ?? found);
  return new RegExp(`^${source}${end}`, 's').test(name.slice(star));
}

const EXPRESSIONS: Readonly<Record<string, string>> = { '**': '.+', '*': '[^.]+', '.': '\\.' };
