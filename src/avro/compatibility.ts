// Whether data of one schema can be read with another: Avro's schema resolution, as Java's SchemaCompatibility checks it for Confluent's registry.
import { type EnumSchema, type Field, fullName, type NamedSchema, type RecordSchema, type Schema } from './schema';

type CompatibilityRule =
  | 'NAME_MISMATCH'
  | 'FIXED_SIZE_MISMATCH'
  | 'MISSING_ENUM_SYMBOLS'
  | 'READER_FIELD_MISSING_DEFAULT_VALUE'
  | 'TYPE_MISMATCH'
  | 'MISSING_UNION_BRANCH';

export interface Incompatibility {
  readonly rule: CompatibilityRule;
  /** A JSON pointer into the reader, with the writer's branch behind a union: `/fields/1/type/1`. */
  readonly path: string;
  /** Names of the reader's fields on the way, the outermost first; empty: the record itself. */
  readonly fields: readonly string[];
  /** In Java's words: `reader type: INT not compatible with writer type: NULL`, or the field's name. */
  readonly what: string;
}

interface Place {
  readonly path: readonly string[];
  readonly fields: readonly string[];
}

/** Pairs that have been compared, each with what was found there; none yet: the comparison goes on, and takes the pair for good. */
type Known = Map<Schema, Map<Schema, readonly Incompatibility[]>>;

/** Writer's types that a type reads beside its own (specification, "Schema Resolution"). */
const PROMOTED: Readonly<Record<string, readonly string[]>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  bytes: ['string'],
  string: ['bytes'],
};

/** Empty: every value of the writer can be read. Names are compared without their namespaces; logical types are not compared. */
export function incompatibilities(reader: Schema, writer: Schema): readonly Incompatibility[] {
  return compare(reader, writer, { path: [], fields: [] }, new Map());
}

function compare(reader: Schema, writer: Schema, at: Place, known: Known): readonly Incompatibility[] {
  const withReader = known.get(reader) ?? new Map<Schema, readonly Incompatibility[]>();
  known.set(reader, withReader);
  const before = withReader.get(writer);
  if (before !== undefined) return before;
  withReader.set(writer, []);
  const found =
    reader.type === writer.type ? sameType(reader, writer, at, known) : otherType(reader, writer, at, known);
  withReader.set(writer, found);
  return found;
}

function sameType(reader: Schema, writer: Schema, at: Place, known: Known): readonly Incompatibility[] {
  if (reader.type === 'array' && writer.type === 'array')
    return compare(reader.items, writer.items, into(at, 'items'), known);
  if (reader.type === 'map' && writer.type === 'map')
    return compare(reader.values, writer.values, into(at, 'values'), known);
  if (reader.type === 'fixed' && writer.type === 'fixed') {
    const what = `expected: ${writer.size}, found: ${reader.size}`;
    const sizes = reader.size === writer.size ? [] : [incompatible('FIXED_SIZE_MISMATCH', into(at, 'size'), what)];
    return [...names(reader, writer, at), ...sizes];
  }
  if (reader.type === 'enum' && writer.type === 'enum')
    return [...names(reader, writer, at), ...symbols(reader, writer, at)];
  if (reader.type === 'record' && writer.type === 'record') {
    return [...names(reader, writer, at), ...fields(reader, writer, at, known)];
  }
  if (reader.type === 'union' && writer.type === 'union') {
    return writer.branches.flatMap((branch, index) =>
      compare(reader, branch, at, known).length === 0 ? [] : [branchMissing(branch, into(at, String(index)))],
    );
  }
  return [];
}

function otherType(reader: Schema, writer: Schema, at: Place, known: Known): readonly Incompatibility[] {
  if (writer.type === 'union') {
    return writer.branches.flatMap((branch, index) => compare(reader, branch, into(at, String(index)), known));
  }
  if (reader.type === 'union') {
    const isRead = reader.branches.some((branch) => compare(branch, writer, at, known).length === 0);
    return isRead ? [] : [branchMissing(writer, at)];
  }
  if (PROMOTED[reader.type]?.includes(writer.type)) return [];
  const what = `reader type: ${upper(reader)} not compatible with writer type: ${upper(writer)}`;
  return [incompatible('TYPE_MISMATCH', at, what)];
}

function fields(reader: RecordSchema, writer: RecordSchema, at: Place, known: Known): readonly Incompatibility[] {
  return reader.fields.flatMap((field, index) => {
    const here = { path: [...at.path, 'fields', String(index)], fields: [...at.fields, field.name] };
    const writers = writer.fields.filter(({ name }) => name === field.name || field.aliases.includes(name));
    const [one, another] = writers;
    if (another !== undefined) {
      return [
        incompatible(
          'NAME_MISMATCH',
          here,
          `${field.name} matches multiple fields: ${writers.map(({ name }) => name).join(', ')}`,
        ),
      ];
    }
    if (one !== undefined) return compare(field.type, one.type, into(here, 'type'), known);
    return field.default === undefined ? absent(field, writer, here, known) : [];
  });
}

/** As Java: an enum that has a default of its own is compared with the writer's record, which it cannot read. */
function absent(field: Field, writer: RecordSchema, at: Place, known: Known): readonly Incompatibility[] {
  if (field.type.type === 'enum' && field.type.default !== undefined) {
    return compare(field.type, writer, into(at, 'type'), known);
  }
  return [incompatible('READER_FIELD_MISSING_DEFAULT_VALUE', at, field.name)];
}

function names(reader: NamedSchema, writer: NamedSchema, at: Place): readonly Incompatibility[] {
  const isSame = reader.name === writer.name || reader.aliases.some((alias) => fullName(alias) === fullName(writer));
  return isSame ? [] : [incompatible('NAME_MISMATCH', into(at, 'name'), `expected: ${fullName(writer)}`)];
}

function symbols(reader: EnumSchema, writer: EnumSchema, at: Place): readonly Incompatibility[] {
  const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol)).sort();
  if (missing.length === 0 || (reader.default !== undefined && reader.symbols.includes(reader.default))) return [];
  return [incompatible('MISSING_ENUM_SYMBOLS', into(at, 'symbols'), `[${missing.join(', ')}]`)];
}

function branchMissing(branch: Schema, at: Place): Incompatibility {
  return incompatible('MISSING_UNION_BRANCH', at, `reader union lacking writer type: ${upper(branch)}`);
}

function incompatible(rule: CompatibilityRule, { path, fields: way }: Place, what: string): Incompatibility {
  const steps = path.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  return { rule, path: `/${steps.join('/')}`, fields: way, what };
}

function into({ path, fields: way }: Place, step: string): Place {
  return { path: [...path, step], fields: way };
}

function upper({ type }: Schema): string {
  return type.toUpperCase();
}
