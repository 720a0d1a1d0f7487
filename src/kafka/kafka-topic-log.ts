// The topic log on a real Kafka: appends with an idempotent producer that is thrown away at the first error.
import { type Kafka, type Message as KafkaMessage, Partitioners, type Producer } from 'kafkajs';
import type { KafkaConfig } from '../config/model';
import { ConnectlessError } from '../errors';
import { faultPoint } from '../fault';
import { chunks, sizeOf } from './chunks';
import { kafkaClient } from './client';
import { kafkaError } from './errors';
import { logReader } from './log-reader';
import type { Message, TopicLog } from './topic-log';

/**
 * Connects with the first call; `close` ends all connections, and the next call makes new ones. Errors: those of
 * `kafkaError`. @param mayWrite when it is false, nothing is sent any more: a lease is over; @default always
 */
export function kafkaTopicLog(config: KafkaConfig, mayWrite?: () => boolean): TopicLog {
  const kafka = kafkaClient(config, mayWrite);
  const { brokers, requestTimeoutMs } = config;
  const reader = logReader(kafka, brokers);
  let connected: Promise<Producer> | undefined;

  const discard = async (old = connected) => {
    if (connected === old) connected = undefined;
    await old?.then((producer) => producer.disconnect()).catch(() => undefined);
  };
  const send = async (topic: string, chunk: readonly Message[]) => {
    connected ??= connect(kafka);
    const mine = connected;
    try {
      await produce(await mine, topic, chunk, requestTimeoutMs);
    } catch (error) {
      // Its sequence numbers may no longer be the broker's: only a new producer starts clean.
      await discard(mine);
      throw appendError(kafkaError(error, { brokers, topic }), topic, chunk);
    }
  };

  return {
    ends: reader.ends,
    starts: reader.starts,
    // One chunk after the other, so that what has landed in a partition is always the first part of what was to land.
    append: async (topic, messages) => {
      for (const chunk of chunks(messages)) {
        await send(topic, chunk);
        faultPoint('topic:chunk-appended');
      }
    },
    read: reader.read,
    close: async () => {
      await Promise.all([discard(), reader.close()]);
    },
  };
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

/**
 * kafkajs drops, without an error, the messages of a partition that its metadata does not know, and those of a partition whose
 * leader moved during a retry to a broker that had already answered: every partition must be among the acknowledgements.
 */
async function produce(producer: Producer, topic: string, chunk: readonly Message[], timeout: number): Promise<void> {
  const acks = await producer.send({ topic, acks: -1, timeout, messages: chunk.map(kafkaMessage) });
  const acked = new Set(acks.map(({ partition }) => partition));
  const missing = chunk.find(({ partition }) => !acked.has(partition));
  if (missing === undefined) return;
  throw new ConnectlessError(
    'KAFKA_FAILED',
    `Topic ${topic}, partition ${missing.partition} did not acknowledge: it has no leader now, or does not exist.`,
    { retryable: true },
  );
}

function kafkaMessage({ partition, key, value, timestamp, headers }: Message): KafkaMessage {
  return {
    partition,
    key,
    value,
    ...(timestamp === undefined ? {} : { timestamp: String(timestamp) }),
    ...(headers === undefined ? {} : { headers: kafkaHeaders(headers) }),
  };
}

/** kafkajs throws at a null header value, which Kafka's format allows: it is written as an empty one. */
function kafkaHeaders(headers: NonNullable<Message['headers']>): Record<string, Buffer[]> {
  const byName = new Map<string, Buffer[]>();
  for (const [name, value] of headers) {
    byName.set(name, [...(byName.get(name) ?? []), value ?? Buffer.alloc(0)]);
  }
  return Object.fromEntries(byName);
}

function appendError(error: ConnectlessError, topic: string, chunk: readonly Message[]): ConnectlessError {
  if (error.code !== 'RECORD_TOO_LARGE') return error;
  const largest = chunk.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  return new ConnectlessError(
    error.code,
    `Topic ${topic}, partition ${largest.partition} does not take a record of ${sizeOf(largest)} bytes: raise the topic's max.message.bytes.`,
    { cause: error },
  );
}
