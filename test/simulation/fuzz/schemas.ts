// Schemas of all shapes that Avro has, and random datums of them, written by avsc.
import { type Schema, Type, types } from 'avsc';
import { exactLong } from '../../exact-long';
import type { Random } from '../random';

const nested = {
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 4 } },
    { name: 'note', type: ['null', 'string'], default: null },
    {
      name: 'at',
      type: {
        type: 'record',
        name: 'Place',
        fields: [
          { name: 'x', type: 'double' },
          { name: 'y', type: 'float' },
          { name: 'city', type: { type: 'enum', name: 'City', symbols: ['ROME', 'OSLO', 'LIMA'] } },
        ],
      },
    },
    { name: 'paid', type: 'boolean' },
  ],
};
const containers = {
  type: 'record',
  name: 'Containers',
  fields: [
    { name: 'tags', type: { type: 'map', values: 'string' } },
    { name: 'counts', type: { type: 'array', items: 'int' } },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 16 } },
    { name: 'any', type: ['null', 'int', 'string', { type: 'array', items: 'double' }, 'Hash'] },
    { name: 'nested', type: { type: 'map', values: { type: 'array', items: 'bytes' } } },
  ],
};
const recursive = {
  type: 'record',
  name: 'Tree',
  fields: [
    { name: 'label', type: 'string' },
    { name: 'children', type: { type: 'array', items: 'Tree' } },
    { name: 'next', type: ['null', 'Tree'], default: null },
  ],
};

export interface FuzzedSchema {
  readonly text: string;
  readonly type: Type;
  random(random: Random): Buffer;
}

export const typeOf = (schema: Schema): Type =>
  Type.forSchema(schema, { registry: { long: exactLong }, wrapUnions: true });

export const fuzzedSchemas: readonly [FuzzedSchema, ...FuzzedSchema[]] = [
  fuzzed(nested),
  fuzzed(containers),
  fuzzed(recursive),
  fuzzed({ type: 'array', items: ['null', 'long', 'string'] }),
];

function fuzzed(schema: object): FuzzedSchema {
  const type = typeOf(schema as Schema);
  return { text: JSON.stringify(schema), type, random: (random) => type.toBuffer(randomValue(type, random, 0)) };
}

const DEEPEST = 5;

function randomValue(type: Type, random: Random, depth: number): unknown {
  const few = () => Array.from({ length: depth > DEEPEST ? 0 : random.integer(0, 3) });
  if (type instanceof types.RecordType) {
    const members = type.fields.map((field) => [field.name, randomValue(field.type, random, depth + 1)]);
    return Object.fromEntries(members);
  }
  if (type instanceof types.WrappedUnionType) {
    const branch = depth > DEEPEST ? type.types[0] : type.types[random.integer(0, type.types.length - 1)];
    if (branch === undefined || branch.typeName === 'null') return null;
    return { [branch.branchName ?? '']: randomValue(branch, random, depth + 1) };
  }
  if (type instanceof types.ArrayType) return few().map(() => randomValue(type.itemsType, random, depth + 1));
  if (type instanceof types.MapType) {
    const { valuesType } = type;
    return Object.fromEntries(few().map((_, index) => [`k${index}`, randomValue(valuesType, random, depth + 1)]));
  }
  if (type instanceof types.EnumType) return type.symbols[random.integer(0, type.symbols.length - 1)];
  if (type instanceof types.FixedType) return bytes(type.size, random);
  return primitive(type.typeName, random);
}

function primitive(name: string, random: Random): unknown {
  switch (name) {
    case 'boolean':
      return random.chance(0.5);
    case 'int':
      return random.integer(-(2 ** 31), 2 ** 31 - 1);
    case 'float':
      return Math.fround(random.next());
    case 'double':
      return random.next() * 1e6;
    case 'bytes':
      return bytes(random.integer(0, 12), random);
    case 'string':
      return random.pick(['', 'plain', 'größer', '价格', '🙂 and more', 'a'.repeat(70)]);
    case 'null':
      return null;
    default:
      return BigInt(random.integer(-(2 ** 40), 2 ** 40)) * 4096n;
  }
}

function bytes(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(0, 255)));
}
