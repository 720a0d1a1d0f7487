// Names that Java's Avro takes and avsc does not (größe): what stands for them in its schemas, and in values on their way.
import { branchName, fullName, optionalBranch, type Schema, type UnionSchema } from './schema';
import { branchOf, itemsOf, membersOf, unlike } from './value';

/** `größe` as `gr_f6_df_e`; a name of A-Z, a-z, 0-9, _ and dots stays as it is. */
export function asciiName(name: string): string {
  return name.replace(
    /[^\w.]+/gu,
    (letters) => `_${Array.from(letters, (letter) => letter.codePointAt(0)?.toString(16)).join('_')}_`,
  );
}

/** Whether values of the schema must be translated on their way to and from avsc. */
export function needsTranslation(schema: Schema, entered: Set<Schema> = new Set()): boolean {
  if (entered.has(schema)) return false;
  entered.add(schema);
  const below = (inner: Schema) => needsTranslation(inner, entered);
  switch (schema.type) {
    case 'record':
      return isForeign(fullName(schema)) || schema.fields.some(({ name, type }) => isForeign(name) || below(type));
    case 'enum':
      return [fullName(schema), ...schema.symbols].some(isForeign);
    case 'fixed':
      return isForeign(fullName(schema));
    case 'array':
      return below(schema.items);
    case 'map':
      return below(schema.values);
    case 'union':
      return schema.branches.some(below);
    default:
      return false;
  }
}

function isForeign(name: string): boolean {
  return asciiName(name) !== name;
}

interface Direction {
  readonly from: (name: string) => string;
  readonly to: (name: string) => string;
}

const own = (name: string) => name;
/** A value as the codec takes it → as avsc does. */
export const toAvsc: Direction = { from: own, to: asciiName };
/** A value as avsc gives it → as the codec does. */
export const fromAvsc: Direction = { from: asciiName, to: own };

/** The value with the names of the other side. Throws INVALID_VALUE where it is not of the schema's shape. */
export function translated(schema: Schema, value: unknown, names: Direction): unknown {
  switch (schema.type) {
    case 'record': {
      const members = membersOf(value);
      return Object.fromEntries(
        schema.fields.map(({ name, type }) => [names.to(name), translated(type, members[names.from(name)], names)]),
      );
    }
    case 'enum':
      return symbolOf(schema.symbols, value, names);
    case 'array':
      return itemsOf(value).map((item) => translated(schema.items, item, names));
    case 'map': {
      const entries = Object.entries(membersOf(value));
      return Object.fromEntries(entries.map(([key, member]) => [key, translated(schema.values, member, names)]));
    }
    case 'union':
      return value === null ? null : translatedBranch(schema, value, names);
    default:
      return value;
  }
}

function symbolOf(symbols: readonly string[], value: unknown, { from, to }: Direction): string {
  const symbol = symbols.find((candidate) => from(candidate) === value);
  if (symbol === undefined) throw unlike('symbol of the enum');
  return to(symbol);
}

function translatedBranch(union: UnionSchema, value: unknown, names: Direction): unknown {
  const { branch, content } = branchOf(union, value, names.from);
  const inner = translated(branch, content, names);
  return optionalBranch(union) === undefined ? { [names.to(branchName(branch))]: inner } : inner;
}
