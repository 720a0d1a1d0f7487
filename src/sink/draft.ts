// A partition's state while records are put into it: open files that grow, complete ones, parts that have filled up.
import type { SinkConfig } from '../config/model';
import { type BlockBuffer, blockBuffer, datumsOf, refill } from './blocks';
import { isFull, startFile, takeBlock, takeBytes } from './container-stream';
import { encodedPartition, objectKey, type TopicPartition } from './object-key';
import { bytesIn, type FileBytes, type OpenFile, type PartitionState, type Seen } from './partition-state';
import { closesAfter, closesBefore, type FileSoFar } from './rotation';

/** Full parts of one file, in order. */
export interface FullParts {
  readonly file: FileBytes;
  readonly bodies: readonly Buffer[];
}

interface DraftFile extends FileSoFar {
  /** As it was before this batch, or when it was opened. */
  readonly base: OpenFile;
  readonly block: BlockBuffer;
  readonly tail: Buffer[];
  tailBytes: number;
  readonly bodies: Buffer[];
  records: number;
  fullParts: number;
}

export interface Draft {
  readonly source: TopicPartition;
  readonly config: SinkConfig;
  /** DefaultPartitioner's, the same for every record. */
  readonly encodedPartition: string;
  first: Seen | undefined;
  last: Seen | undefined;
  open: DraftFile[];
  readonly closed: DraftFile[];
  /** To be closed since before this batch. */
  readonly closing: readonly FileBytes[];
  /** Where the next record is decoded: the block of the file that it probably belongs to. */
  staging: BlockBuffer;
  /** Of closed files. */
  readonly spare: BlockBuffer[];
}

interface DraftInput {
  readonly source: TopicPartition;
  readonly config: SinkConfig;
  readonly state: PartitionState | undefined;
}

export function draftOf({ source, config, state }: DraftInput): Draft {
  const open = (state?.open ?? []).map((file) => {
    const block = blockBuffer();
    refill(block, file.block.records, file.block.datums);
    return draftFile(file, block);
  });
  const spare = open.length === 0 ? [blockBuffer()] : [];
  const staging = open.at(-1)?.block ?? spare[0] ?? blockBuffer();
  return {
    source,
    config,
    encodedPartition: encodedPartition(source),
    first: state?.first,
    last: state?.last,
    open,
    closed: [],
    closing: state?.closing ?? [],
    staging,
    spare,
  };
}

function draftFile(base: OpenFile, block: BlockBuffer): DraftFile {
  return {
    base,
    block,
    tail: [...base.tail],
    tailBytes: bytesIn(base.tail),
    bodies: [],
    schemaId: base.schemaId,
    records: base.records,
    fullParts: base.upload?.etags.length ?? 0,
  };
}

/** The open file that takes the record; a rotation that the record causes is done first. */
export function fileFor(draft: Draft, schema: { id: number; text: string }, record: Seen): DraftFile {
  const open = openFileOf(draft, draft.encodedPartition);
  if (open !== undefined && !closesBefore(open, schema.id)) return open;
  if (open !== undefined) closeAll(draft);
  return openFile(draft, draft.encodedPartition, schema, record);
}

function openFileOf(draft: Draft, encoded: string): DraftFile | undefined {
  for (const file of draft.open) if (file.base.encodedPartition === encoded) return file;
  return undefined;
}

/** Counts the record that was kept, and does the rotation that it completes. */
export function recordKept(draft: Draft, file: DraftFile, record: Seen): void {
  file.records += 1;
  draft.first ??= record;
  draft.last = record;
  draft.staging = file.block;
  if (isFull(file.block)) finishBlock(file);
  if (closesAfter(file, draft.config)) closeAll(draft);
}

/** The state as the draft leaves it, undefined when no record was ever taken, and the parts that have filled up. */
export function nextStateOf(draft: Draft): { state?: PartitionState; parts: FullParts[] } {
  const files = [...draft.closed, ...draft.open];
  const parts = files.filter(({ bodies }) => bodies.length > 0).map(({ base, bodies }) => ({ file: base, bodies }));
  if (draft.first === undefined || draft.last === undefined) return { parts };
  const [first, last] = [seen(draft.first), seen(draft.last)];
  const open = draft.open.map((file) => ({
    ...file.base,
    tail: file.tail,
    records: file.records,
    block: { records: file.block.records, datums: Buffer.from(datumsOf(file.block)) },
  }));
  return { state: { first, last, open, closing: [...draft.closing, ...draft.closed.map(complete)] }, parts };
}

function seen({ offset, timestamp }: Seen): Seen {
  return { offset, timestamp };
}

function complete({ base, tail }: DraftFile): FileBytes {
  const { key, startOffset, firstTimestamp, partSize, sync, upload } = base;
  return {
    key,
    startOffset,
    ...(firstTimestamp === undefined ? {} : { firstTimestamp }),
    partSize,
    sync,
    ...(upload === undefined ? {} : { upload }),
    tail,
  };
}

function openFile(draft: Draft, encoded: string, schema: { id: number; text: string }, first: Seen) {
  const { source, config } = draft;
  const { offset: startOffset, timestamp: firstTimestamp } = first;
  const { header, sync } = startFile(source, startOffset, schema);
  const base: OpenFile = {
    key: objectKey(config, source, encoded, startOffset),
    startOffset,
    firstTimestamp,
    partSize: config.partSize,
    sync,
    tail: [],
    encodedPartition: encoded,
    schemaId: schema.id,
    records: 0,
    block: { records: 0, datums: Buffer.alloc(0) },
  };
  const block = draft.spare.pop() ?? blockBuffer();
  const file = { ...draftFile(base, block), tail: [header], tailBytes: header.length };
  draft.open.push(file);
  return file;
}

/** A rotation closes every open file of the partition, as Kafka Connect's does. */
function closeAll(draft: Draft): void {
  for (const file of draft.open) {
    finishBlock(file);
    draft.spare.push(file.block);
  }
  draft.closed.push(...draft.open);
  draft.open = [];
}

function finishBlock(file: DraftFile): void {
  const bytes = takeBlock(file.block, file.base.sync);
  if (bytes === undefined) return;
  file.tail.push(bytes);
  file.tailBytes += bytes.length;
  while (file.tailBytes >= file.base.partSize) {
    file.bodies.push(takeBytes(file.tail, file.base.partSize));
    file.tailBytes -= file.base.partSize;
    file.fullParts += 1;
  }
}
