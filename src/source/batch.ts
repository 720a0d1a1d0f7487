// A page as messages: the schema registered when it changes, each row in the registry's wire format.
import { WIRE_HEADER_BYTES, wireHeader } from '../avro/wire';
import type { Message } from '../kafka/topic-log';
import { type SchemaRegistry, valueSubject } from '../registry/registry';
import { avroOutput, reserve } from './record/avro-output';
import type { Column } from './record/column';
import { type RowWriter, rowWriter } from './record/row';
import { tableSchema } from './record/table-schema';
import { idOf, type Page, type TableName } from './table';

/** Ids and messages' values, one of each a row. */
export interface Batch {
  readonly ids: readonly bigint[];
  readonly values: readonly Buffer[];
}

interface Encoding {
  readonly columns: readonly Column[];
  readonly header: Buffer;
  readonly write: RowWriter;
}

/** Throws TABLE_UNSUPPORTED, ROW_UNWRITABLE and what the registry says to the schema. */
export function batchEncoder(
  table: TableName,
  topic: string,
  registry: SchemaRegistry,
): (page: Page) => Promise<Batch> {
  let encoding: Encoding | undefined;

  return async (page) => {
    if (encoding === undefined || !sameColumns(encoding.columns, page.columns)) {
      const id = await registry.register(valueSubject(topic), tableSchema(table, page.columns));
      const write = rowWriter(table, page.columns, page.idIndex);
      encoding = { columns: page.columns, header: wireHeader(id), write };
    }
    return encode(page, encoding);
  };
}

/** Without a key, as Connect's. The partition is chosen from the id alone, so that whoever produces the row again chooses the same. */
export function messages({ ids, values }: Batch, partitions: number): Message[] {
  return values.map((value, index) => ({ partition: partitionOfId(ids[index] ?? 0n, partitions), key: null, value }));
}

export function partitionOfId(id: bigint, partitions: number): number {
  const count = BigInt(partitions);
  return Number(((id % count) + count) % count);
}

/** One buffer for all rows: the values are slices of it. */
function encode({ rows, idIndex }: Page, { header, write }: Encoding): Batch {
  const out = avroOutput();
  const ends = rows.map((row) => {
    reserve(out, WIRE_HEADER_BYTES);
    out.bytes.set(header, out.end);
    out.end += WIRE_HEADER_BYTES;
    write(out, row);
    return out.end;
  });
  return {
    ids: rows.map((row) => idOf(row, idIndex)),
    values: ends.map((end, index) => out.bytes.subarray(ends[index - 1] ?? 0, end)),
  };
}

function sameColumns(a: readonly Column[], b: readonly Column[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
