import { expect, test } from '@jest/globals';
import { sinkFlush } from '../../../src/sink/flush';
import { hourly, oldUploads } from '../../../src/sink/orphans';
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
  ['an old one', key, HOUR, true],
  ['none that may still be on its way into a state', key, HOUR - 1, false],
  ['none of a file that the sink would not write', 'topics/prices/partition=0/other.avro', HOUR, false],
  ['none of another topic', key.replaceAll('prices', 'prices2'), HOUR, false],
])('an orphan may be %s', async (_, of, age, mayBe) => {
  const { clock, bucket, newSink } = world();
  const id = await bucket.startUpload(of);
  clock.now = age;
  const old = await oldUploads(newSink(), new Set(['prices']));
  expect(old).toEqual(mayBe ? [{ key: of, id, ageMs: age }] : []);
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
