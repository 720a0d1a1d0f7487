// One conflict of two schemas in the words of the table that they were made of.
import { fullName, optionalBranch, type RecordSchema, type Schema } from '../avro/schema';
import type { Conflict } from './compatibility';

export interface ToldConflict {
  readonly line: string;
  /** What to do to the table. */
  readonly cure?: string;
}

export function toldConflict(conflict: Conflict, added: Schema, before: Schema): ToldConflict {
  const [column] = conflict.fields;
  const [now, then] = [fieldType(added, column), fieldType(before, column)];
  const told = ({ line, ...rest }: ToldConflict) => ({ line: `${line} (${conflict.rule})`, ...rest });
  if (column === undefined) return told(wholeChange(conflict, added, before));
  const name = [column, ...conflict.fields.slice(1)].map((part) => `"${part}"`).join('.');
  if (conflict.rule !== 'READER_FIELD_MISSING_DEFAULT_VALUE') return told(changedColumn(name, now, then));
  return told(conflict.reader === 'new' ? newColumn(name) : goneColumn(name));
}

/** Undefined: the schema has no such field. */
function fieldType(schema: Schema, name: string | undefined): Schema | undefined {
  return schema.type === 'record' ? schema.fields.find((field) => field.name === name)?.type : undefined;
}

function wholeChange({ rule }: Conflict, added: Schema, before: Schema): ToldConflict {
  if (rule !== 'NAME_MISMATCH' || !isRecord(before) || !isRecord(added)) {
    return { line: `it was ${typeText(before)} and is ${typeText(added)} now` };
  }
  return {
    line: `its record was named ${fullName(before)} and is ${fullName(added)} now`,
    cure: `keep the name: connectless.table.<table>.record.name=${fullName(before)}`,
  };
}

function newColumn(name: string): ToldConflict {
  return {
    line: `column ${name} is new and NOT NULL: there is no value for it in the rows of before, and Connect's schemas keep no column's DEFAULT`,
    cure: `let it be nullable: ALTER COLUMN ${name} DROP NOT NULL`,
  };
}

function goneColumn(name: string): ToldConflict {
  return {
    line: `column ${name}, which was NOT NULL, is gone: who reads with the schema of before must have a value for it`,
    cure: `keep column ${name}, or under another name add it once more`,
  };
}

/** A field that took another name by an alias is not found under its own. */
function changedColumn(name: string, now: Schema | undefined, then: Schema | undefined): ToldConflict {
  const [is, was] = [now, then].map((schema) => (schema === undefined ? 'another type' : typeText(schema)));
  if (is === `${was}, nullable`) {
    return { line: `column ${name} is nullable now and was NOT NULL`, cure: `ALTER COLUMN ${name} SET NOT NULL` };
  }
  if (was === `${is}, nullable`) {
    return { line: `column ${name} is NOT NULL now and was nullable`, cure: `ALTER COLUMN ${name} DROP NOT NULL` };
  }
  return {
    line: `column ${name} was ${was} and is ${is} now`,
    cure: `leave column ${name} as it was, and add a nullable column of the new type`,
  };
}

/** `int`, `decimal(10,2)`, `array of string, nullable`. */
export function typeText(schema: Schema): string {
  switch (schema.type) {
    case 'union': {
      const only = optionalBranch(schema);
      return only === undefined ? `one of ${schema.branches.map(typeText).join(', ')}` : `${typeText(only)}, nullable`;
    }
    case 'array':
      return `array of ${typeText(schema.items)}`;
    case 'map':
      return `map of ${typeText(schema.values)}`;
    case 'record':
    case 'enum':
      return `${schema.type} ${fullName(schema)}`;
    case 'fixed':
      return `fixed(${schema.size}) ${fullName(schema)}`;
    default:
      return logicalText(schema) ?? schema.type;
  }
}

function logicalText({ properties }: Exclude<Schema, { type: 'union' }>): string | undefined {
  const [logical, connect] = [properties.get('logicalType'), properties.get('connect.type')];
  if (logical === 'decimal') return `decimal(${properties.get('precision') ?? '?'},${properties.get('scale') ?? 0n})`;
  const name = logical ?? connect;
  return typeof name === 'string' ? name : undefined;
}

function isRecord(schema: Schema): schema is RecordSchema {
  return schema.type === 'record';
}
