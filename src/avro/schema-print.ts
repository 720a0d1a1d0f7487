// A parsed schema → its text as Java's Avro prints it (`Schema.toString()`): the identity of a schema in a registry.
import { printJson, quoted } from './json-text';
import { type Field, fullName, type Name, type NamedSchema, PRIMITIVES, type Schema } from './schema';

/** What has been printed so far, and the namespace that names are relative to. */
interface Position {
  readonly printed: Set<string>;
  readonly namespace: string | undefined;
}

/** Fixed order of the specification's attributes, then the properties in their own order, then the aliases; no blanks. */
export function printSchema(schema: Schema): string {
  return print(schema, { printed: new Set(), namespace: undefined });
}

function print(schema: Schema, at: Position): string {
  switch (schema.type) {
    case 'record':
    case 'enum':
    case 'fixed':
      return printNamed(schema, at);
    case 'union':
      return `[${schema.branches.map((branch) => print(branch, at)).join(',')}]`;
    case 'array':
      return object([['type', '"array"'], ['items', print(schema.items, at)], ...properties(schema)]);
    case 'map':
      return object([['type', '"map"'], ['values', print(schema.values, at)], ...properties(schema)]);
    default:
      if (schema.properties.size === 0) return `"${schema.type}"`;
      return object([['type', `"${schema.type}"`], ...properties(schema)]);
  }
}

/** A member's name and its printed value; undefined: not printed. */
type Member = readonly [name: string, printed: string | undefined];

function printNamed(schema: NamedSchema, at: Position): string {
  const full = fullName(schema);
  if (at.printed.has(full)) return quoted(reference(schema, at.namespace));
  at.printed.add(full);
  return object([
    ['type', schema.type === 'record' && schema.error ? '"error"' : `"${schema.type}"`],
    ['name', quoted(schema.name)],
    ['namespace', schema.namespace === at.namespace ? undefined : quoted(schema.namespace ?? '')],
    ['doc', optional(schema.doc)],
    ...content(schema, at.printed),
    ...properties(schema),
    ['aliases', texts(schema.aliases.map((alias) => reference(alias, schema.namespace)))],
  ]);
}

function content(schema: NamedSchema, printed: Set<string>): Member[] {
  switch (schema.type) {
    case 'record': {
      const fields = schema.fields.map((field) => printField(field, { printed, namespace: schema.namespace }));
      return [['fields', `[${fields.join(',')}]`]];
    }
    case 'enum':
      return [
        ['symbols', `[${schema.symbols.map(quoted).join(',')}]`],
        ['default', optional(schema.default)],
      ];
    case 'fixed':
      return [['size', String(schema.size)]];
  }
}

function printField(field: Field, at: Position): string {
  return object([
    ['name', quoted(field.name)],
    ['type', print(field.type, at)],
    ['doc', optional(field.doc)],
    ['default', field.default === undefined ? undefined : printJson(field.default)],
    ['order', field.order === 'ascending' ? undefined : quoted(field.order)],
    ['aliases', texts(field.aliases)],
    ...properties(field),
  ]);
}

const TYPE_NAMES: readonly string[] = [...PRIMITIVES, 'record', 'enum', 'array', 'map', 'union', 'fixed'];

/** The simple name within its own namespace, unless it could be taken for a type; the full name everywhere else. */
function reference(name: Name, namespace: string | undefined): string {
  const within = name.namespace !== undefined && name.namespace === namespace;
  return within && !TYPE_NAMES.includes(name.name) ? name.name : fullName(name);
}

function properties(schema: Field | Exclude<Schema, { type: 'union' }>): Member[] {
  return Array.from(schema.properties, ([name, value]) => [name, printJson(value)]);
}

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : quoted(text);
}

function texts(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : `[${items.map(quoted).join(',')}]`;
}

function object(members: readonly Member[]): string {
  const printed = members.filter(([, value]) => value !== undefined);
  return `{${printed.map(([name, value]) => `${quoted(name)}:${value}`).join(',')}}`;
}
