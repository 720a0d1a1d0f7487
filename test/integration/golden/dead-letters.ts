// The topic of dead letters of a case: Confluent's and ours.
import pRetry from 'p-retry';
import type { KafkaConfig } from '../../../src/config/model';
import { withTopicAdmin } from '../../../src/kafka/topic-admin';
import type { TopicLog } from '../../../src/kafka/topic-log';
import type { RecordedCase } from './recorded-case';

export interface DeadLetter {
  readonly partition: number;
  readonly offset: number;
  /** Hex. */
  readonly key: string | null;
  readonly value: string | null;
  /** Names: their texts are Java's, of its exceptions. */
  readonly headers: readonly string[];
}

/** Undefined: nobody looked. */
export function theirDeadLetters({ extra }: RecordedCase): DeadLetter[] | undefined {
  return extra?.map(({ partition, offset, key, value, headers }) => ({
    partition,
    offset,
    key: key?.bytes_hex ?? null,
    value: value?.bytes_hex ?? null,
    headers: headers.map(nameOf).sort(),
  }));
}

/** @param kafka where the log is: a topic without letters was never made */
export async function ourDeadLetters(
  log: TopicLog,
  kafka: KafkaConfig,
  { connector }: RecordedCase,
): Promise<DeadLetter[]> {
  const topic = connector['errors.deadletterqueue.topic.name'] ?? '';
  if (!(await withTopicAdmin(kafka, (admin) => admin.list())).includes(topic)) return [];
  const until = await pRetry(() => log.ends(topic), { minTimeout: 200 });
  const letters: DeadLetter[] = [];
  for await (const { partition, offset, key, value, headers } of log.read(
    topic,
    until.map(() => 0),
    until,
  )) {
    const names = headers.map(nameOf).sort();
    letters.push({ partition, offset, key: hexOf(key), value: hexOf(value), headers: names });
  }
  return letters;
}

function nameOf(header: unknown): string {
  if (Array.isArray(header)) return String(header[0]);
  const { key, name = key } = Object(header);
  return String(name);
}

function hexOf(bytes: Buffer | null): string | null {
  return bytes?.toString('hex') ?? null;
}
