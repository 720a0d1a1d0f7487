// Numbered rows: partition by partition from 0 on, so that whoever reads the files sees what is missing or there twice.
import { Type } from 'avsc';
import { wireHeader } from '../../../src/avro/wire';
import type { Message } from '../../../src/kafka/topic-log';

export interface Row {
  readonly partition: number;
  /** Its offset. */
  readonly number: number;
  readonly text: string;
}

const schema = {
  type: 'record' as const,
  name: 'Row',
  fields: [
    { name: 'partition', type: 'int' as const },
    { name: 'number', type: 'long' as const },
    { name: 'text', type: 'string' as const },
  ],
};
export const rowSchema = JSON.stringify(schema);
const rowType = Type.forSchema(schema);

export interface RowsOptions {
  readonly partitions: number;
  readonly schemaId: number;
  /** Characters of a row's text. */
  readonly length: number;
}

/** The rows from `from` up to `until` of all, dealt to the partitions in turn. */
export function rowMessages(from: number, until: number, { partitions, schemaId, length }: RowsOptions): Message[] {
  return Array.from({ length: until - from }, (_, index) => {
    const partition = (from + index) % partitions;
    const number = Math.floor((from + index) / partitions);
    const row: Row = { partition, number, text: textOf(partition, number, length) };
    const value = Buffer.concat([wireHeader(schemaId), rowType.toBuffer(row)]);
    return { partition, key: null, value };
  });
}

export function textOf(partition: number, number: number, length: number): string {
  return `${partition}:${number} `.repeat(Math.ceil(length / 4)).slice(0, length);
}
