// The bytes of a sink's Avro file, as a pure function of the log: header, blocks, parts.
import { createHash } from 'node:crypto';
import { blockBytes, containerHeader, SYNC_BYTES } from '../avro/container';
import { type BlockBuffer, datumBytes, datumsOf, empty } from './blocks';
import type { TopicPartition } from './object-key';

/**
 * A block ends with the datum that brings it to this size. It is part of what makes files deterministic: another value
 * would give a file that two versions of this code write together different bytes.
 */
const BLOCK_BYTES = 64 * 1024;

/** A file's first bytes, and the marker that ends each of its blocks. */
export interface FileStart {
  readonly header: Buffer;
  readonly sync: Buffer;
}

/** The schema stands in the header as its writer registered it; where the records come from, in `connectless.*`. */
export function startFile(
  { topic, partition }: TopicPartition,
  startOffset: number,
  schema: { readonly id: number; readonly text: string },
): FileStart {
  const hash = createHash('sha256').update(JSON.stringify([topic, partition, startOffset, schema.id, schema.text]));
  const sync = hash.digest().subarray(0, SYNC_BYTES);
  const metadata = {
    'avro.schema': schema.text,
    'avro.codec': 'null',
    'connectless.topic': topic,
    'connectless.partition': String(partition),
    'connectless.offset': String(startOffset),
    'connectless.schema.id': String(schema.id),
  };
  return { header: containerHeader(metadata, sync), sync };
}

/** Empties the block into the bytes that stand in the file; undefined when it has no datums. */
export function takeBlock(block: BlockBuffer, sync: Buffer): Buffer | undefined {
  if (block.records === 0) return undefined;
  const bytes = blockBytes(block.records, datumsOf(block), sync);
  empty(block);
  return bytes;
}

export function isFull(block: BlockBuffer): boolean {
  return datumBytes(block) >= BLOCK_BYTES;
}

/** Takes the first `size` bytes off the chunks, which must have as many. */
export function takeBytes(chunks: Buffer[], size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  let whole = 0;
  for (const chunk of chunks) {
    const copied = chunk.copy(bytes, filled);
    filled += copied;
    if (copied < chunk.length) {
      chunks[whole] = chunk.subarray(copied);
      break;
    }
    whole += 1;
  }
  chunks.splice(0, whole);
  return bytes;
}
