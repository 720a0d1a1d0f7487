// What of a range of offsets a fetch has answered, and what is left to read.
import { type AbortedTransaction, withoutAborted } from './committed';
import type { LogRecord } from './topic-log';

/** A record as kafkajs's `broker.fetch` answers it, control records included. */
export interface FetchedRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | null | ReadonlyArray<Buffer | null>>>;
  readonly isControlRecord?: boolean;
  readonly batchContext?: {
    readonly timestampType?: number;
    readonly producerId?: string;
    readonly inTransaction?: boolean;
  };
}

export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
  /** Of a read-committed fetch. */
  readonly abortedTransactions?: readonly AbortedTransaction[] | null;
  readonly messages: readonly FetchedRecord[];
}

/** Offsets from `offset` up to, not including, `until`. */
export interface Range {
  readonly partition: number;
  readonly offset: number;
  readonly until: number;
}

/**
 * The records in the ranges that one leader was asked for, and the ranges that remain. The last offsets of a range need
 * not have a record (transaction markers, compaction): a leader that has nothing in any of them although its high watermark
 * has passed them has nothing to come. One empty partition beside a full one says nothing: the answer's size is limited.
 */
export function unread(
  ranges: readonly Range[],
  answer: readonly FetchedPartition[],
): { records: LogRecord[]; rest: Range[] } {
  const answerOf = (range: Range) => answer.find(({ partition }) => partition === range.partition);
  const messagesOf = (range: Range) => answerOf(range)?.messages ?? [];
  const records = ranges.flatMap((range) =>
    withoutAborted(messagesOf(range), answerOf(range)?.abortedTransactions ?? [])
      .filter((message) => !message.isControlRecord && lies(range, Number(message.offset)))
      .map((message) => logRecord(range.partition, message)),
  );
  const passed = ranges.map((range) => ({
    ...range,
    offset: Math.max(range.offset, Number(messagesOf(range).at(-1)?.offset ?? -1) + 1),
  }));
  const silent = passed.every(({ offset }, index) => offset === ranges[index]?.offset);
  const watermark = (range: Range) => Number(answerOf(range)?.highWatermark ?? -1);
  const rest = passed.filter((range) => range.offset < range.until && !(silent && watermark(range) >= range.until));
  return { records, rest };
}

function lies(range: Range, offset: number): boolean {
  return offset >= range.offset && offset < range.until;
}

const LOG_APPEND_TIME = 1;

function logRecord(partition: number, message: FetchedRecord): LogRecord {
  return {
    partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    timestampType: message.batchContext?.timestampType === LOG_APPEND_TIME ? 'LogAppendTime' : 'CreateTime',
    key: message.key,
    value: message.value,
    headers: Object.entries(message.headers ?? {}).flatMap(([name, values]) =>
      (values === null || Buffer.isBuffer(values) ? [values] : values).map((value) => [name, value] as const),
    ),
  };
}
