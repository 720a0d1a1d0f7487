// A parameter of the Data API as Postgres takes it: its text, and the type that the Data API gives it.
import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { Failure } from './failure';
import { parseParameters } from './parameters';

/** JSON's form of a Field: one of these members, a blob as base64. */
export interface WireField {
  readonly isNull?: boolean;
  readonly booleanValue?: boolean;
  readonly longValue?: number;
  /** `NaN`, `Infinity` and `-Infinity` as strings. */
  readonly doubleValue?: number | string;
  readonly stringValue?: string;
  readonly blobValue?: string;
  readonly arrayValue?: Readonly<Record<string, unknown>>;
}
export type WireParameter = Omit<SqlParameter, 'value'> & { readonly value?: WireField };

export interface Bound {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

interface Value {
  readonly text: string | null;
  /** Absent: Postgres takes it from the context, as for pgjdbc's Types.OTHER. */
  readonly type?: string;
}

/** The forms that AWS's documentation of SqlParameter names. */
const HINTS: Readonly<Record<string, { readonly type?: string; readonly form?: RegExp }>> = {
  DATE: { type: 'date', form: /^\d{4}-\d{2}-\d{2}$/ },
  DECIMAL: { type: 'numeric', form: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i },
  JSON: {},
  TIME: { type: 'time', form: /^\d{2}:\d{2}:\d{2}(\.\d+)?$/ },
  TIMESTAMP: { type: 'timestamp', form: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ },
  UUID: { type: 'uuid', form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i },
};

/** Throws BadRequestException for a parameter that is missing or of a wrong form. */
export function bind(sql: string, parameters: readonly WireParameter[]): Bound {
  const { pieces, names } = parseParameters(sql);
  const values = new Map(parameters.map((parameter) => [parameter.name, bindable(parameter)]));
  const order = [...new Set(names)];
  const places = names.map((name) => {
    const value = values.get(name);
    if (value === undefined) throw new Failure('BadRequestException', `Cannot find parameter: ${name}`);
    const place = `$${order.indexOf(name) + 1}`;
    return value.type === undefined ? place : `${place}::pg_catalog.${value.type}`;
  });
  return {
    text: pieces.map((piece, index) => piece + (places[index] ?? '')).join(''),
    values: order.map((name) => values.get(name)?.text ?? null),
  };
}

function bindable({ name, value, typeHint }: WireParameter): Value {
  const refuse = (what: string) => new Failure('BadRequestException', `Parameter ${name}: ${what}`);
  if (value === undefined) throw refuse('it has no value');
  const hint = typeHint === undefined ? undefined : HINTS[typeHint];
  if (value.isNull) return { text: null, ...(hint?.type === undefined ? {} : { type: hint.type }) };
  if (value.booleanValue !== undefined) return { text: String(value.booleanValue), type: 'bool' };
  if (value.longValue !== undefined) return { text: String(value.longValue), type: 'int8' };
  if (value.doubleValue !== undefined) return { text: String(value.doubleValue), type: 'float8' };
  if (value.blobValue !== undefined) {
    return { text: `\\x${Buffer.from(value.blobValue, 'base64').toString('hex')}`, type: 'bytea' };
  }
  if (value.stringValue === undefined) throw refuse('array parameters are not supported');
  if (hint?.form?.test(value.stringValue) === false) throw refuse(`not of the form of a ${typeHint}`);
  if (hint === undefined) return { text: value.stringValue, type: 'varchar' };
  return { text: value.stringValue, ...(hint.type === undefined ? {} : { type: hint.type }) };
}
