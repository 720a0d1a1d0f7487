// Which partition each row of a batch goes to, chosen so that whoever produces the row again chooses the same.
import { readWireHeader } from '../avro/wire';
import { partitionOf } from '../kafka/partition';
import type { Batch } from './batch';
import type { PageIntent, RowsAsMessages, RowsById } from './cursor';

/** Messages on their way, and how the intent names them. */
export interface Placed {
  readonly messages: RowsAsMessages['messages'];
  readonly rows: RowsById | RowsAsMessages;
}

/**
 * By the key as Java's default partitioner has it; without one by the id; without both by the value.
 * @param column the incrementing column's name, where the rows can be read again by its values
 */
export function placed(batch: Batch, partitions: number, column: string | undefined): Placed {
  const { ids, keys, values } = batch;
  const messages = values.map((value, index) => {
    const key = keys?.[index] ?? null;
    const id = ids?.[index];
    return { partition: partitionFor(key, id, value, partitions), key, value };
  });
  const [first] = values;
  if (column === undefined || ids === undefined || first === undefined || !areDistinct(ids)) {
    return { messages, rows: { messages } };
  }
  const schema = readWireHeader(first);
  const written = schema === undefined ? {} : { schema };
  const chosen = keys === undefined ? {} : { partitions: messages.map(({ partition }) => partition) };
  return { messages, rows: { column, ...written, ids, ...chosen } };
}

/** Which of two rows with one id is in the topic, an id does not tell. */
function areDistinct(ids: readonly bigint[]): boolean {
  return new Set(ids).size === ids.length;
}

function partitionFor(key: Buffer | null, id: bigint | undefined, value: Buffer, partitions: number): number {
  if (key !== null) return partitionOf(key, partitions);
  return id === undefined ? partitionOf(value, partitions) : partitionOfId(id, partitions);
}

function partitionOfId(id: bigint, partitions: number): number {
  const count = BigInt(partitions);
  return Number(((id % count) + count) % count);
}

/** Where the rows of an intent went, or were to go. */
export function expectedIds({ ends }: PageIntent, { ids, partitions }: RowsById): { id: bigint; partition: number }[] {
  return ids.map((id, index) => ({ id, partition: partitions?.[index] ?? partitionOfId(id, ends.length) }));
}
