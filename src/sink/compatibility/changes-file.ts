// `schema.compatibility`: whether a record's schema is one that its file cannot go on with.
import type { SinkConfig } from '../../config/sink-model';
import type { DataSchema } from '../../convert/data';
import { ConnectlessError } from '../../errors';
import { forEachPair } from './pairs';
import { projection } from './projection';

/**
 * As Confluent's StorageSchemaCompatibility decides for each record of an open file. Undefined: data without a schema. Answers
 * SCHEMA_VERSION_REQUIRED, the record's fault, when versions are to be compared and one has none.
 */
export function changesFile(
  mode: SinkConfig['compatibility'],
  file: DataSchema | undefined,
  record: DataSchema | undefined,
): boolean | ConnectlessError {
  if (file === undefined || record === undefined) return file !== record;
  if (mode === 'NONE') return !isSame(file, record);
  const [version, base] = [record.version, file.version];
  if (version === undefined || base === undefined) return versionRequired(mode);
  const isBeyond = mode === 'FORWARD' ? version < base : version > base;
  return isBeyond || !(isSame(file, record) || isProjectable(record, file));
}

/** Whether either stands for the other in a file: the text decides, because another registry has other schemas under the same ids. */
export function isSame(one: DataSchema, other: DataSchema): boolean {
  return one === other || one.text === other.text;
}

const isProjectable = forEachPair((from, to) => projection(from.schema, to.schema) !== undefined);

function versionRequired(mode: string): ConnectlessError {
  return new ConnectlessError(
    'SCHEMA_VERSION_REQUIRED',
    `its schema has no version, and schema.compatibility=${mode} compares versions. Use a converter with a schema registry, or schema.compatibility=NONE.`,
  );
}
