// The id in an encoded row: everything before it is stepped over by the row's own schema.
import type { RecordSchema, Schema } from '../../avro/schema';
import { parseSchema } from '../../avro/schema-parse';
import { skipper } from '../../avro/skipper';
import { readLong } from '../../avro/varint';

/** Undefined for a datum that is not whole up to its id, or whose id is null or no whole number. */
export type IdReader = (datum: Uint8Array) => bigint | undefined;

/** Reads an id that begins at a position. */
type Read = (datum: Uint8Array, position: number) => bigint | undefined;

const WHOLE = /^-?\d+$/;

/** A reader of the column in records of this schema; undefined when it has none that can hold an id. */
export function idReader(schemaText: string, column: string): IdReader | undefined {
  const schema = parseSchema(schemaText);
  if (schema.type !== 'record') return undefined;
  const index = schema.fields.findIndex(({ name }) => name === column);
  const id = schema.fields[index];
  const read = id && reader(id.type);
  if (read === undefined) return undefined;
  const before: RecordSchema = { ...schema, fields: schema.fields.slice(0, index) };
  const skip = skipper(before);
  return (datum) => {
    const position = skip(datum, 0, datum.length);
    return position < 0 ? undefined : read(datum, position);
  };
}

function reader(schema: Schema): Read | undefined {
  switch (schema.type) {
    case 'int':
    case 'long':
      return (datum, position) => readLong(datum, position)?.value;
    case 'bytes':
      return sized(unscaled);
    case 'string':
      return sized((bytes) => {
        const text = bytes.toString('latin1');
        return WHOLE.test(text) ? BigInt(text) : undefined;
      });
    case 'union': {
      const branches = schema.branches.map(reader);
      if (branches.every((branch) => branch === undefined)) return undefined;
      return (datum, position) => {
        const branch = readLong(datum, position);
        return branch && branches[Number(branch.value)]?.(datum, branch.end);
      };
    }
    default:
      return undefined;
  }
}

function sized(read: (bytes: Buffer) => bigint | undefined): Read {
  return (datum, position) => {
    const size = readLong(datum, position);
    if (size === undefined) return undefined;
    const end = size.end + Number(size.value);
    return end <= size.end || end > datum.length ? undefined : read(Buffer.from(datum.subarray(size.end, end)));
  };
}

/** Big-endian, two's complement: a decimal without digits behind the point. */
function unscaled(bytes: Buffer): bigint {
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex')}`));
}
