// Parquet files: a row group for each block of Avro datums.
import type { KeyValue } from 'hyparquet';
import type { FormatConfig } from '../../config/sink-model';
import type { FileFormat, FileIdentity } from './format';
import { type ColumnValues, footerBytes, rowGroupBytes } from './parquet-bytes';
import { pageCodec } from './parquet-codec';
import { type Layout, parquetLayout } from './parquet-layout';
import { memoOf, progressOf, recalled, remembered } from './parquet-memo';
import { holdsNegativeZero } from './parquet-negative-zero';

/*
 * file   = "PAR1" *group footer size "PAR1"
 * group  = *column                             pages of one column of the group's rows
 * footer = thrift                              schema, and where each group's columns are
 * size   = 4 OCTET                             of the footer, little-endian
 */
const MAGIC = Buffer.from('PAR1');

/** Datums in a row group: the larger, the better for readers, and the more an open file keeps in its state until it is written. */
const GROUP_BYTES = 4 * 1024 * 1024;

const LIBRARY = 'hyparquet-writer-0.17';
/** parquet-java takes the bounds of strings only from a writer whose version it can parse. */
const CREATED_BY = `connectless version 1 (build ${LIBRARY})`;

/** Remembers the row groups that it has written. Throws a ConnectlessError UNSUPPORTED_CODEC. */
export async function parquetFormat(config: Extract<FormatConfig, { kind: 'parquet' }>): Promise<FileFormat> {
  const codec = await pageCodec(config.codec);
  return {
    id: `parquet/1/${LIBRARY}/${codec.id}`,
    extension: `${codec.extension}.parquet`,
    blockBytes: GROUP_BYTES,
    verbatim: false,
    encode({ schema, bytes, start, end }) {
      const datum = bytes.subarray(start, end);
      refuseLostKeys(parquetLayout(schema), datum);
      return datum;
    },
    start: () => ({ bytes: MAGIC, memo: memoOf({ offset: MAGIC.length, groups: [] }) }),
    block(file, memo, records, datums) {
      const layout = parquetLayout(file.schema);
      const { offset, groups } = progressOf(memo);
      const { bytes, group } = rowGroupBytes(layout.elements, codec, offset, columnsOf(layout, records, datums));
      return {
        bytes,
        memo: memoOf({ offset: offset + bytes.length, groups: [...groups, remembered(group, layout.elements)] }),
      };
    },
    end(file, memo) {
      const layout = parquetLayout(file.schema);
      const { offset, groups } = progressOf(memo);
      const { elements } = layout;
      const metadata = metadataOf(file, layout);
      return footerBytes({ elements, groups: groups.map(recalled), metadata, createdBy: CREATED_BY }, offset);
    },
  };
}

/** A map's key that JavaScript's objects do not take is the record's fault: the codec says so, before the row group is made. */
function refuseLostKeys({ codec }: Layout, datum: Buffer): void {
  if (datum.includes('__proto__')) codec.decode(datum, 0);
}

function columnsOf({ codec, columns }: Layout, records: number, datums: Buffer): ColumnValues[] {
  const values = columns.map(({ name }) => ({ name, data: new Array<unknown>(records) }));
  let position = 0;
  for (let row = 0; row < records; row++) {
    const { value, end } = codec.decode(datums, position);
    const fields = value as Readonly<Record<string, unknown>>;
    columns.forEach(({ name, convert }, index) => {
      const field = fields[name];
      const column = values[index];
      if (column !== undefined) column.data[row] = convert === undefined ? field : convert(field);
    });
    position = end;
  }
  return values.map((column, index) => {
    const isPlain = columns[index]?.mayHoldNegativeZero && holdsNegativeZero(column.data);
    return isPlain ? { ...column, encoding: 'PLAIN' } : column;
  });
}

/** The schema where parquet-avro looks for it; where the records come from, in `connectless.*`. */
function metadataOf({ topic, partition, startOffset, schema }: FileIdentity, { text }: Layout): KeyValue[] {
  const id = schema?.id;
  return [
    { key: 'parquet.avro.schema', value: text },
    { key: 'connectless.topic', value: topic },
    { key: 'connectless.partition', value: String(partition) },
    { key: 'connectless.offset', value: String(startOffset) },
    ...(id === undefined ? [] : [{ key: 'connectless.schema.id', value: String(id) }]),
  ];
}
