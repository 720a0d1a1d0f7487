// Row groups and the footer, by hyparquet-writer: it is given the offset and the row groups that it would have counted itself.
import type { DecodedArray, KeyValue, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { PageCodec } from './parquet-codec';

/** Values of one of the message's fields, one of each row. */
export interface ColumnValues {
  readonly name: string;
  readonly data: DecodedArray;
  /** Absent: with a dictionary where that is shorter. */
  readonly encoding?: 'PLAIN';
}

/** @param offset of the row group in its file */
export function rowGroupBytes(
  elements: readonly SchemaElement[],
  codec: PageCodec,
  offset: number,
  columns: readonly ColumnValues[],
): { readonly bytes: Buffer; readonly group: RowGroup } {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: elements.map(asWritten),
    codec: codec.name,
    compressors: codec.compress === undefined ? {} : { [codec.name]: codec.compress },
  });
  moveTo(bytes, offset);
  const rows = columns[0]?.data.length ?? 0;
  writer.write({ columnData: columns.map((column) => ({ ...column, offsetIndex: false })), rowGroupSize: rows });
  const [group] = writer.row_groups;
  if (group === undefined) throw new TypeError('A row group needs at least one row');
  return { bytes: Buffer.from(bytes.getBytes()), group };
}

interface Footer {
  readonly elements: readonly SchemaElement[];
  readonly groups: readonly RowGroup[];
  readonly metadata: readonly KeyValue[];
  readonly createdBy: string;
}

/** With the magic behind it. @param offset of the footer in its file */
export function footerBytes({ elements, groups, metadata, createdBy }: Footer, offset: number): Buffer {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: [...elements], kvMetadata: [...metadata], createdBy });
  moveTo(bytes, offset);
  writer.row_groups = [...groups];
  writer.num_rows = groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
  writer.finish();
  return Buffer.from(bytes.getBytes());
}

/** Forgets the magic, with which every writer begins. */
function moveTo(bytes: ByteWriter, offset: number): void {
  bytes.index = 0;
  bytes.offset = offset;
}

/** For the library a decimal is a number; its bytes are already there. */
function asWritten(element: SchemaElement): SchemaElement {
  if (element.converted_type !== 'DECIMAL') return element;
  const { converted_type: _, ...bytes } = element;
  return bytes;
}
