// The id in an encoded row: everything before it is stepped over by the row's own schema.
import { readLong } from '../../avro/varint';

/** Undefined for a datum that is not whole up to its id. */
export type IdReader = (datum: Uint8Array) => bigint | undefined;

type Step = (bytes: Uint8Array, position: number) => number | undefined;

const FIXED: ReadonlyMap<string, number> = new Map([
  ['boolean', 1],
  ['float', 4],
  ['double', 8],
]);

/**
 * A reader of the column in records of this schema; undefined when this source cannot have written it: it makes flat
 * records of primitives, each alone or behind null in a union.
 */
export function idReader(schemaText: string, column: string): IdReader | undefined {
  const { fields } = JSON.parse(schemaText);
  if (!Array.isArray(fields)) return undefined;
  const index = fields.findIndex((field) => field?.name === column);
  const type = typeName(fields[index]?.type);
  if (type !== 'int' && type !== 'long' && type !== 'bytes') return undefined;
  const steps = fields.slice(0, index).map((field) => step(field?.type));
  return (datum) => {
    let position: number | undefined = 0;
    for (const next of steps) {
      position = next?.(datum, position);
      if (position === undefined) return undefined;
    }
    const long = readLong(datum, position);
    return type === 'bytes' && long !== undefined ? readDecimal(datum, long.end, Number(long.value)) : long?.value;
  };
}

/** Unscaled, big-endian, two's complement. */
function readDecimal(bytes: Uint8Array, start: number, size: number): bigint | undefined {
  if (size <= 0 || start + size > bytes.length) return undefined;
  const digits = Buffer.from(bytes.subarray(start, start + size)).toString('hex');
  return BigInt.asIntN(8 * size, BigInt(`0x${digits}`));
}

function step(type: unknown): Step | undefined {
  if (Array.isArray(type)) return type.length === 2 && type[0] === 'null' ? optional(step(type[1])) : undefined;
  const name = typeName(type);
  const fixed = FIXED.get(name ?? '');
  if (fixed !== undefined) return (_, position) => position + fixed;
  if (name === 'int' || name === 'long') return (bytes, position) => readLong(bytes, position)?.end;
  if (name !== 'string' && name !== 'bytes') return undefined;
  return (bytes, position) => {
    const size = readLong(bytes, position);
    return size && size.end + Number(size.value);
  };
}

function optional(inner: Step | undefined): Step | undefined {
  return (bytes, position) => {
    const branch = readLong(bytes, position);
    if (branch?.value === 0n) return branch.end;
    return branch?.value === 1n ? inner?.(bytes, branch.end) : undefined;
  };
}

function typeName(type: unknown): string | undefined {
  if (typeof type === 'string') return type;
  return typeof type === 'object' && type !== null && 'type' in type ? typeName(type.type) : undefined;
}
