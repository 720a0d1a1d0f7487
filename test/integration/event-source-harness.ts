// Event sources of a test's own on the environment's Kafka, and what their functions were invoked with.
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { type EventSource, startEventSource } from '../../local/event-source/event-source';
import type { KafkaConfig } from '../../src/config/model';
import { environment } from './environment';

export interface Event {
  readonly records: Readonly<
    Record<string, ReadonlyArray<{ partition: number; offset: number; value: string | null }>>
  >;
}

const running: EventSource[] = [];

export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((source) => source.stop()));
}

const config = (): KafkaConfig => ({
  brokers: environment().kafkaBrokers.split(','),
  securityProtocol: 'PLAINTEXT',
  clientId: 'event-source-test',
  requestTimeoutMs: 30_000,
});
const client = () => new Kafka({ brokers: [...config().brokers], logLevel: logLevel.NOTHING });

export async function produce(topic: string, messages: ReadonlyArray<{ partition: number; value: string | null }>) {
  const producer = client().producer();
  await producer.connect();
  await producer.send({ topic, messages: [...messages] });
  await producer.disconnect();
}

export async function createTopic(topic: string): Promise<void> {
  const admin = client().admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  await admin.disconnect();
}

/** By partition; -1: none. */
export async function committed(groupId: string, topic: string): Promise<Record<number, string>> {
  const admin = client().admin();
  await admin.connect();
  const [answer] = await admin.fetchOffsets({ groupId, topics: [topic] });
  await admin.disconnect();
  return Object.fromEntries((answer?.partitions ?? []).map(({ partition, offset }) => [partition, offset]));
}

/** An event source whose function is `handle`; `events` are the invocations, failed ones included. */
export function start(
  topics: readonly string[],
  groupId: string,
  handle: (event: Event, nth: number) => Promise<unknown>,
  topicsRegex?: string,
) {
  const events: Event[] = [];
  const failures: string[] = [];
  const source = startEventSource({
    kafka: config(),
    groupId,
    topics,
    topicsRegex,
    batchingWindowMs: 300,
    lookEveryMs: 500,
    firstWaitMs: 50,
    invoke: async (event) => {
      events.push(event as Event);
      return handle(event as Event, events.length);
    },
    onFailure: (error) => failures.push(error instanceof Error ? error.message : String(error)),
  });
  running.push(source);
  return { source, events, failures };
}

export const valuesOf = (events: readonly Event[]) =>
  events.flatMap(({ records }) =>
    Object.values(records)
      .flat()
      .map(({ value }) => (value === null ? null : Buffer.from(value, 'base64').toString())),
  );

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
