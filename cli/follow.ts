// Reads a topic as it grows, as a consumer without a group.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogRecord, TopicLog } from '../src/kafka/topic-log';

/** Between two looks at a topic in which nothing is new. */
const PAUSE_MS = 200;

/** From these offsets on, until the signal. Ends also when nothing has come for `idleMs`. */
export async function* follow(
  log: TopicLog,
  topic: string,
  from: readonly number[],
  signal: AbortSignal,
  idleMs = Number.POSITIVE_INFINITY,
): AsyncIterable<LogRecord> {
  let position = from;
  let last = Date.now();
  while (!signal.aborted && Date.now() - last < idleMs) {
    const ends = await log.ends(topic);
    for await (const record of log.read(topic, position, ends)) {
      if (signal.aborted) return;
      yield record;
      last = Date.now();
    }
    position = ends;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
