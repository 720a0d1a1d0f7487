import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idsInTopic } from '../../local/demo/ids';
import type { HostedFunction } from '../../local/lambda-runtime/hosted-function';
import { eventually } from '../integration/eventually';
import { freshTopic } from '../integration/fresh-topic';
import { priceEvent, type Stage, stage } from './stage';

let place: Stage;
let processor: HostedFunction;
let topics: { in: string; out: string };

beforeAll(async () => {
  place = await stage();
  topics = { in: await freshTopic('in-prices'), out: await freshTopic('out-prices') };
  const edits = { topics: topics.in, 'connectless.output.topic': topics.out };
  processor = await place.deploy('processor', { file: 'processor.properties', edits });
});

afterAll(() => place.close());

const idsInOutput = () => idsInTopic(place.log, topics.out, place.registry);

describe('the processor’s bundle in Lambda’s runtime client', () => {
  test('is initialised', async () => {
    expect(await processor.init()).toBeUndefined();
  });

  test('copies the records of an event', async () => {
    const event = await priceEvent(place.registry, topics.in, [1, 2, 3]);
    expect(await processor.invoke(event, 10_000)).toEqual({ type: 'result', result: null });
    expect(await idsInOutput()).toEqual([1, 2, 3]);
  });

  test('posts the error of an event that nobody should send, with our files and lines', async () => {
    expect(await processor.invoke({ hello: 'world' }, 30_000)).toEqual({
      type: 'error',
      error: {
        errorType: 'ConnectlessError',
        errorMessage: expect.stringContaining('and was given one with hello'),
        trace: expect.arrayContaining([expect.stringMatching(/^ {4}at .*\(lambdas\/processor\.ts:\d+:\d+\)$/)]),
      },
    });
    expect(processor.starts).toBe(1);
  });

  test('is killed at the deadline, and the event that comes again copies what was missing', async () => {
    const event = await priceEvent(place.registry, topics.in, [1, 2, 3, 4, 5]);
    place.s3.stall();
    expect(await processor.invoke(event, 3000)).toEqual({ type: 'timed-out' });
    place.s3.goOn();
    // Until the deadline of the one that was killed it may still be producing: the trigger sends the event again and again.
    await eventually(
      () => processor.invoke(event, 10_000),
      ({ type }) => type === 'result',
    );
    expect(processor.starts).toBe(2);
    expect(await idsInOutput()).toEqual([1, 2, 3, 4, 5]);
  });
});
