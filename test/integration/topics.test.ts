// Topics as CloudFormation's custom resource, on a real Kafka: the function's handler from event to topic.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { handler } from '../../lambdas/topics';
import { freePort } from '../../local/servers/free-port';
import { topicResource } from '../../src/custom-resource/topic';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import { type WorkerFiles, workerFiles } from '../lambdas/worker-files';
import { createEvent, deleteEvent, updateEvent } from '../src/custom-resource/events';
import { environment } from './environment';
import { freshName } from './fresh-topic';

jest.setTimeout(60_000);

const context = { getRemainingTimeInMillis: () => 600_000 } as Context;
const kafka = (brokers = environment().kafkaBrokers.split(',')) =>
  ({ brokers, securityProtocol: 'PLAINTEXT', clientId: 'topics-test', requestTimeoutMs: 5000 }) as const;

let files: WorkerFiles;
beforeAll(() => {
  files = workerFiles([], environment().kafkaBrokers);
});
afterAll(() => files.remove());

async function found(topic: string) {
  return withTopicAdmin(kafka(), async (admin) => {
    if (!(await admin.list()).includes(topic)) return undefined;
    const [description] = await admin.describe([topic]);
    return { partitions: description?.partitions.length, config: await admin.configuration(topic) };
  });
}

describe('a topic of a stack', () => {
  test('is made with partitions and configuration, and grows, is configured anew, and stays', async () => {
    const Topic = freshName('made');
    const first = { Topic, Partitions: '2', ReplicationFactor: '1', Config: { 'retention.ms': '3600000' } };
    expect(await handler(createEvent(first), context)).toEqual({ PhysicalResourceId: `topic/${Topic}` });
    expect(await found(Topic)).toEqual({ partitions: 2, config: { 'retention.ms': '3600000' } });

    await withTopicAdmin(kafka(), (admin) =>
      admin.configure(Topic, { 'retention.ms': '3600000', 'max.message.bytes': '2000000' }),
    );
    const second = { ...first, Partitions: '5', Config: { 'cleanup.policy': 'compact' } };
    await handler(updateEvent(first, second), context);
    const grown = { partitions: 5, config: { 'cleanup.policy': 'compact', 'max.message.bytes': '2000000' } };
    expect(await found(Topic)).toEqual(grown);

    const shrinking = handler(updateEvent(second, { ...second, Partitions: '2' }), context);
    await expect(shrinking).rejects.toMatchObject({ code: 'TOPIC_SHRINKS' });
    expect(await handler(deleteEvent(`topic/${Topic}`, second), context)).toEqual({
      PhysicalResourceId: `topic/${Topic}`,
    });
    expect(await found(Topic)).toEqual(grown);
  });

  test('has the broker’s defaults where nothing is asked', async () => {
    const Topic = freshName('plain');
    await handler(createEvent({ Topic }), context);
    expect(await found(Topic)).toEqual({ partitions: 1, config: {} });
  });

  test('that was there before is taken as it is', async () => {
    const Topic = freshName('there');
    await withTopicAdmin(kafka(), (admin) => admin.create({ topic: Topic, partitions: 3, replicationFactor: 1 }));
    const asked = { Topic, Partitions: '6', ReplicationFactor: '3', Config: { 'retention.ms': '1' } };
    await handler(createEvent(asked), context);
    expect(await found(Topic)).toEqual({ partitions: 3, config: {} });
  });

  test('of another name is another resource, and the old one stays', async () => {
    const [Old, New] = [freshName('old'), freshName('new')];
    await handler(createEvent({ Topic: Old }), context);
    expect(await handler(updateEvent({ Topic: Old }, { Topic: New }), context)).toEqual({
      PhysicalResourceId: `topic/${New}`,
    });
    expect([await found(Old), await found(New)]).toEqual([expect.anything(), expect.anything()]);
  });

  test.each([
    ['a name that Kafka does not take', { Topic: 'with space' }, 'a name is of letters'],
    ['more replicas than brokers', { Topic: freshName('replicas'), ReplicationFactor: '3' }, 'fewer brokers'],
    [
      'a property that Kafka does not know',
      { Topic: freshName('unknown'), Config: { 'no.such': '1' } },
      'a name or a value',
    ],
  ])('is refused for %s, at once and with the reason', async (_, properties, reason) => {
    const failing = handler(createEvent(properties), context);
    await expect(failing).rejects.toMatchObject({ code: 'TOPIC_REFUSED' });
    await expect(failing).rejects.toThrow(reason);
  });

  test('waits for brokers that are not there yet', async () => {
    const Topic = freshName('late');
    const nobody = `127.0.0.1:${await freePort()}`;
    let brokers = [nobody];
    const slept: number[] = [];
    const patient = {
      now: Date.now,
      remainingMs: () => 600_000,
      sleep: async (ms: number) => {
        slept.push(ms);
      },
    };
    const answer = await topicResource(
      createEvent({ Topic }),
      async () => ({
        ...kafka(),
        // The name behind which brokers appear.
        get brokers() {
          const now = brokers;
          brokers = environment().kafkaBrokers.split(',');
          return now;
        },
      }),
      patient,
    );
    expect(answer).toEqual({ PhysicalResourceId: `topic/${Topic}` });
    expect(slept).toEqual([1000]);
    expect(await found(Topic)).toMatchObject({ partitions: 1 });
  });
});
