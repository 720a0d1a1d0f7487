// A page as Avro: schemas registered when they change, each row in the registry's wire format.
import { WIRE_HEADER_BYTES, wireHeader } from '../avro/wire';
import type { TableSettings, TypesConfig } from '../config/source-model';
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

/** What becomes of a table's rows. */
export interface RecordSettings {
  readonly topic: string;
  readonly types: TypesConfig;
  readonly recordName?: string;
  readonly key?: TableSettings['key'];
}

/** One of each a row. */
export interface Batch {
  /** Absent: the mode has none. */
  readonly ids?: readonly bigint[];
  /** Absent: without a key, as Connect's. */
  readonly keys?: readonly Buffer[];
  readonly values: readonly Buffer[];
}

interface Encoding {
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly value: DatumWriter;
  readonly key: DatumWriter | undefined;
}

/** Writes the registry's header, and the datum. */
type DatumWriter = (out: AvroOutput, row: Row) => void;

/**
 * @param primaryKey asked for with each page when there is to be a key: it may change. Throws TABLE_UNSUPPORTED, ROW_UNWRITABLE and
 * what the registry says to the schemas.
 */
export function batchEncoder(
  source: RecordSource,
  settings: RecordSettings,
  registry: SourceRegistry,
  primaryKey: () => Promise<readonly string[]>,
): (page: Page) => Promise<Batch> {
  const { topic, types, key } = settings;
  let encoding: Encoding | undefined;

  const keyOf = async (columns: readonly Column[], names: readonly string[]) => {
    if (key === undefined) return undefined;
    const id = await registry.register(keySubject(topic), keySchema(source, columns, names, key, settings));
    return withHeader(id, keyWriter(columns, names, key, types));
  };
  const encodingOf = async ({ columns, idIndex }: Page, names: readonly string[]): Promise<Encoding> => {
    const writer = await keyOf(columns, names);
    const schemaOf = (all: readonly Column[]) => tableSchema(source, all, settings);
    const fitting = await fittingSchema(registry, valueSubject(topic), columns, schemaOf);
    return {
      columns,
      primaryKey: names,
      key: writer,
      value: withHeader(fitting.id, rowWriter(source, fitting.columns, types, idIndex)),
    };
  };

  return async (page) => {
    const names = key === undefined ? [] : await primaryKey();
    const isKnown = encoding !== undefined && same(encoding.columns, page.columns) && same(encoding.primaryKey, names);
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
    ...(key === undefined ? {} : { keys: written(rows, key) }),
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
