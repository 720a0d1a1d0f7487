// Random schemas and values of them, for properties.
import fc from 'fast-check';
import { branchName, type RecordSchema, type Schema, type UnionSchema } from '../../../src/avro/schema';
import { parseSchema } from '../../../src/avro/schema-parse';

type Shape =
  | string
  | { readonly kind: 'array' | 'map'; readonly of: Shape }
  | { readonly kind: 'enum' | 'fixed'; readonly size: number }
  | { readonly kind: 'record' | 'list' | 'union'; readonly parts: readonly Shape[] };

const primitive = fc.constantFrom('null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string');

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    primitive,
    fc.record({ kind: fc.constantFrom('enum', 'fixed'), size: fc.integer({ min: 1, max: 70 }) }),
    fc.record({ kind: fc.constantFrom('array', 'map'), of: tie('shape') }),
    fc.record({ kind: fc.constantFrom('record', 'list', 'union'), parts: fc.array(tie('shape'), { maxLength: 4 }) }),
  ),
}));

/** The JSON of a shape; a `list` is a record that may hold another of itself. */
function schemaOf(of: Shape, names: { next: number }): unknown {
  if (typeof of === 'string') return of;
  const name = `T${names.next++}`;
  switch (of.kind) {
    case 'array':
      return { type: 'array', items: schemaOf(of.of, names) };
    case 'map':
      return { type: 'map', values: schemaOf(of.of, names) };
    case 'enum':
      return { type: 'enum', name, symbols: Array.from({ length: of.size }, (_, index) => `S${index}`) };
    case 'fixed':
      return { type: 'fixed', name, size: of.size - 1 };
    case 'union':
      return unionOf(of.parts.map((part) => schemaOf(part, names)));
    default: {
      const own = of.kind === 'list' ? [['null', name]] : [];
      const types = [...of.parts.map((part) => schemaOf(part, names)), ...own];
      return {
        type: 'record',
        name,
        namespace: 'n',
        fields: types.map((type, index) => ({ name: `f${index}`, type })),
      };
    }
  }
}

/** Never empty, never nested, no branch twice. */
function unionOf(branches: readonly unknown[]): unknown {
  const kinds = new Map<unknown, unknown>([['null', 'null']]);
  for (const branch of branches.filter((candidate) => !Array.isArray(candidate))) {
    const named = Object(branch);
    kinds.set(typeof branch === 'string' ? branch : (named.name ?? named.type), branch);
  }
  return [...kinds.values()];
}

export const arbitrarySchemaText = shape.map((of) => JSON.stringify(schemaOf(of, { next: 0 })));

/** A schema and one of its values, as the codec takes it. */
export const arbitraryDatum = arbitrarySchemaText.chain((text) => {
  const schema = parseSchema(text);
  return arbitraryValue(schema, 4).map((value) => ({ schema, value }));
});

export function arbitraryValue(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'int':
      return fc.integer();
    case 'long':
      return fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
    case 'float':
      return fc.float();
    case 'double':
      return fc.double();
    case 'string':
      return fc.string({ unit: 'binary', maxLength: 100 });
    case 'bytes':
      return fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
    case 'fixed':
      return fc.uint8Array({ minLength: schema.size, maxLength: schema.size }).map((bytes) => Buffer.from(bytes));
    case 'enum':
      return fc.constantFrom(...schema.symbols);
    case 'array':
      return fc.array(arbitraryValue(schema.items, depth - 1), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.string({ minLength: 1 }), arbitraryValue(schema.values, depth - 1), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'record':
      return arbitraryRecord(schema, depth);
    case 'union':
      return arbitraryBranch(schema, depth);
  }
}

function arbitraryRecord(schema: RecordSchema, depth: number): fc.Arbitrary<unknown> {
  const fields = schema.fields.map(({ name, type }) => [name, arbitraryValue(type, depth - 1)]);
  return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
}

function arbitraryBranch(union: UnionSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth <= 0) return fc.constant(null);
  const bare = union.branches.length === 2;
  const values = union.branches.map((branch) => {
    const value = arbitraryValue(branch, depth - 1);
    return bare || branch.type === 'null' ? value : value.map((content) => ({ [branchName(branch)]: content }));
  });
  return fc.oneof(...values);
}
