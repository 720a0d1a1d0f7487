// Rows of a made-up table: what is in the database, and what can be told from a record on the topic.
import { readLong } from '../../../src/avro/varint';
import { WIRE_HEADER_BYTES } from '../../../src/avro/wire';
import type { Column } from '../../../src/source/record/column';
import type { Row } from '../../../src/source/table';

/** One version of a row. */
export interface Version {
  /** Which row it is one of. */
  readonly row: number;
  /** The row's primary key: its number, but for twins. */
  readonly key: number;
  /** Unlike that of any other version, but for twins. */
  readonly text: string;
  readonly id: bigint;
  /** Microseconds since 1970. */
  readonly time: bigint;
  readonly xid: bigint;
}

const NOT_NULL = { isEnum: false, typmod: -1, nullable: false };
const LONG = { ...NOT_NULL, declared: 'bigint', type: 'int8' };

/** The id does not come first. */
export const COLUMNS: readonly Column[] = [
  { ...NOT_NULL, name: 'text', declared: 'text', type: 'text' },
  { ...LONG, name: 'key' },
  { ...LONG, name: 'id' },
  { ...NOT_NULL, name: 'time', declared: 'timestamp with time zone', type: 'timestamptz' },
];
export const ADDED: Column = { ...LONG, name: 'added', nullable: true };
export const ID_INDEX = 2;

export function rowOf({ text, key, id, time }: Version, columns: readonly Column[]): Row {
  return [text, String(key), String(id), timestamptz(time), null].slice(0, columns.length);
}

function timestamptz(micros: bigint): string {
  const whole = new Date(Number(micros / 1000n)).toISOString().replace('T', ' ').slice(0, 19);
  return `${whole}.${String(micros % 1_000_000n).padStart(6, '0')}+00`;
}

/** What a record of ours tells of its row. */
export interface Seen {
  readonly text: string;
  readonly key: number;
  readonly id: bigint;
}

/** Of a datum behind its header. */
export function seenIn(value: Buffer): Seen {
  const size = long(value, WIRE_HEADER_BYTES);
  const end = size.end + Number(size.value);
  const key = long(value, end);
  const id = long(value, key.end);
  return { text: value.toString('utf8', size.end, end), key: Number(key.value), id: id.value };
}

function long(value: Buffer, position: number): { value: bigint; end: number } {
  const read = readLong(value, position);
  if (read === undefined) throw new Error('a record that no row can be');
  return read;
}
