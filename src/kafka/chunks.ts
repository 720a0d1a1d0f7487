// Cuts messages into sends that kafkajs groups quickly and a broker accepts.
import type { Message } from './topic-log';

/** kafkajs groups the messages of a send in O(n²). */
const MAX_MESSAGES = 500;
/** Below the broker's default `message.max.bytes`, 1,048,588, which limits a whole batch. */
const MAX_BYTES = 900_000;
/** A record's lengths, attributes and deltas, at most. */
const OVERHEAD = 40;

/** Bytes that the message takes in a record batch, or a little more. */
export function sizeOf({ key, value, headers = [] }: Message): number {
  const inHeaders = headers.reduce(
    (sum, [name, content]) => sum + 10 + Buffer.byteLength(name) + (content?.length ?? 0),
    0,
  );
  return OVERHEAD + (key?.length ?? 0) + (value?.length ?? 0) + inHeaders;
}

/** Consecutive runs of the messages, none empty; a message above the limit stands alone. */
export function* chunks(messages: readonly Message[]): Iterable<readonly Message[]> {
  let start = 0;
  let bytes = 0;
  for (const [index, message] of messages.entries()) {
    const size = sizeOf(message);
    if (index > start && (bytes + size > MAX_BYTES || index - start === MAX_MESSAGES)) {
      yield messages.slice(start, index);
      start = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (start < messages.length) yield messages.slice(start);
}
