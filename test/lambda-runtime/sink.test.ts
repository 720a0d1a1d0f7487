import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileWatch } from '../../local/demo/files';
import { idsInFile } from '../../local/demo/ids';
import type { HostedFunction } from '../../local/lambda-runtime/hosted-function';
import { freshName } from '../integration/fresh-topic';
import { priceEvent, type Stage, stage } from './stage';

let place: Stage;
let sink: HostedFunction;
const topic = freshName('prices');

beforeAll(async () => {
  place = await stage();
  const { bucket, s3 } = place;
  sink = await place.deploy('sink', {
    file: 's3-sink.properties',
    edits: { topics: topic, 's3.bucket.name': bucket.bucket, 'store.url': `http://${s3.address}` },
  });
});

afterAll(() => place.close());

const event = (ids: readonly number[]) => priceEvent(place.registry, topic, ids);
async function idsInFiles(): Promise<number[]> {
  const files = await fileWatch(place.bucket.client, place.bucket.bucket, 'topics/')();
  return [...files.values()].sort((a, b) => a.key.localeCompare(b.key)).flatMap(({ body }) => idsInFile(body));
}

describe('the sink’s bundle in Lambda’s runtime client', () => {
  test('is initialised', async () => {
    expect(await sink.init()).toBeUndefined();
  });

  test('makes the files of an event', async () => {
    expect(await sink.invoke(await event([1, 2, 3, 4]), 30_000)).toEqual({ type: 'result', result: null });
    expect(await idsInFiles()).toEqual([1, 2, 3]);
  });

  test('writes what it has measured as CloudWatch reads it', () => {
    const lines = sink.log.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ connector: 's3-sink', SinkRecords: 4, SinkFiles: 1 }));
  });

  test('takes the event of its schedule', async () => {
    expect(await sink.invoke({ connectless: 'flush' }, 30_000)).toEqual({ type: 'result', result: null });
  });

  test('posts the error of an event that nobody should send, with our files and lines', async () => {
    expect(await sink.invoke({ hello: 'world' }, 30_000)).toEqual({
      type: 'error',
      error: {
        errorType: 'ConnectlessError',
        errorMessage: expect.stringContaining('and was given one with hello'),
        trace: expect.arrayContaining([
          expect.stringMatching(/^ConnectlessError: This function takes/),
          expect.stringMatching(/^ {4}at triggerEvent \(src\/kafka\/msk-event\.ts:\d+:\d+\)$/),
        ]),
      },
    });
    expect(sink.starts).toBe(1);
  });

  test('is killed at the deadline, and the event that comes again makes the files', async () => {
    place.s3.stall();
    expect(await sink.invoke(await event([1, 2, 3, 4, 5, 6]), 3000)).toEqual({ type: 'timed-out' });
    place.s3.goOn();
    expect(await sink.invoke(await event([1, 2, 3, 4, 5, 6]), 30_000)).toEqual({ type: 'result', result: null });
    expect(sink.starts).toBe(2);
    expect(await idsInFiles()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
