// Notices that the input topic was deleted and created again, before its records pass for ones that were copied already.
import { ConnectlessError } from '../errors';
import type { TopicLog } from '../kafka/topic-log';

/** A record of the input that was copied. */
export interface CopiedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/** Throws TOPIC_RECREATED when another record, or none yet, stands at its offset. One that retention has removed says nothing. */
export async function checkSameTopic(log: TopicLog, copied: CopiedRecord, stateKey: string): Promise<void> {
  const { topic, partition, offset } = copied;
  const end = (await log.ends(topic))[partition] ?? 0;
  if (end > offset && (await timestampAt(log, copied)) === copied.timestamp) return;
  throw new ConnectlessError(
    'TOPIC_RECREATED',
    `Topic ${topic}, partition ${partition}: the record at offset ${offset} is not the one that was copied. If the topic was created anew, remove state object ${stateKey}: its records are then copied from the first.`,
  );
}

async function timestampAt(log: TopicLog, { topic, partition, offset, timestamp }: CopiedRecord): Promise<number> {
  const only = (at: number) => Array.from({ length: partition + 1 }, (_, index) => (index === partition ? at : 0));
  for await (const record of log.read(topic, only(offset), only(offset + 1))) return record.timestamp;
  return timestamp;
}
