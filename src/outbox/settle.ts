// What is still to be produced after a crash: decided from the intent and the topic's log alone.
import type { LogRecord } from '../kafka/topic-log';

/**
 * Written to the state before the first message of a batch leaves: whoever finds it knows where in the topic to look,
 * and until when its writer may still be producing.
 */
export interface Intent {
  /** The invocation that wrote it. */
  readonly owner: string;
  /** Its deadline, epoch milliseconds: until then, and for the client's request time-out, messages may still land. */
  readonly until: number;
  /** Log-end offset of each partition of the topic before the first message. */
  readonly ends: readonly number[];
}

/** Whether the record is the expected message: its id, or its content, is equal. */
type Same<Expected> = (expected: Expected, record: LogRecord) => boolean;

export interface Unsettled<Expected> {
  /** What is still to be produced, in the order in which it was expected. */
  readonly missing: readonly Expected[];
  /** For each partition the offset behind its last landed message: where to look for the next one. */
  readonly ends: readonly number[];
}

/**
 * Walks the log from the intent's ends and finds which of the expected messages have landed: in each partition the first
 * ones, because it is appended to in order. Records of other producers in between are passed over.
 */
export async function unsettled<Expected extends { readonly partition: number }>(
  expected: readonly Expected[],
  log: AsyncIterable<LogRecord>,
  ends: readonly number[],
  same: Same<Expected>,
): Promise<Unsettled<Expected>> {
  const partitions = ends.map((end, partition) => ({
    queue: expected.filter((message) => message.partition === partition),
    landed: 0,
    end,
  }));
  for await (const record of log) {
    const partition = partitions[record.partition];
    const next = partition?.queue[partition.landed];
    if (partition === undefined || next === undefined || !same(next, record)) continue;
    partition.landed += 1;
    partition.end = record.offset + 1;
  }
  const settled = new Set(partitions.flatMap(({ queue, landed }) => queue.slice(0, landed)));
  return {
    missing: expected.filter((message) => !settled.has(message)),
    ends: partitions.map(({ end }) => end),
  };
}
