// What a subject's compatibility level says to a new schema, as Confluent's registry decides it.
import { type Incompatibility, incompatibilities } from '../avro/compatibility';
import { parseSchema } from '../avro/schema-parse';
import type { CompatibilityLevel } from './compatibility-level';
import type { SubjectVersion } from './subjects';

/** One that data written with the other cannot be read with. */
export interface Conflict extends Incompatibility {
  readonly reader: 'new' | 'old';
}

export interface Refusal {
  readonly level: CompatibilityLevel;
  readonly subject: string;
  /** The newest version that the schema is at odds with. */
  readonly version: Pick<SubjectVersion, 'version' | 'schema'>;
  readonly conflicts: readonly Conflict[];
}

/** Of the old schema's text, as Confluent's messages show it. */
const LONGEST_SCHEMA = 10 * 1024;

/** Undefined: it may be registered. `versions` ascend; all but the levels named TRANSITIVE look at the last alone. */
export function refusal(
  level: CompatibilityLevel,
  subject: string,
  schema: string,
  versions: readonly Pick<SubjectVersion, 'version' | 'schema'>[],
): Refusal | undefined {
  if (level === 'NONE') return undefined;
  const added = parseSchema(schema);
  const compared = level.endsWith('_TRANSITIVE') ? versions.toReversed() : versions.slice(-1);
  for (const version of compared) {
    const before = parseSchema(version.schema);
    const conflicts: Conflict[] = [];
    if (!level.startsWith('BACKWARD')) {
      conflicts.push(...incompatibilities(before, added).map((found) => ({ ...found, reader: 'old' as const })));
    }
    if (!level.startsWith('FORWARD')) {
      conflicts.push(...incompatibilities(added, before).map((found) => ({ ...found, reader: 'new' as const })));
    }
    if (conflicts.length > 0) return { level, subject, version, conflicts };
  }
  return undefined;
}

/** The message of Confluent's 409. */
export function confluentMessage(refused: Refusal): string {
  const details = confluentDetails(refused).join(', ');
  return `Schema being registered is incompatible with an earlier schema for subject "${refused.subject}", details: [${details}]`;
}

/** The messages of Confluent's compatibility check. */
export function confluentDetails({ level, version, conflicts }: Refusal): string[] {
  const { length } = version.schema;
  const shown =
    length <= LONGEST_SCHEMA
      ? `'${version.schema}'`
      : `<truncated to ${LONGEST_SCHEMA} characters> '${version.schema.slice(0, LONGEST_SCHEMA)}'`;
  return [
    ...conflicts.map(confluentDetail),
    `{oldSchemaVersion: ${version.version}}`,
    `{oldSchema: ${shown}}`,
    `{validateFields: 'false', compatibility: '${level}'}`,
  ];
}

function confluentDetail(conflict: Conflict): string {
  return `{errorType:'${conflict.rule}', description:'${description(conflict)}', additionalInfo:'${conflict.what}'}`;
}

function description({ rule, path, what, reader }: Conflict): string {
  const writer = reader === 'new' ? 'old' : 'new';
  switch (rule) {
    case 'FIXED_SIZE_MISMATCH':
      return `The size of FIXED type field at path '${path}' in the ${reader} schema does not match with the ${writer} schema`;
    case 'TYPE_MISMATCH':
      return `The type (path '${path}') of a field in the ${reader} schema does not match with the ${writer} schema`;
    case 'NAME_MISMATCH':
      return `The name of the schema has changed (path '${path}')`;
    case 'MISSING_ENUM_SYMBOLS':
      return `The ${reader} schema is missing enum symbols '${what}' at path '${path}' in the ${writer} schema`;
    case 'MISSING_UNION_BRANCH':
      return `The ${reader} schema is missing a type inside a union field at path '${path}' in the ${writer} schema`;
    case 'READER_FIELD_MISSING_DEFAULT_VALUE':
      return `The field '${what}' at path '${path}' in the ${reader} schema has no default value and is missing in the ${writer} schema`;
  }
}
