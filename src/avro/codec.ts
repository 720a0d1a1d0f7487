// Values ↔ Avro binary, by avsc: the only file that loads it.
import type avsc from 'avsc';
import { ConnectlessError, messageOf } from '../errors';
import { asciiName, asciiPart, fromAvsc, needsTranslation, toAvsc, translated } from './ascii-names';
import { emptyItemsCheck } from './empty-items';
import { fullName, type NamedSchema, type Schema } from './schema';
import { someSchema } from './schema-walk';

/**
 * Encodes and decodes values of one schema. A value is
 * - for a long a `bigint` (a safe integer is taken too), for int, float and double a `number`, for bytes and fixed a
 *   `Buffer`, for an enum its symbol, for a record or a map an object, for an array an array;
 * - for a union of null and one other type null or the bare value; for any other union null or `{ branch: value }`,
 *   the branch by its full name or type.
 * Logical types are not applied.
 */
export interface Codec {
  /**
   * The datum behind a header, none by default. Every field must be there: defaults are for readers. Throws a
   * ConnectlessError INVALID_VALUE that names the field.
   */
  encode(value: unknown, header?: Uint8Array): Buffer;
  /**
   * The value at a position and the position behind it. Throws a ConnectlessError INVALID_DATUM, UNSUPPORTED_KEY for a datum
   * that may have a map key `__proto__`, and what `emptyItemsCheck` does.
   */
  decode(bytes: Buffer, position: number): { value: unknown; end: number };
}

/** Compiles a schema. */
export function codec(schema: Schema): Codec {
  const plain = avscCodec(avscType(schema), mayLoseKeys(schema), emptyItemsCheck(schema));
  if (!needsTranslation(schema)) return plain;
  return {
    encode: (value, header) => plain.encode(translated(schema, value, toAvsc), header),
    decode: (bytes, position) => {
      const { value, end } = plain.decode(bytes, position);
      return { value: translated(schema, value, fromAvsc), end };
    },
  };
}

function avscCodec(type: avsc.Type, losesKeys: boolean, check: ReturnType<typeof emptyItemsCheck>): Codec {
  return {
    encode(value, header = NO_HEADER) {
      try {
        return encode(type, value, header);
      } catch (error) {
        throw invalidValue(type, value, error);
      }
    },
    decode(bytes, position) {
      check?.(bytes, position);
      const { value, offset } = decode(type, bytes, position);
      if (offset < 0) throw new ConnectlessError('INVALID_DATUM', 'The Avro datum is truncated');
      if (losesKeys && bytes.subarray(position, offset).includes(LOST_KEY)) throw lostKey();
      return { value, end: offset };
    },
  };
}

const NO_HEADER = new Uint8Array();

/** A map's key, length and text, that avsc's plain objects cannot have: it would be lost without a word. */
const LOST_KEY = '\x12__proto__';

function lostKey(): ConnectlessError {
  return new ConnectlessError(
    'UNSUPPORTED_KEY',
    'A map of this datum may have the key "__proto__", which this reader would lose: read it with another one.',
  );
}

function mayLoseKeys(schema: Schema): boolean {
  return someSchema(schema, ({ type }) => type === 'map');
}

/** Every datum is encoded here first: its length is not known before, and avsc can say how much room it lacked. */
let scratch = Buffer.allocUnsafeSlow(1 << 16);

function encode(type: avsc.Type, value: unknown, header: Uint8Array): Buffer {
  const end = type.encode(value, scratch, 0);
  if (end < 0) {
    scratch = Buffer.allocUnsafeSlow(2 * (scratch.length - end));
    return encode(type, value, header);
  }
  const bytes = Buffer.allocUnsafe(header.length + end);
  bytes.set(header);
  scratch.copy(bytes, header.length, 0, end);
  return bytes;
}

function decode(type: avsc.Type, bytes: Buffer, position: number): { value: unknown; offset: number } {
  try {
    return type.decode(bytes, position);
  } catch (cause) {
    throw new ConnectlessError('INVALID_DATUM', `The bytes are no Avro datum of the schema: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** avsc's own message quotes the value, which may be somebody's secret. */
function invalidValue(type: avsc.Type, value: unknown, error: unknown): unknown {
  const faults: string[] = [];
  type.isValid(value, {
    errorHook: (path, _, expected) => faults.push(`${path.join('.') || 'the value'} is no ${describe(expected)}`),
  });
  if (faults.length === 0) return error;
  return new ConnectlessError('INVALID_VALUE', `Not a value of the schema: ${faults.join(', ')}`);
}

function describe(type: avsc.Type): string {
  return type.name ?? type.branchName ?? 'value of the union';
}

/**
 * The schema as avsc needs it: names resolved, and nothing of what has no effect on the bytes, because avsc refuses
 * defaults that Java accepts.
 */
function avscType(schema: Schema): avsc.Type {
  // Its declarations leave out that a type may stand wherever a schema may.
  const input = plain(schema, new Set()) as avsc.Schema;
  return library().Type.forSchema(input, { omitRecordMethods: true, typeHook: unionType });
}

type Plain = string | avsc.Type | readonly Plain[] | { readonly type: string; readonly [attribute: string]: unknown };

function plain(schema: Schema, defined: Set<Schema>): Plain {
  switch (schema.type) {
    case 'record':
    case 'enum':
    case 'fixed':
      return defined.has(schema) ? avscName(schema) : plainNamed(schema, defined.add(schema));
    case 'union':
      return schema.branches.map((branch) => plain(branch, defined));
    case 'array':
      return { type: 'array', items: plain(schema.items, defined) };
    case 'map':
      return { type: 'map', values: plain(schema.values, defined) };
    case 'long':
      return longType();
    default:
      return schema.type;
  }
}

function plainNamed(schema: NamedSchema, defined: Set<Schema>): Plain {
  const name = avscName(schema);
  if (schema.type === 'enum') return { type: 'enum', name, symbols: schema.symbols.map(asciiPart) };
  if (schema.type === 'fixed') return { type: 'fixed', name, size: schema.size };
  const fields = schema.fields.map((field) => ({ name: asciiPart(field.name), type: plain(field.type, defined) }));
  return { type: 'record', name, fields };
}

/** A leading dot is avsc's way to say that a name is in the null namespace, wherever it stands. */
function avscName(schema: NamedSchema): string {
  return asciiName(schema.namespace === undefined ? `.${schema.name}` : fullName(schema));
}

/** avsc would leave any union bare whose branches differ in JavaScript's eyes; only with null is that plain to see. */
function unionType(schema: unknown, options: object): avsc.Type | undefined {
  if (!Array.isArray(schema)) return undefined;
  const Union = isOptional(schema) ? library().types.UnwrappedUnionType : library().types.WrappedUnionType;
  return new Union(schema, options);
}

function isOptional(branches: readonly unknown[]): boolean {
  return branches.length === 2 && branches.includes('null');
}

/** avsc copies the bytes at once, so one buffer serves all. */
const longBuffer = Buffer.alloc(8);

/** Longs as bigint: avsc's own are numbers, exact to 2^53 only. */
function longType(): avsc.Type {
  long ??= library().types.LongType.__with({
    fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
    toBuffer: (value: bigint | number) => {
      longBuffer.writeBigInt64LE(BigInt(value));
      return longBuffer;
    },
    isValid: (value: unknown) =>
      typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value),
    fromJSON: BigInt,
    toJSON: String,
    compare: (one: bigint, other: bigint) => (one < other ? -1 : Number(one > other)),
  });
  return long;
}

let long: avsc.Type | undefined;

/** Loaded with the first schema: 12 to 16 ms of a cold start, which a sink that passes Avro through never needs to pay. */
function library(): typeof avsc {
  return require('avsc');
}
