// Event sources of a test's own on the environment's Kafka, and what their functions were invoked with.
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { type EventSource, startEventSource } from '../../local/event-source/event-source';
import type { KafkaConfig } from '../../src/config/model';
import { messageOf } from '../../src/errors';
import { environment } from './environment';
import { withLog } from './with-log';

export interface Event {
  readonly records: Readonly<
    Record<string, ReadonlyArray<{ partition: number; offset: number; value: string | null }>>
  >;
}

const running: EventSource[] = [];
const trace: string[] = [];
let members = 0;

/** A test that, when it fails, tells what the event sources of the file have done. */
export function traced(name: string, body: () => Promise<void>): void {
  test(
    name,
    withLog(() => trace, body),
  );
}

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
  const producer = client().producer({ idempotent: true, maxInFlightRequests: 1 });
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
  members += 1;
  const member = members;
  const note = (what: string) => trace.push(`${new Date().toISOString()} ${groupId}, member ${member}: ${what}`);
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
      note(`invoked with ${offsetsOf(event as Event)}`);
      return handle(event as Event, events.length);
    },
    onFailure: (error) => {
      failures.push(messageOf(error));
      note(`failed: ${messageOf(error)}`);
    },
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

function offsetsOf({ records }: Event): string {
  const ranges = Object.entries(records).map(([name, all]) => `${name}: ${all.at(0)?.offset}-${all.at(-1)?.offset}`);
  return ranges.join(', ');
}

const PATIENCE_MS = 120_000;

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not within ${PATIENCE_MS} ms`);
    await sleep(20);
  }
}
