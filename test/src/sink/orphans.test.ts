import { expect, test } from '@jest/globals';
import { sinkFlush } from '../../../src/sink/flush';
import { hourly, oldUploads, orphansAmong } from '../../../src/sink/orphans';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { message, record, sampleConfig, sampleRegistry, sampleSource } from './sample';

const HOUR = 3_600_000;
const key = 'topics/prices/partition=0/prices+0+0000000007.avro';
const config = { ...sampleConfig, partSize: 100_000 };

function world() {
  const clock = { now: 0 };
  const bucket = memoryBucket({ smallestPart: 100_000, etags: 'md5', now: () => clock.now });
  const newSink = () => sinkOn(config, memoryState(), bucket, sampleRegistry, recordedMetrics());
  return { clock, bucket, newSink };
}

test.each([
  ['old', HOUR, 1],
  ['young: it may still be on its way into a state', HOUR - 1, 0],
])('an upload may be %s', async (_, age, found) => {
  const { clock, bucket, newSink } = world();
  await bucket.startUpload(key);
  clock.now = age;
  expect(await oldUploads(newSink(), new Set(['prices']))).toHaveLength(found);
});

test.each([
  ['one that no state knows', {}, {}, true],
  ['none that a state knows', { id: 'known' }, {}, false],
  ['none of a file that is named otherwise', { key: 'topics/prices/partition=0/other.avro' }, {}, false],
  ['none of another topic', { key: key.replaceAll('prices', 'prices2') }, {}, false],
  ['none from before the first record that the connector has seen', {}, { first: 8 }, false],
  [
    'one of a topic that has the delimiter in its name',
    { key: 'topics/a+b/partition=0/a+b+0+7.keys.avro' },
    { topic: 'a+b' },
    true,
  ],
])('an orphan is %s', (_, change, { first = 7, topic = 'prices' }: { first?: number; topic?: string }, isOrphan) => {
  const upload = { key, id: 'a', ageMs: HOUR, ...change };
  const known = { uploads: new Set(['known']), first: new Map([[`${topic}/0`, first]]) };
  expect(orphansAmong([upload], config, known)).toEqual(isOrphan ? [upload] : []);
});

test('they are looked for at first, and an hour later again', () => {
  const isTime = hourly();
  expect([0, 1, HOUR - 1, HOUR, HOUR + 1].map(isTime)).toEqual([true, false, false, true, false]);
});

test('a flush aborts the upload of a writer that died, and leaves the one that a state knows', async () => {
  const { clock, bucket, newSink } = world();
  const sink = newSink();
  await bucket.startUpload(key);
  const large = (offset: number) => record(offset, { value: message(1, Buffer.alloc(66_000, offset)) });
  await sinkPartition(sink, sampleSource, [large(0), large(1)]);
  await sinkFlush({ ...sink, isOrphanTime: () => true });
  expect(bucket.openUploads().size).toBe(2);
  clock.now = HOUR;
  await sinkFlush({ ...sink, isOrphanTime: () => true });
  expect([...bucket.openUploads().values()]).toEqual(['topics/prices/partition=0/prices+0+0000000000.avro']);
});
