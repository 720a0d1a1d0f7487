// An Avro schema → Parquet's, as parquet-avro's AvroSchemaConverter has it, but with lists of three levels.
import type { FieldRepetitionType, SchemaElement } from 'hyparquet';
import { fullName, type RecordSchema, type Schema, type UnionSchema } from '../../avro/schema';
import { ConnectlessError } from '../../errors';
import { columnType } from './parquet-column-type';

/** An element and what is below it. */
interface Tree {
  readonly element: SchemaElement;
  readonly children: readonly Tree[];
}

/** Where in the record a type stands. */
interface Place {
  /** Its name in Parquet. */
  readonly name: string;
  readonly repetition: FieldRepetitionType;
  /** Of the field that it belongs to, for errors: `address.street`. */
  readonly path: string;
  /** The records around it. */
  readonly inside: readonly RecordSchema[];
}

/**
 * The elements of a message, depth first. Fields of the type null are not among them. Throws a ConnectlessError
 * UNSUPPORTED_SCHEMA that names the field which Parquet cannot hold.
 */
export function parquetSchema(record: RecordSchema): SchemaElement[] {
  const root: Place = { name: fullName(record), repetition: 'REQUIRED', path: '', inside: [] };
  const { element, children } = treeOf(record, root);
  const { repetition_type: _, ...message } = element;
  return flat({ element: message, children });
}

/** A union of several types is a group of optional members: `member0`, `member1`, …, null not counted. */
export function memberName(index: number): string {
  return `member${index}`;
}

/** What a union has beside null. */
export function valueBranches({ branches }: UnionSchema): readonly Schema[] {
  return branches.filter(({ type }) => type !== 'null');
}

function flat({ element, children }: Tree): SchemaElement[] {
  const below = children.length === 0 ? {} : { num_children: children.length };
  return [{ ...element, ...below }, ...children.flatMap(flat)];
}

function treeOf(schema: Schema, place: Place): Tree {
  switch (schema.type) {
    case 'record':
      return group(place, fieldsOf(schema, place));
    case 'union':
      return unionOf(schema, place);
    case 'array':
      return group(place, [listOf(schema.items, place)], 'LIST');
    case 'map':
      return group(place, [entriesOf(schema.values, place)], 'MAP');
    case 'null':
      throw unsupported(place, 'is always null');
    default:
      if (schema.type === 'fixed' && schema.size === 0) throw unsupported(place, 'is a fixed of no bytes');
      return { element: { ...named(place), ...columnType(schema) }, children: [] };
  }
}

function fieldsOf(record: RecordSchema, { path, inside }: Place): Tree[] {
  if (inside.includes(record)) throw unsupported({ path }, `is a ${fullName(record)} inside another one`);
  const fields = record.fields.filter(({ type }) => type.type !== 'null');
  if (fields.length === 0) throw unsupported({ path }, 'is a record without fields');
  if (fields.some(({ name }) => name === '__proto__')) throw unsupported({ path }, 'has a field __proto__');
  return fields.map(({ name, type }) =>
    treeOf(type, {
      name,
      repetition: 'REQUIRED',
      path: path === '' ? name : `${path}.${name}`,
      inside: [...inside, record],
    }),
  );
}

function unionOf(union: UnionSchema, place: Place): Tree {
  const values = valueBranches(union);
  const hasNull = values.length < union.branches.length;
  const itself: Place = hasNull ? { ...place, repetition: 'OPTIONAL' } : place;
  const [only] = values;
  if (only === undefined) throw unsupported(place, 'is always null');
  if (hasNull && values.length === 1) return treeOf(only, itself);
  const members = values.map((value, index) =>
    treeOf(value, { ...place, name: memberName(index), repetition: 'OPTIONAL' }),
  );
  return group(itself, members);
}

function listOf(items: Schema, place: Place): Tree {
  const element = treeOf(items, { ...place, name: 'element', repetition: 'REQUIRED' });
  return group({ ...place, name: 'list', repetition: 'REPEATED' }, [element]);
}

function entriesOf(values: Schema, place: Place): Tree {
  const key = treeOf(STRING, { ...place, name: 'key', repetition: 'REQUIRED' });
  const value = treeOf(values, { ...place, name: 'value', repetition: 'REQUIRED' });
  return group({ ...place, name: 'key_value', repetition: 'REPEATED' }, [key, value]);
}

const STRING: Schema = { type: 'string', properties: new Map() };

function group(place: Place, children: readonly Tree[], type?: 'LIST' | 'MAP'): Tree {
  const annotation = type === undefined ? {} : { converted_type: type, logical_type: { type } };
  return { element: { ...named(place), ...annotation }, children };
}

function named({ name, repetition }: Place): SchemaElement {
  return { name, repetition_type: repetition };
}

function unsupported({ path }: Pick<Place, 'path'>, what: string): ConnectlessError {
  const where = path === '' ? 'it' : `its field ${path}`;
  return new ConnectlessError(
    'UNSUPPORTED_SCHEMA',
    `Parquet cannot hold data of its schema, because ${where} ${what}: change the schema, or use another format.`,
  );
}
