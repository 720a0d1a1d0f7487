// Connect's offsets topic, read from its first record to its end.

import type { WorkerConfig } from '../src/config/model';
import { kafkaTopicLog } from '../src/kafka/kafka-topic-log';
import type { OffsetRecord } from '../src/source/connect-offsets-records';

/** In the order of each partition; a key is always in the same one. Throws the errors of `kafkaError`. */
export async function topicOffsets(kafka: WorkerConfig['kafka'], topic: string): Promise<readonly OffsetRecord[]> {
  const log = kafkaTopicLog(kafka);
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
