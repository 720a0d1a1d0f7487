import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HostedFunction } from '../../local/lambda-runtime/hosted-function';
import { freshName } from '../integration/fresh-topic';
import { createEvent } from '../src/custom-resource/events';
import { type Stage, stage } from './stage';

let place: Stage;
let topics: HostedFunction;

beforeAll(async () => {
  place = await stage();
  topics = await place.deploy('topics');
});

afterAll(() => place.close());

const create = (topic: string, partitions: string) => createEvent({ Topic: topic, Partitions: partitions });

describe('the topics’ bundle in Lambda’s runtime client', () => {
  test('is initialised', async () => {
    expect(await topics.init()).toBeUndefined();
  });

  test('makes a topic', async () => {
    const topic = freshName('made');
    const result = { PhysicalResourceId: `topic/${topic}` };
    expect(await topics.invoke(create(topic, '3'), 120_000)).toEqual({ type: 'result', result });
    expect(await place.log.ends(topic)).toEqual([0, 0, 0]);
  });

  test('posts the error of a topic that cannot be made, with our files and lines', async () => {
    expect(await topics.invoke(create('some', 'many'), 120_000)).toEqual({
      type: 'error',
      error: {
        errorType: 'ConnectlessError',
        errorMessage: expect.stringContaining('property Partitions: write a whole number'),
        trace: expect.arrayContaining([
          expect.stringMatching(/^ {4}at .*\(src\/custom-resource\/topic-request\.ts:\d+:\d+\)$/),
        ]),
      },
    });
    expect(topics.starts).toBe(1);
  });

  test('is killed at the deadline, and CloudFormation’s next attempt makes the topic', async () => {
    const topic = freshName('late');
    place.kafka.stall();
    expect(await topics.invoke(create(topic, '1'), 3000)).toEqual({ type: 'timed-out' });
    place.kafka.goOn();
    expect(await topics.invoke(create(topic, '1'), 120_000)).toMatchObject({ type: 'result' });
    expect(topics.starts).toBe(2);
    expect(await place.log.ends(topic)).toEqual([0]);
  });
});
