// Checks one file's properties against the definitions: unknown, repeated, missing, of another type, not valid.
import { type Definition, definitionOf } from './definition';
import { masked } from './masked';
import { nearest } from './nearest';
import type { PropertiesFile, Property } from './properties';
import type { Fault, Note, Problem } from './report';
import { misplacedSecret } from './secret-places';
import { parseValue, type Value } from './value';

/**
 * The values of one file by property, defaults filled in. `find` answers undefined for what is absent; the others are for
 * a file without faults: they throw for a property that has neither a value of that type nor a default.
 */
export interface Values {
  /** Of the properties that the file sets, and that have no fault of their own. */
  readonly names: readonly string[];
  readonly find: (name: string) => Value | undefined;
  readonly text: (name: string) => string;
  readonly list: (name: string) => readonly string[];
  readonly number: (name: string) => number;
  readonly flag: (name: string) => boolean;
}

export interface Checked {
  readonly values: Values;
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
}

/** `elsewhere` answers what to say of a property that belongs to another kind of file. */
export function check(
  file: PropertiesFile,
  definitions: readonly Definition[],
  elsewhere: (name: string) => string | undefined,
): Checked {
  // A value that could not be read, or whose reference leads nowhere, is one fault and no more.
  const readable = file.properties.filter(({ line }) => !file.faults.some((fault) => fault.line === line));
  const found = readable.map((property) => ({ property, definition: definitionOf(property.key, definitions) }));
  const faults: Fault[] = [...repeated(file), ...missing(file, definitions)];
  const notes: Note[] = [];
  const parsed = new Map<string, Value>();
  for (const { property, definition } of found) {
    const result =
      definition === undefined ? unknown(property.key, definitions, elsewhere) : judge(property, definition);
    const place = { file: file.file, line: property.line, property: property.key };
    if ('problem' in result) faults.push({ ...place, ...result.problem });
    else parsed.set(property.key, result.value);
    if (definition?.effect.kind === 'accepted') notes.push({ ...place, why: definition.effect.why });
  }
  return { values: valuesOf(parsed, definitions), faults: [...file.faults, ...faults], notes };
}

function judge(property: Property, definition: Definition): { value: Value } | { problem: Problem } {
  const result = parseValue(definition.type, property.value);
  if ('problem' in result) return { problem: shown(property, definition, result.problem) };
  if (definition.effect.kind === 'unsupported' && !isDefault(result.value, definition)) {
    const write =
      definition.default === null
        ? 'delete the line'
        : `delete the line, or write its default ${quoted(definition.default)}`;
    return { problem: { what: `is not supported: ${definition.effect.why}`, write } };
  }
  const problem = property.secrets ? misplacedSecret(definition) : definition.validator?.check(result.value);
  return problem === undefined ? result : { problem: shown(property, definition, problem) };
}

function isDefault(value: Value, { type, default: default_ }: Definition): boolean {
  if (default_ === null) return false;
  const parsed = parseValue(type, default_);
  return 'value' in parsed && String(parsed.value) === String(value);
}

/** The problem, after the value as the file has it: a reference stays a reference, a secret stays hidden. */
function shown(property: Property, { type }: Definition, { what, write }: Problem): Problem {
  const value = type === 'password' ? '[hidden]' : masked(property.key, property.written);
  return { what: `${quoted(value.length > 100 ? `${value.slice(0, 100)}…` : value)} ${what}`, write };
}

function quoted(value: string): string {
  return value === '' ? '(empty)' : JSON.stringify(value);
}

function unknown(
  name: string,
  definitions: readonly Definition[],
  elsewhere: (name: string) => string | undefined,
): { problem: Problem } {
  const names = definitions.map((definition) => definition.name).filter((known) => !known.includes('*'));
  const near = nearest(name, names) ?? nearestOfPattern(name, definitions);
  if (near !== undefined) return { problem: { what: 'is not a known property', write: `did you mean ${near}?` } };
  const other = elsewhere(name);
  if (other !== undefined) return { problem: { what: `is a property of ${other}`, write: 'move or delete the line' } };
  return { problem: { what: 'is not a known property', write: 'delete the line; docs/configuration.md lists all' } };
}

/** `connectless.table.orders.topci` is meant to be `connectless.table.orders.topic`. */
function nearestOfPattern(name: string, definitions: readonly Definition[]): string | undefined {
  const parts = name.split('.');
  return definitions
    .map(({ name: pattern }) => /^([^*]+)\*\*\.([^*]+)$/.exec(pattern))
    .map((match) => {
      const [, prefix = '', setting = ''] = match ?? [];
      const own = parts.slice(0, -setting.split('.').length).join('.');
      const written = name.slice(own.length + 1);
      return own.startsWith(prefix) && prefix !== '' && nearest(written, [setting]) ? `${own}.${setting}` : undefined;
    })
    .find((candidate) => candidate !== undefined);
}

function repeated(file: PropertiesFile): Fault[] {
  return file.properties.flatMap(({ key, line }, index) => {
    const first = file.properties.slice(0, index).find((earlier) => earlier.key === key);
    if (first === undefined) return [];
    const what = `is set again, after line ${first.line}; Java would take the last`;
    return [{ file: file.file, line, property: key, what, write: 'delete one of the lines' }];
  });
}

function missing(file: PropertiesFile, definitions: readonly Definition[]): Fault[] {
  const set = new Set(file.properties.map(({ key }) => key));
  return definitions
    .filter(({ name, required }) => required && !set.has(name))
    .map((definition) => without(file, definition));
}

/** The fault of a file without a property that it needs. */
export function without(file: PropertiesFile, { name, documentation, validator }: Definition): Fault {
  return {
    file: file.file,
    property: name,
    what: `is missing (${documentation.replace(/\.$/, '')})`,
    write: `add ${name}=…${validator === undefined ? '' : `, valid: ${validator.valid.replaceAll('`', '')}`}`,
  };
}

function valuesOf(parsed: ReadonlyMap<string, Value>, definitions: readonly Definition[]): Values {
  const find = (name: string): Value | undefined => {
    const value = parsed.get(name);
    if (value !== undefined) return value;
    const definition = definitionOf(name, definitions);
    if (definition === undefined || definition.default === null) return undefined;
    const parsedDefault = parseValue(definition.type, definition.default);
    return 'value' in parsedDefault ? parsedDefault.value : undefined;
  };
  const typed = <T extends Value>(name: string, is: (value: Value) => value is T): T => {
    const value = find(name);
    if (value === undefined || !is(value)) throw new TypeError(`${name} is not set`);
    return value;
  };
  return {
    names: [...parsed.keys()],
    find,
    text: (name) => typed(name, (value): value is string => typeof value === 'string'),
    list: (name) => typed(name, (value): value is readonly string[] => Array.isArray(value)),
    number: (name) => typed(name, (value): value is number => typeof value === 'number'),
    flag: (name) => typed(name, (value): value is boolean => typeof value === 'boolean'),
  };
}
