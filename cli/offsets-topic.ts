// Connect's offsets topic, read from its first record to its end.
import type { KafkaConfig } from '../src/config/model';
import { kafkaClient } from '../src/kafka/client';
import { logReader } from '../src/kafka/log-reader';
import type { OffsetRecord } from '../src/source/connect-offsets-records';

/**
 * In the order of each partition; a key is always in the same one. A worker with exactly.once.source.support writes them in
 * transactions: rows of an aborted one are not in their topic.
 * Throws the errors of `kafkaError`.
 */
export async function topicOffsets(kafka: KafkaConfig, topic: string): Promise<readonly OffsetRecord[]> {
  const log = logReader(kafkaClient(kafka), kafka.brokers, 'readCommitted');
  const text = (bytes: Buffer | null) => bytes?.toString() ?? null;
  try {
    const records: OffsetRecord[] = [];
    for await (const { key, value } of log.read(topic, [], await log.ends(topic))) {
      records.push({ key: text(key), value: text(value) });
    }
    return records;
  } finally {
    await log.close();
  }
}
