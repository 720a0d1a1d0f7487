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
  same: (expected: Expected, record: LogRecord) => boolean,
): Landed {
  let count = 0;
  let end = from;
  for (const record of log) {
    const next = expected[count];
    if (next === undefined) break;
    if (!same(next, record)) continue;
    count += 1;
    end = record.offset + 1;
  }
  return { count, end };
}
