// A schema compiled into what prints its datums as Connect's JsonConverter does, with `schemas.enable=false`.
import { ConnectlessError } from '../errors';
import {
  type Cursor,
  isTrue,
  nextBlock,
  nextBytes,
  nextDouble,
  nextFloat,
  nextIndex,
  nextInteger,
  nextText,
  take,
} from './connect-json-datum';
import { decimalJson, decimalScale } from './connect-json-decimal';
import { doubleJson, floatJson, textJson } from './jackson-text';
import type { JsonObject } from './json-text';
import { branchName, optionalBranch, type RecordSchema, type Schema, type UnionSchema } from './schema';

/** The JSON of the whole datum at a position. Throws a ConnectlessError INVALID_DATUM, DATUM_TOO_DEEP, or DATUM_TOO_LONG. */
export type ConnectJson = (bytes: Buffer, position: number) => string;

/** `decimal.format` */
export type DecimalFormat = 'BASE64' | 'NUMERIC';

/**
 * Connect's data model by the rules of Confluent's AvroData: bytes and fixed in base64, enums as strings, a union of null
 * and one type bare and any other a struct that has each branch as a field, dates and times as their numbers. Null stays
 * null, where Connect puts a field's default in its place.
 */
export function connectJson(schema: Schema, decimals: DecimalFormat): ConnectJson {
  const print = compile(schema, { decimals, records: new Map() });
  return (bytes, at) => {
    try {
      return print({ bytes, at });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ConnectlessError('DATUM_TOO_DEEP', 'The datum is nested too deep to be followed', { cause: error });
    }
  };
}

/** The JSON of what the cursor stands at; it moves behind. */
type Print = (cursor: Cursor) => string;

interface Program {
  readonly decimals: DecimalFormat;
  /** A record may hold itself. */
  readonly records: Map<RecordSchema, Print>;
}

function compile(schema: Schema, program: Program): Print {
  switch (schema.type) {
    case 'null':
      return constant('null');
    case 'boolean':
      return (cursor) => (isTrue(cursor) ? 'true' : 'false');
    case 'int':
    case 'long':
      return (cursor) => String(nextInteger(cursor));
    case 'float':
      return (cursor) => floatJson(nextFloat(cursor));
    case 'double':
      return (cursor) => doubleJson(nextDouble(cursor));
    case 'string':
      return (cursor) => textJson(nextText(cursor));
    case 'bytes':
      return bytes(nextBytes, schema.properties, program);
    case 'fixed':
      return bytes((cursor) => take(cursor, schema.size), schema.properties, program);
    case 'enum':
      return chosen(schema.symbols.map((symbol) => constant(textJson(symbol))));
    case 'union':
      return union(schema, program);
    case 'array':
      return array(schema.items, program);
    case 'map':
      return members((cursor) => textJson(nextText(cursor)), compile(schema.values, program));
    case 'record':
      return program.records.get(schema) ?? record(schema, program);
  }
}

function bytes(next: (cursor: Cursor) => Buffer, properties: JsonObject, { decimals }: Program): Print {
  const scale = decimalScale(properties);
  if (scale !== undefined) return (cursor) => decimalJson(next(cursor), scale, decimals);
  return (cursor) => `"${next(cursor).toString('base64')}"`;
}

/** What an index in the datum chooses. */
function chosen(prints: readonly Print[]): Print {
  return (cursor) => {
    const print = prints[nextIndex(cursor)];
    if (print === undefined) throw new ConnectlessError('INVALID_DATUM', 'An index of the datum is out of range');
    return print(cursor);
  };
}

function union(schema: UnionSchema, program: Program): Print {
  const { branches } = schema;
  const prints = branches.map((branch) => compile(branch, program));
  if (optionalBranch(schema) !== undefined) return chosen(prints);
  const names = fieldNames(schema);
  const fieldsWith = (print: Print) =>
    names.flatMap((name, index) =>
      branches[index]?.type === 'null' ? [] : [{ name, print: prints[index] === print ? print : constant('null') }],
    );
  return chosen(prints.map((print, index) => (branches[index]?.type === 'null' ? print : struct(fieldsWith(print)))));
}

function constant(json: string): Print {
  return () => json;
}

/** The type, or the name without its namespace, as without `enhanced.avro.schema.support`; the full name where two would be the same. */
function fieldNames({ branches }: UnionSchema): string[] {
  const short = branches.map((branch) => ('name' in branch ? branch.name : branch.type));
  const isUnique = new Set(short).size === short.length;
  return isUnique ? short : branches.map(branchName);
}

function record(schema: RecordSchema, program: Program): Print {
  let print: Print | undefined;
  const itself: Print = (cursor) => {
    print ??= struct(schema.fields.map(({ name, type }) => ({ name, print: compile(type, program) })));
    return print(cursor);
  };
  program.records.set(schema, itself);
  return itself;
}

function struct(fields: ReadonlyArray<{ readonly name: string; readonly print: Print }>): Print {
  const steps = fields.map(({ name, print }, index) => ({
    label: `${index === 0 ? '{' : ','}${textJson(name)}:`,
    print,
  }));
  if (steps.length === 0) return () => '{}';
  return (cursor) => {
    let json = '';
    for (const { label, print } of steps) json += label + print(cursor);
    return `${json}}`;
  };
}

/** A map of Connect's whose keys are not just strings is an array of entries in Avro. */
function array(items: Schema, program: Program): Print {
  const entry = mapEntry(items);
  if (entry === undefined) return sequence('[', compile(items, program), ']');
  const [key, value] = [compile(entry.key, program), compile(entry.value, program)];
  return isText(entry.key) ? members(key, value) : sequence('[', (cursor) => `[${key(cursor)},${value(cursor)}]`, ']');
}

function mapEntry(items: Schema): { key: Schema; value: Schema } | undefined {
  if (items.type !== 'record' || items.fields.length !== 2) return undefined;
  const [key, value] = items.fields;
  const isMarked = items.properties.get('connect.internal.type') === 'MapEntry';
  const isNamed = items.name === 'MapEntry' && items.namespace === 'io.confluent.connect.avro';
  if (!(isMarked || isNamed) || key?.name !== 'key' || value?.name !== 'value') return undefined;
  return { key: key.type, value: value.type };
}

function isText(schema: Schema): boolean {
  const type = schema.type === 'union' ? optionalBranch(schema)?.type : schema.type;
  return type === 'string' || type === 'enum';
}

function members(key: Print, value: Print): Print {
  const member: Print = (cursor) => {
    const name = key(cursor);
    if (name === 'null') throw new ConnectlessError('UNSUPPORTED_KEY', 'A map has the key null, which JSON has not.');
    return `${name}:${value(cursor)}`;
  };
  return sequence('{', member, '}');
}

/** A few bytes may stand for billions of nulls. */
const LONGEST = 2 ** 26;

function sequence(open: string, item: Print, close: string): Print {
  return (cursor) => {
    let json = open;
    for (let left = nextBlock(cursor); left > 0; left = nextBlock(cursor)) {
      for (; left > 0; left -= 1) {
        json += json.length > 1 ? `,${item(cursor)}` : item(cursor);
        if (json.length > LONGEST) throw tooLong();
      }
    }
    return json + close;
  };
}

function tooLong(): ConnectlessError {
  return new ConnectlessError(
    'DATUM_TOO_LONG',
    `An array or a map of the datum is longer than ${LONGEST} characters of JSON`,
  );
}
