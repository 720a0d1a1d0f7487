// All that a schema means for a Parquet file, compiled once for each schema.
import type { SchemaElement } from 'hyparquet';
import { type Codec, codec } from '../../avro/codec';
import { optionalBranch, type RecordSchema, type Schema } from '../../avro/schema';
import { printSchema } from '../../avro/schema-print';
import type { DataSchema } from '../../convert/data';
import { ConnectlessError, messageOf } from '../../errors';
import { mayHoldNegativeZero } from './parquet-negative-zero';
import { parquetSchema } from './parquet-schema';
import { parquetValue } from './parquet-values';

interface Column {
  readonly name: string;
  readonly mayHoldNegativeZero: boolean;
  readonly convert: ((value: unknown) => unknown) | undefined;
}

export interface Layout {
  /** As the footer has it. */
  readonly elements: readonly SchemaElement[];
  /** Those of the record's fields that are columns or groups of them. */
  readonly columns: readonly Column[];
  readonly codec: Codec;
  /** Of the records, for `parquet.avro.schema`. */
  readonly text: string;
}

/** Throws a ConnectlessError SCHEMA_REQUIRED or UNSUPPORTED_SCHEMA. */
export function parquetLayout(schema: DataSchema | undefined): Layout {
  if (schema === undefined) throw schemaRequired();
  const known = layouts.get(schema) ?? layoutOrError(schema);
  layouts.set(schema, known);
  if (known instanceof ConnectlessError) throw known;
  return known;
}

const layouts = new WeakMap<DataSchema, Layout | ConnectlessError>();

/** Schemas are not judged when they are read, so the codec may be the first that cannot take one: two fields of one name. */
function layoutOrError(schema: DataSchema): Layout | ConnectlessError {
  try {
    return layoutOf(schema);
  } catch (error) {
    if (error instanceof ConnectlessError) return error;
    return new ConnectlessError('UNSUPPORTED_SCHEMA', `Its schema cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function layoutOf({ schema, text }: DataSchema): Layout {
  const record = recordOf(schema);
  const elements = parquetSchema(record);
  const columns = record.fields
    .filter(({ type }) => type.type !== 'null')
    .map(({ name, type }) => ({ name, mayHoldNegativeZero: mayHoldNegativeZero(type), convert: parquetValue(type) }));
  return { elements, columns, codec: codec(schema), text: record === schema ? text : printSchema(record) };
}

/** Null values never come here, so a record that is optional always is there. */
function recordOf(schema: Schema): RecordSchema {
  const itself = schema.type === 'union' ? optionalBranch(schema) : schema;
  if (itself?.type === 'record') return itself;
  throw new ConnectlessError(
    'UNSUPPORTED_SCHEMA',
    `Parquet holds records, and this is ${schema.type}: write records, or use another format.`,
  );
}

function schemaRequired(): ConnectlessError {
  return new ConnectlessError(
    'SCHEMA_REQUIRED',
    'Records without a schema cannot be written as Parquet: use a converter that has schemas, or JsonFormat.',
  );
}
