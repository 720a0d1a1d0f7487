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

export interface Landed {
  /** How many of the expected messages are in the log: always the first ones, because a partition is appended to in order. */
  readonly count: number;
  /** The offset behind the last of them; where to look for the next one. */
  readonly end: number;
}

/**
 * Walks one partition's log and finds which of the messages expected there have landed. Records of other producers in
 * between are passed over.
 */
export function landed<Expected>(
  expected: readonly Expected[],
  log: Iterable<LogRecord>,
  from: number,
  same: Same<Expected>,
): Landed {
  let found: Landed = { count: 0, end: from };
  for (const record of log) found = pass(found, expected, record, same);
  return found;
}

/** Whether the record is the expected message: its id, or its content, is equal. */
type Same<Expected> = (expected: Expected, record: LogRecord) => boolean;

function pass<Expected>(found: Landed, expected: readonly Expected[], record: LogRecord, same: Same<Expected>): Landed {
  const next = expected[found.count];
  if (next === undefined || !same(next, record)) return found;
  return { count: found.count + 1, end: record.offset + 1 };
}

export interface Unsettled<Expected> {
  /** What is still to be produced, in the order in which it was expected. */
  readonly missing: readonly Expected[];
  /** For each partition the offset behind its last landed message. */
  readonly ends: readonly number[];
}

/** The same for all partitions of a topic at once: the log may come in any order between partitions. */
export async function unsettled<Expected extends { readonly partition: number }>(
  expected: readonly Expected[],
  log: AsyncIterable<LogRecord>,
  ends: readonly number[],
  same: Same<Expected>,
): Promise<Unsettled<Expected>> {
  const queues = ends.map((_, partition) => expected.filter((message) => message.partition === partition));
  const found = ends.map((end): Landed => ({ count: 0, end }));
  for await (const record of log) {
    const before = found[record.partition];
    const queue = queues[record.partition];
    if (before !== undefined && queue !== undefined) found[record.partition] = pass(before, queue, record, same);
  }
  const settled = new Set(queues.flatMap((queue, partition) => queue.slice(0, found[partition]?.count)));
  return { missing: expected.filter((message) => !settled.has(message)), ends: found.map(({ end }) => end) };
}
