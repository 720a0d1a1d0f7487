// Gives messages the partitions that Java's default partitioner would choose.
import { partitionOf } from './partition';
import type { Message, UnplacedMessage } from './topic-log';

/** By their keys; those without a key take turns. */
export function placed(messages: readonly UnplacedMessage[], partitions: number): Message[] {
  return messages.map((message, index) => ({
    ...message,
    partition: message.key === null ? index % partitions : partitionOf(message.key, partitions),
  }));
}
