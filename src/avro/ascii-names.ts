// Names that Java's Avro or Connect takes and avsc does not (größe): what stands for them in its schemas, and in values on their way.
import { branchName, fullName, type Name, optionalBranch, type Schema, type UnionSchema } from './schema';
import { someSchema } from './schema-walk';
import { branchOf, itemsOf, membersOf, unlike } from './value';

/** Of a type, dots between its parts: `größe` as `gr_f6_df_e`; a name of A-Z, a-z, 0-9, _ and dots stays as it is. */
export function asciiName(name: string): string {
  const [first = '', ...others] = name.split('.');
  return [first && asciiPart(first), ...others.map(asciiPart)].join('.');
}

/** Of a field or a symbol. Connect's fields may have any name, `a.b`, `1st` and the empty one too. */
export function asciiPart(name: string): string {
  return name === '' ? '_' : name.replace(/^\d|\W+/gu, (letters) => `_${codePoints(letters)}_`);
}

function codePoints(letters: string): string {
  return Array.from(letters, (letter) => letter.codePointAt(0)?.toString(16)).join('_');
}

/** Whether values of the schema must be translated on their way to and from avsc. */
export function needsTranslation(schema: Schema): boolean {
  return someSchema(schema, hasForeignNames);
}

function hasForeignNames(schema: Schema): boolean {
  switch (schema.type) {
    case 'record':
      return isForeignType(schema) || schema.fields.some(({ name }) => isForeign(name));
    case 'enum':
      return isForeignType(schema) || schema.symbols.some(isForeign);
    case 'fixed':
      return isForeignType(schema);
    default:
      return false;
  }
}

function isForeignType(schema: Name): boolean {
  return asciiName(fullName(schema)) !== fullName(schema);
}

function isForeign(name: string): boolean {
  return asciiPart(name) !== name;
}

interface Direction {
  /** Of types. */
  readonly from: (name: string) => string;
  readonly to: (name: string) => string;
  /** Of fields and symbols. */
  readonly fromPart: (name: string) => string;
  readonly toPart: (name: string) => string;
}

const own = (name: string) => name;
/** A value as the codec takes it → as avsc does. */
export const toAvsc: Direction = { from: own, to: asciiName, fromPart: own, toPart: asciiPart };
/** A value as avsc gives it → as the codec does. */
export const fromAvsc: Direction = { from: asciiName, to: own, fromPart: asciiPart, toPart: own };

/** The value with the names of the other side. Throws INVALID_VALUE where it is not of the schema's shape. */
export function translated(schema: Schema, value: unknown, names: Direction): unknown {
  switch (schema.type) {
    case 'record': {
      const members = membersOf(value);
      return Object.fromEntries(
        schema.fields.map(({ name, type }) => [
          names.toPart(name),
          translated(type, members[names.fromPart(name)], names),
        ]),
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

function symbolOf(symbols: readonly string[], value: unknown, { fromPart, toPart }: Direction): string {
  const symbol = symbols.find((candidate) => fromPart(candidate) === value);
  if (symbol === undefined) throw unlike('symbol of the enum');
  return toPart(symbol);
}

function translatedBranch(union: UnionSchema, value: unknown, names: Direction): unknown {
  const { branch, content } = branchOf(union, value, names.from);
  const inner = translated(branch, content, names);
  return optionalBranch(union) === undefined ? { [names.to(branchName(branch))]: inner } : inner;
}
