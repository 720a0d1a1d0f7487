// What differs between two versions of a record's schema, field by field.
import { fullName, type Schema } from '../avro/schema';
import { parseSchema } from '../avro/schema-parse';
import { typeText } from './column-conflict';

/** `column "b" is new (int, nullable)`, a line for each; empty: nothing that a reader would notice. */
export function schemaChanges(before: string, after: string): string[] {
  const [old, now] = [parseSchema(before), parseSchema(after)];
  if (old.type !== 'record' || now.type !== 'record') return changed('it', old, now);
  const renamed = fullName(old) === fullName(now) ? [] : [`the record ${fullName(old)} becomes ${fullName(now)}`];
  const olds = new Map(old.fields.map((field) => [field.name, field.type]));
  const nows = new Map(now.fields.map((field) => [field.name, field.type]));
  return [
    ...renamed,
    ...now.fields.flatMap(({ name, type }) => {
      const was = olds.get(name);
      return was === undefined
        ? [`column "${name}" is new (${typeText(type)})`]
        : changed(`column "${name}"`, was, type);
    }),
    ...old.fields.flatMap(({ name }) => (nows.has(name) ? [] : [`column "${name}" is gone`])),
  ];
}

function changed(what: string, was: Schema, now: Schema): string[] {
  const [from, to] = [typeText(was), typeText(now)];
  return from === to ? [] : [`${what} was ${from} and becomes ${to}`];
}
