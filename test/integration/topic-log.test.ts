import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from '../../local/servers/free-port';
import { startKafka } from '../../local/servers/kafka';
import type { KafkaConfig } from '../../src/config/model';
import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import type { LogRecord, Message, TopicLog } from '../../src/kafka/topic-log';
import { environment } from './environment';
import { eventually } from './eventually';
import { freshTopic } from './fresh-topic';
import { temporaryDirectory } from './temporary-directory';

jest.setTimeout(60_000);

const config = (brokers = environment().kafkaBrokers.split(',')): KafkaConfig => ({
  brokers,
  securityProtocol: 'PLAINTEXT',
  clientId: 'topic-log-test',
  requestTimeoutMs: 10_000,
});
const log = kafkaTopicLog(config());
afterAll(() => log.close());

async function recordsIn(from: TopicLog, topic: string, ...range: [readonly number[], readonly number[]]) {
  const records: LogRecord[] = [];
  for await (const record of from.read(topic, ...range)) records.push(record);
  return records;
}

const message = (text: string, more: Partial<Message> = {}): Message => ({
  partition: 0,
  key: null,
  value: Buffer.from(text),
  ...more,
});

describe('the topic log', () => {
  test('sends nothing once it may not, though it was asked before and is connected', async () => {
    const topic = await freshTopic('leased');
    let asked = 0;
    let allowed = Number.POSITIVE_INFINITY;
    const leased = kafkaTopicLog(config(), () => {
      asked += 1;
      return asked <= allowed;
    });
    await leased.append(topic, [message('in time')]);
    allowed = asked;
    await expect(leased.append(topic, [message('late')])).rejects.toMatchObject({ retryable: true });
    await leased.close();
    expect(asked).toBeGreaterThan(allowed);
    expect(await log.ends(topic)).toEqual([1]);
  });

  test('all who begin to read while it connects have the one connection', async () => {
    const topic = await freshTopic('at-once');
    for (let apartMs = 0; apartMs < 16; apartMs += 1) {
      const own = kafkaTopicLog(config());
      const readers = [0, 1, 2, 3].map(async (nth) => {
        await sleep(nth * apartMs);
        return own.ends(topic);
      });
      await expect(Promise.all(readers)).resolves.toEqual([[0], [0], [0], [0]]);
      await own.close();
    }
  });

  test('reads back 10,000 messages as they were appended, partition by partition', async () => {
    const topic = await freshTopic('ten-thousand', 3);
    const messages = Array.from({ length: 10_000 }, (_, number) =>
      message(`value ${number}`, {
        partition: number % 3,
        key: number % 2 === 0 ? null : Buffer.from(`key ${number}`),
        ...(number % 5 === 0 ? { value: null } : {}),
        timestamp: 1_700_000_000_000 + number,
        headers:
          number % 7 === 0
            ? [
                ['h', Buffer.from([1, 2])],
                ['h', Buffer.from([3])],
                ['i', Buffer.alloc(0)],
              ]
            : [],
      }),
    );
    await log.append(topic, messages);
    const ends = await log.ends(topic);
    expect(ends).toEqual([3334, 3333, 3333]);
    const read = await recordsIn(log, topic, [0, 0, 0], ends);
    for (const partition of [0, 1, 2]) {
      const expected = messages.filter((one) => one.partition === partition);
      const actual = read.filter((one) => one.partition === partition);
      expect(actual).toEqual(expected.map((one, offset) => ({ ...one, offset, timestampType: 'CreateTime' })));
    }
  });

  test('reads the range that is asked for, and nothing at once when it is empty or beyond the end', async () => {
    const topic = await freshTopic('range', 2);
    await log.append(
      topic,
      ['a', 'b', 'c', 'd'].map((text) => message(text)),
    );
    const offsets = async (from: number[], until: number[]) =>
      (await recordsIn(log, topic, from, until)).map(({ partition, offset }) => [partition, offset]);
    expect(await offsets([1, 0], [3, 0])).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(await offsets([2, 0], [2, 0])).toEqual([]);
    expect(await offsets([9, 9], [20, 20])).toEqual([]);
    expect(await offsets([3, 0], [20, 20])).toEqual([[0, 3]]);
  });

  test('sees past an open transaction of somebody else, and ends at transaction markers', async () => {
    const topic = await freshTopic('transactions');
    const producer = new Kafka({ brokers: [...config().brokers], logLevel: logLevel.NOTHING }).producer({
      transactionalId: topic,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const send = async (value: string) => {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value }] });
      return transaction;
    };
    await (await send('committed')).commit();
    const open = await send('open');
    await log.append(topic, [message('ours')]);
    const values = async () =>
      (await recordsIn(log, topic, [0], await log.ends(topic))).map(({ offset, value }) => `${offset} ${value}`);
    expect(await values()).toEqual(['0 committed', '2 open', '3 ours']);
    await open.abort();
    // The coordinator writes the marker behind its answer.
    await eventually(
      () => log.ends(topic),
      ([end]) => end === 5,
    );
    expect(await values()).toEqual(['0 committed', '2 open', '3 ours']);
    await producer.disconnect();
  });

  test('reads what retention has left', async () => {
    const topic = await freshTopic('retention');
    await log.append(
      topic,
      ['a', 'b', 'c'].map((text) => message(text)),
    );
    const admin = new Kafka({ brokers: [...config().brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic); // loads the metadata that the next line needs
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    await admin.disconnect();
    expect((await recordsIn(log, topic, [0], [3])).map(({ offset }) => offset)).toEqual([2]);
  });

  test('answers a topic that does not exist with the command that creates it', async () => {
    await expect(log.ends('nowhere')).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND', retryable: true });
    await expect(log.ends('nowhere')).rejects.toThrow('connectless topics --create --topic nowhere');
  });

  test('does not let messages of a partition that does not exist vanish', async () => {
    const topic = await freshTopic('partitions');
    const appended = log.append(topic, [message('here'), message('nowhere', { partition: 7 })]);
    await expect(appended).rejects.toThrow(`Topic ${topic}, partition 7 did not acknowledge`);
  });

  test('names the record that a topic does not take, and goes on with the next', async () => {
    const topic = await freshTopic('large');
    const appended = log.append(topic, [message('small'), message('', { value: Buffer.alloc(2_000_000) })]);
    await expect(appended).rejects.toMatchObject({ code: 'RECORD_TOO_LARGE', retryable: false });
    await log.append(topic, [message('after')]);
    const read = await recordsIn(log, topic, [0], await log.ends(topic));
    expect(read.map(({ value }) => `${value}`)).toEqual(['small', 'after']);
  });

  test('appends to a broker that was down before', async () => {
    const port = await freePort();
    const broker = `127.0.0.1:${port}`;
    const late = kafkaTopicLog(config([broker]));
    const down = late.append('prices', [message('lost')]);
    await expect(down).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE', retryable: true });
    await expect(down).rejects.toThrow(broker);

    const server = await startKafka({ directory: await temporaryDirectory(), port });
    try {
      await withTopicAdmin(config([broker]), (admin) => admin.create({ topic: 'prices' }));
      await late.append('prices', [message('landed')]);
      const read = await recordsIn(late, 'prices', [0], await late.ends('prices'));
      expect(read.map(({ value }) => `${value}`)).toEqual(['landed']);
    } finally {
      await late.close();
      await server.stop();
    }
  });
});
