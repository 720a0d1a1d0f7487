// The transforms of a source, which make its keys: ValueToKey, and ExtractField$Key behind it. Rules, and what they say.
import type { Values } from './check';
import { EXTRACT_KEY, VALUE_TO_KEY } from './definitions/source-transforms';
import { nearest } from './nearest';
import type { PropertiesFile } from './properties';
import type { Fault, Problem } from './report';
import { isFilled, isSet, placeOf, type Rule, textOf } from './rule';
import type { SourceConfig } from './source-model';

export const TRANSFORMS = 'transforms';

/** In their order. */
const CHAIN = [
  { type: VALUE_TO_KEY, setting: 'fields' },
  { type: EXTRACT_KEY, setting: 'field' },
] as const;

/** Of what others are for. */
const INSTEAD =
  'write connectless.table.NAME.key for a key of the primary key, .topic and .record.name for names; a query or a view changes values';

/** Of any transform: what may be said of them is in the definitions. */
const COMMON = ['type', 'predicate', 'negate', 'replace.null.with.default'];

/** `transforms.NAME.SETTING` */
function propertyOf(name: string, setting: string): string {
  return `${TRANSFORMS}.${name}.${setting}`;
}

/** Whether a key is made, or was meant to be. */
export function makesKey(values: Values): boolean {
  const [first] = values.list(TRANSFORMS);
  return first !== undefined && textOf(values, propertyOf(first, 'type')) === VALUE_TO_KEY;
}

const namesAreDistinct: Rule = (file, values) => {
  const names = values.list(TRANSFORMS);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return [];
  return [{ ...placeOf(file, TRANSFORMS), what: `names ${twice} twice`, write: 'give each a name of its own' }];
};

const typesAreInOrder: Rule = (file, values) =>
  values.list(TRANSFORMS).flatMap((name, index): Fault[] => {
    const property = propertyOf(name, 'type');
    const type = textOf(values, property);
    const expected = CHAIN[index]?.type;
    if (type !== undefined) return type === expected ? [] : [{ ...placeOf(file, property), ...misplaced(type, index) }];
    if (isSet(file, property)) return [];
    const write = expected === undefined ? `take ${name} out of transforms` : `add ${property}=${expected}`;
    return [{ ...placeOf(file, property), what: 'is missing', write }];
  });

function misplaced(type: string, index: number): Problem {
  const full = CHAIN.find((link) => short(link.type) === type)?.type;
  if (full !== undefined) return { what: `"${type}" is not the full name of the class`, write: `write ${full}` };
  const expected = CHAIN[index]?.type;
  const place = `is at position ${index + 1} of transforms`;
  const what = `${short(type)} ${place}, where a source takes ${expected === undefined ? 'none' : `${short(expected)} alone`}`;
  const isKnown = CHAIN.some((link) => link.type === type);
  return { what, write: isKnown ? 'name ValueToKey first, and behind it ExtractField$Key or nothing' : INSTEAD };
}

function short(type: string): string {
  return type.replace(/^.*\./, '');
}

/** Of the transforms that stand where they can. */
function placed(values: Values) {
  return values.list(TRANSFORMS).flatMap((name, index) => {
    const link = CHAIN[index];
    return link !== undefined && textOf(values, propertyOf(name, 'type')) === link.type ? [{ name, ...link }] : [];
  });
}

const settingsAreTheirs: Rule = (file, values) => {
  const names = values.list(TRANSFORMS);
  const known = placed(values);
  if (names.length === 0 && isFilled(file, TRANSFORMS)) return [];
  return values.names
    .filter((property) => property.startsWith(`${TRANSFORMS}.`))
    .flatMap((property): Fault[] => {
      const owner = ownerOf(property, names);
      if (owner === undefined) {
        const what = names.length === 0 ? 'is set without transforms' : `is of none of transforms=${names.join(',')}`;
        return [{ ...placeOf(file, property), what, write: `name it in ${TRANSFORMS}, or delete the line` }];
      }
      const transform = known.find(({ name }) => name === owner);
      return transform === undefined ? [] : strange(file, property, transform);
    });
};

/** A name may have dots, and be the beginning of another. */
function ownerOf(property: string, names: readonly string[]): string | undefined {
  return names.filter((name) => property.startsWith(propertyOf(name, ''))).sort((a, b) => b.length - a.length)[0];
}

function strange(file: PropertiesFile, property: string, transform: ReturnType<typeof placed>[number]): Fault[] {
  const { name, type, setting } = transform;
  const settings = [setting, ...COMMON, ...(type === EXTRACT_KEY ? ['field.syntax.version'] : [])];
  const own = property.slice(propertyOf(name, '').length);
  if (settings.includes(own)) return [];
  const near = nearest(own, settings);
  const write = near === undefined ? 'delete the line' : `did you mean ${propertyOf(name, near)}?`;
  return [{ ...placeOf(file, property), what: `is no property of ${short(type)}`, write }];
}

const fieldsAreNamed: Rule = (file, values) => {
  const [from, extract] = placed(values);
  const missing = [from, extract].flatMap((transform): Fault[] => {
    if (transform === undefined) return [];
    const property = propertyOf(transform.name, transform.setting);
    if (isSet(file, property)) return [];
    const what = transform.type === VALUE_TO_KEY ? "is missing (the key's columns)" : "is missing (the key's field)";
    return [{ ...placeOf(file, property), what, write: `add ${property}=…` }];
  });
  return from === undefined ? missing : [...missing, ...fieldFaults(file, values, from.name, extract?.name)];
};

function fieldFaults(file: PropertiesFile, values: Values, from: string, extract: string | undefined): Fault[] {
  const property = propertyOf(from, 'fields');
  const fields = fieldsOf(values, from);
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  const faults: Fault[] = [];
  if (twice !== undefined) {
    faults.push({ ...placeOf(file, property), what: `names ${twice} twice`, write: 'name each column once' });
  }
  const field = extract === undefined ? undefined : textOf(values, propertyOf(extract, 'field'));
  if (extract !== undefined && field !== undefined && fields.length > 0 && !fields.includes(field)) {
    const what = `"${field}" is no field of the key that ${from} makes`;
    const write = `write ${fields.join(' or ')}, or add it to ${property}`;
    faults.push({ ...placeOf(file, propertyOf(extract, 'field')), what, write });
  }
  return faults;
}

function fieldsOf(values: Values, name: string): readonly string[] {
  const fields = values.find(propertyOf(name, 'fields'));
  return Array.isArray(fields) ? fields : [];
}

export const keyTransformRules: readonly Rule[] = [
  namesAreDistinct,
  typesAreInOrder,
  settingsAreTheirs,
  fieldsAreNamed,
];

/** Of a file without faults. */
export function buildKeyTransform(values: Values): Pick<SourceConfig, 'keyTransform'> {
  const [from, extract] = values.list(TRANSFORMS);
  if (from === undefined) return {};
  if (extract === undefined) return { keyTransform: { fields: fieldsOf(values, from), form: 'struct' } };
  return { keyTransform: { fields: [values.text(propertyOf(extract, 'field'))], form: 'field' } };
}
