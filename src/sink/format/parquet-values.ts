// Values as src/avro/codec.ts gives them → as hyparquet-writer takes them.
import { optionalBranch, type RecordSchema, type Schema, type UnionSchema } from '../../avro/schema';
import { branchOf, itemsOf, membersOf } from '../../avro/value';
import { memberName, valueBranches } from './parquet-schema';

type Convert = (value: unknown) => unknown;

/**
 * Compiled once; the schema has passed `parquetSchema`, so no record is inside itself. Undefined: the values can be taken as
 * they are.
 */
export function parquetValue(schema: Schema): Convert | undefined {
  switch (schema.type) {
    case 'record':
      return recordValue(schema);
    case 'union':
      return unionValue(schema);
    case 'array': {
      const item = parquetValue(schema.items);
      return item && ((value) => itemsOf(value).map(item));
    }
    case 'map': {
      const content = parquetValue(schema.values);
      return (
        content && ((value) => Object.entries(membersOf(value)).map(([key, held]) => ({ key, value: content(held) })))
      );
    }
    case 'bytes':
      return schema.properties.get('logicalType') === 'decimal' ? wholeNumber : undefined;
    default:
      return undefined;
  }
}

function recordValue({ fields }: RecordSchema): Convert | undefined {
  const converts = fields.map(({ name, type }) => ({ name, convert: parquetValue(type) }));
  if (converts.every(({ convert }) => convert === undefined)) return undefined;
  return (value) => {
    const members = membersOf(value);
    const converted: Record<string, unknown> = {};
    for (const { name, convert } of converts) {
      converted[name] = convert === undefined ? members[name] : convert(members[name]);
    }
    return converted;
  };
}

function unionValue(union: UnionSchema): Convert | undefined {
  const only = optionalBranch(union);
  if (only !== undefined) {
    const convert = parquetValue(only);
    return convert && ((value) => (value === null ? null : convert(value)));
  }
  const members = new Map(
    valueBranches(union).map((branch, index) => [branch, { name: memberName(index), convert: parquetValue(branch) }]),
  );
  return (value) => {
    if (value === null) return null;
    const { branch, content } = branchOf(union, value);
    const member = members.get(branch);
    return member && { [member.name]: member.convert === undefined ? content : member.convert(content) };
  };
}

const ZERO = Buffer.from([0]);

/** Of a decimal: not every reader takes no bytes for zero. */
function wholeNumber(value: unknown): unknown {
  return value instanceof Uint8Array && value.length === 0 ? ZERO : value;
}
