// A page as Avro: schemas registered when they change, each row in the registry's wire format.
import { WIRE_HEADER_BYTES, wireHeader } from '../avro/wire';
import type { TypesConfig } from '../config/source-model';
import { keySubject, valueSubject } from '../registry/registry';
import { fittingSchema, type SourceRegistry } from './fitting-schema';
import type { Page } from './mode';
import { type AvroOutput, avroOutput, reserve } from './record/avro-output';
import type { Column } from './record/column';
import { keySchema, keyWriter } from './record/key';
import type { RecordSource } from './record/record-source';
import { type RowWriter, rowWriter } from './record/row';
import { tableSchema } from './record/table-schema';
import { idOf, type Row } from './table';
import type { TableChoice } from './table-choice';

/** What becomes of a table's rows. */
export interface RecordSettings extends Pick<TableChoice, 'topic' | 'recordName' | 'key' | 'keyFields'> {
  readonly types: TypesConfig;
}

/** One of each a row. */
export interface Batch {
  /** Absent: the mode has none. */
  readonly ids?: readonly bigint[];
  /** Absent: without a key, as Connect's. Null: the field that is the key is null, and Connect's AvroConverter then writes none. */
  readonly keys?: readonly (Buffer | null)[];
  readonly values: readonly Buffer[];
}

interface Encoding {
  readonly columns: readonly Column[];
  readonly keyFields: readonly string[];
  readonly value: DatumWriter;
  readonly key: DatumWriter | undefined;
}

/** Writes the registry's header, and the datum; nothing for a key that is null. */
type DatumWriter = (out: AvroOutput, row: Row) => void;

/**
 * @param primaryKey asked for with each page when the key is made of it: it may change. Throws TABLE_UNSUPPORTED, ROW_UNWRITABLE and
 * what the registry says to the schemas.
 */
export function batchEncoder(
  source: RecordSource,
  settings: RecordSettings,
  registry: SourceRegistry,
  primaryKey: () => Promise<readonly string[]>,
): (page: Page) => Promise<Batch> {
  const { topic, types, key, keyFields } = settings;
  let encoding: Encoding | undefined;

  const keyOf = async (columns: readonly Column[], names: readonly string[]) => {
    if (key === undefined) return undefined;
    const schemaOf = (all: readonly Column[]) => keySchema(source, all, names, key, types);
    const fitting = await fittingSchema(registry, keySubject(topic), columns, schemaOf);
    const write = withHeader(fitting.id, keyWriter(fitting.columns, names, key, types));
    const nullAt = key === 'field' ? columns.findIndex(({ name }) => name === names[0]) : -1;
    return (out: AvroOutput, row: Row) => {
      if (row[nullAt] !== null) write(out, row);
    };
  };
  const encodingOf = async ({ columns, idIndex }: Page, names: readonly string[]): Promise<Encoding> => {
    const writer = await keyOf(columns, names);
    const schemaOf = (all: readonly Column[]) => tableSchema(source, all, settings);
    const fitting = await fittingSchema(registry, valueSubject(topic), columns, schemaOf);
    return {
      columns,
      keyFields: names,
      key: writer,
      value: withHeader(fitting.id, rowWriter(source, fitting.columns, types, idIndex)),
    };
  };

  return async (page) => {
    const names = key === undefined ? [] : (keyFields ?? (await primaryKey()));
    const isKnown = encoding !== undefined && same(encoding.columns, page.columns) && same(encoding.keyFields, names);
    if (encoding === undefined || !isKnown) encoding = await encodingOf(page, names);
    return encode(page, encoding);
  };
}

function withHeader(schemaId: number, write: RowWriter): DatumWriter {
  const header = wireHeader(schemaId);
  return (out, row) => {
    reserve(out, WIRE_HEADER_BYTES);
    out.bytes.set(header, out.end);
    out.end += WIRE_HEADER_BYTES;
    write(out, row);
  };
}

function encode({ rows, idIndex }: Page, { key, value }: Encoding): Batch {
  return {
    values: written(rows, value),
    ...(key === undefined ? {} : { keys: written(rows, key).map((bytes) => (bytes.length === 0 ? null : bytes)) }),
    ...(idIndex === undefined ? {} : { ids: rows.map((row) => idOf(row, idIndex)) }),
  };
}

/** One buffer for all rows: the answer's are slices of it. */
function written(rows: readonly Row[], write: DatumWriter): Buffer[] {
  const out = avroOutput();
  const ends = rows.map((row) => {
    write(out, row);
    return out.end;
  });
  return ends.map((end, index) => out.bytes.subarray(ends[index - 1] ?? 0, end));
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
