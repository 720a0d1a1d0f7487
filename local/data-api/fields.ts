// A value of Postgres's text protocol as a Field of the Data API.
import type { ResultSetOptions } from '@aws-sdk/client-rds-data';
import { types as pgTypes } from 'pg';
import type { WireField } from './bind';
import { Failure } from './failure';
import type { PgType } from './types';

const TEXT_ARRAY: number = 1009;
const parseTextArray = pgTypes.getTypeParser(TEXT_ARRAY);

type Scalar = string | number | boolean;
type Kind = 'booleanValue' | 'longValue' | 'doubleValue' | 'stringValue' | 'blobValue';
interface Form {
  readonly kind: Kind;
  readonly value: (text: string) => Scalar;
}

const string: Form = { kind: 'stringValue', value: (text) => text };
const long: Form = { kind: 'longValue', value: Number };
/** REST-JSON writes what JSON has no number for as a string. */
const double: Form = {
  kind: 'doubleValue',
  value: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
};
const boolean: Form = { kind: 'booleanValue', value: (text) => text === 't' || text === '1' };
const blob: Form = { kind: 'blobValue', value: (text) => Buffer.from(text.slice(2), 'hex').toString('base64') };
/** In UTC, and without saying so. */
const utc: Form = { kind: 'stringValue', value: (text) => text.replace(/\+00(?= BC$|$)/, '') };

const FORMS: Readonly<Record<string, Form>> = {
  bool: boolean,
  bit: boolean,
  int2: long,
  int4: long,
  int8: long,
  float4: double,
  float8: double,
  bytea: blob,
  timestamptz: utc,
};

/** Throws UnsupportedResultException for an array of several dimensions. */
export function field(text: string | null, type: PgType, options: ResultSetOptions): WireField {
  if (text === null) return { isNull: true };
  if (type.element !== undefined) return { arrayValue: array(text, type.element, options) };
  const { kind, value } = formOf(type, text, options);
  return { [kind]: value(text) };
}

function array(text: string, element: PgType, options: ResultSetOptions): Readonly<Record<string, unknown>> {
  const items: (string | null | unknown[])[] = parseTextArray(text);
  if (items.some((item) => Array.isArray(item))) {
    throw new Failure('UnsupportedResultException', 'The result contains a multidimensional array.');
  }
  const { kind, value } = formOf(element, '0', options);
  const values = items.map((item) => (typeof item === 'string' ? value(item) : null));
  return { [kind === 'blobValue' ? 'stringValues' : `${kind}s`]: values };
}

function formOf(type: PgType, text: string, { longReturnType, decimalReturnType }: ResultSetOptions): Form {
  if (type.name === 'numeric' && decimalReturnType === 'DOUBLE_OR_LONG') return text.includes('.') ? double : long;
  const form = FORMS[type.name] ?? string;
  return form === long && longReturnType === 'STRING' ? string : form;
}

/** `formatRecordsAs: JSON`: one object a row. */
export function recordsAsJson(labels: readonly string[], rows: readonly (readonly WireField[])[]): string {
  const plain = (value: WireField) => {
    const [content] = Object.values(value);
    if (value.isNull) return null;
    return value.arrayValue === undefined ? content : Object.values(value.arrayValue)[0];
  };
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(row.map((value, index) => [labels[index] ?? '', plain(value)]))),
  );
}
