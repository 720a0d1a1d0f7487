// Which partition each row of a batch goes to, chosen so that whoever produces the row again chooses the same.
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
  if (column === undefined || ids === undefined) return { messages, rows: { messages } };
  const chosen = keys === undefined ? {} : { partitions: messages.map(({ partition }) => partition) };
  return { messages, rows: { column, ids, ...chosen } };
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
