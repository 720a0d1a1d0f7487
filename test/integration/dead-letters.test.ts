// Dead letters on a real broker: the topic is made with the first one, and what is in it is what Confluent's sink leaves there.
import { expect, jest, test } from '@jest/globals';
import type { KafkaConfig } from '../../src/config/model';
import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import type { LogRecord } from '../../src/kafka/topic-log';
import { deadLetter } from '../../src/sink/dead-letters/letter';
import { kafkaDeadLetters } from '../../src/sink/dead-letters/queue';
import { sampleFault, tolerant } from '../src/sink/dead-letters/sample-fault';
import { sampleSource } from '../src/sink/sample';
import { environment } from './environment';
import { freshName, freshTopic } from './fresh-topic';

jest.setTimeout(60_000);

const kafka = (): KafkaConfig => ({
  brokers: environment().kafkaBrokers.split(','),
  securityProtocol: 'PLAINTEXT',
  clientId: 'dead-letters-test',
  requestTimeoutMs: 10_000,
});

async function recordsIn(topic: string): Promise<LogRecord[]> {
  const log = kafkaTopicLog(kafka());
  const ends = await log.ends(topic);
  const records = [];
  for await (const record of log.read(
    topic,
    ends.map(() => 0),
    ends,
  ))
    records.push(record);
  await log.close();
  return records;
}

const { record } = sampleFault();
const letters = [
  deadLetter(tolerant(), sampleSource, sampleFault()),
  deadLetter(tolerant(), sampleSource, sampleFault({ record: { offset: 5, timestamp: record.timestamp } })),
];

test('the topic is made with the first letter, with one partition, and several partitions of a sink write it at once', async () => {
  const topic = freshName('dlq');
  const queue = kafkaDeadLetters(kafka(), { topic, replicationFactor: 1, contextHeaders: true });
  await queue.send([]);
  const list = () => withTopicAdmin(kafka(), (admin) => admin.list());
  expect(await list()).not.toContain(topic);
  await Promise.all(Array.from({ length: 5 }, () => queue.send(letters)));
  await queue.close();
  const [described] = await withTopicAdmin(kafka(), (admin) => admin.describe([topic]));
  expect(described?.partitions).toHaveLength(1);
  const records = await recordsIn(topic);
  expect(records).toHaveLength(10);
  expect(records[0]).toMatchObject({ ...letters[0], timestamp: 1_795_359_864_105 });
  expect(records[1]).toMatchObject({ ...letters[1], key: null, value: null });
});

test('a topic that is there stays as it is, and letters go where their keys belong', async () => {
  const topic = await freshTopic('dlq', 3);
  const queue = kafkaDeadLetters(kafka(), { topic, replicationFactor: 1, contextHeaders: true });
  await queue.send(letters);
  await queue.close();
  expect(await recordsIn(topic)).toHaveLength(2);
});

test('a topic that cannot be made is an error that says why', async () => {
  const queue = kafkaDeadLetters(kafka(), { topic: freshName('dlq'), replicationFactor: 7, contextHeaders: true });
  await expect(queue.send(letters)).rejects.toMatchObject({ code: 'TOPIC_REFUSED', retryable: false });
  await queue.close();
});
