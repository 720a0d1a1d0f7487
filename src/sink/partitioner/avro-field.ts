// A field of an Avro datum, read without decoding what stands before it.
import { optionalBranch, type RecordSchema, type Schema, type UnionSchema } from '../../avro/schema';
import { skipper } from '../../avro/skipper';
import { readLong } from '../../avro/varint';
import { connectSchema } from '../compatibility/connect-schema';
import { type FieldValue, MISSING, UNSUPPORTED } from './field-value';

type Read = (bytes: Buffer, position: number) => FieldValue;

/** What the schema alone says of the field, or what reads it in the checked datum that begins at the position. */
export type AvroField = typeof MISSING | typeof UNSUPPORTED | Read;

/**
 * Compiles the way to the field. A null on the way is the field's value. In a union of several types each branch is a field, as in
 * Connect, named by its type: null in a datum of another one.
 */
export function avroField(schema: Schema, path: readonly string[]): AvroField {
  if (schema.type === 'union') return unionField(schema, path);
  const [name, ...rest] = path;
  if (name === undefined) return leaf(schema);
  return schema.type === 'record' ? recordField(schema, name, rest) : MISSING;
}

function unionField(union: UnionSchema, path: readonly string[]): AvroField {
  const only = optionalBranch(union);
  if (only !== undefined) return ofBranch(union, only, avroField(only, path));
  const [name, ...rest] = path;
  if (name === undefined) return UNSUPPORTED;
  const branch = union.branches.find((schema) => schema.type !== 'null' && connectField(schema) === name);
  return branch === undefined ? MISSING : ofBranch(union, branch, avroField(branch, rest));
}

function connectField(schema: Schema): string {
  return 'name' in schema ? schema.name : schema.type;
}

function ofBranch(union: UnionSchema, branch: Schema, field: AvroField): AvroField {
  if (typeof field === 'symbol') return field;
  const index = union.branches.indexOf(branch);
  return (bytes, position) => (integer(bytes, position) === index ? field(bytes, behindVarint(bytes, position)) : null);
}

function recordField(record: RecordSchema, name: string, rest: readonly string[]): AvroField {
  const index = record.fields.findIndex((field) => field.name === name);
  const found = record.fields[index];
  if (found === undefined) return MISSING;
  const field = avroField(found.type, rest);
  if (typeof field === 'symbol' || index === 0) return field;
  const skipBefore = skipper({ ...record, fields: record.fields.slice(0, index) });
  return (bytes, position) => field(bytes, skipBefore(bytes, position, bytes.length));
}

const TIMESTAMP = 'org.apache.kafka.connect.data.Timestamp';
const OTHER_DATES = ['org.apache.kafka.connect.data.Date', 'org.apache.kafka.connect.data.Time'];

function leaf(schema: Exclude<Schema, UnionSchema>): AvroField {
  switch (schema.type) {
    case 'null':
      return () => null;
    case 'boolean':
      return (bytes, position) => bytes[position] === 1;
    case 'int':
      return OTHER_DATES.includes(connectSchema(schema).name ?? '') ? UNSUPPORTED : integer;
    case 'long':
      if (connectSchema(schema).name !== TIMESTAMP) return integer;
      return (bytes, position) => new Date(Number(integer(bytes, position)));
    case 'string':
      return text;
    case 'enum':
      return (bytes, position) => schema.symbols[Number(integer(bytes, position))] ?? MISSING;
    default:
      return UNSUPPORTED;
  }
}

function text(bytes: Buffer, position: number): string {
  const start = behindVarint(bytes, position);
  return bytes.toString('utf8', start, start + Number(integer(bytes, position)));
}

/** A number holds the 49 bits of so many bytes. */
const MOST_EXACT_BYTES = 7;

function integer(bytes: Buffer, position: number): number | bigint {
  const end = behindVarint(bytes, position);
  if (end - position > MOST_EXACT_BYTES) return exact(readLong(bytes, position)?.value ?? 0n);
  let zigzag = 0;
  for (let at = end - 1; at >= position; at -= 1) zigzag = zigzag * 0x80 + ((bytes[at] ?? 0) & 0x7f);
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function behindVarint(bytes: Buffer, position: number): number {
  let at = position;
  while ((bytes[at] ?? 0) > 0x7f) at += 1;
  return at + 1;
}
