import { describe, expect, test } from '@jest/globals';
import { sinkFlush } from '../../../src/sink/flush';
import { hourly, orphansAmong } from '../../../src/sink/orphans';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { message, record, sampleConfig, sampleRegistry, sampleSource } from './sample';

const HOUR = 3_600_000;
const key = 'topics/prices/partition=0/prices+0+0000000007.avro';

test.each([
  ['an old one that no state knows', {}, true],
  ['none that a state knows', { id: 'known' }, false],
  ['none that may still be on its way into a state', { startedAt: 10 * HOUR - 1 }, false],
  ['none of a file that the sink would not write', { key: 'topics/prices/partition=0/other.avro' }, false],
])('an orphan is %s', (_, change, isOrphan) => {
  const upload = { key, id: 'a', startedAt: 9 * HOUR, ...change };
  const search = { config: sampleConfig, topic: 'prices', known: new Set(['known']), now: 10 * HOUR };
  expect(orphansAmong([upload], search)).toEqual(isOrphan ? [upload] : []);
});

test('they are looked for at first, and an hour later again', () => {
  const isTime = hourly();
  expect([0, 1, HOUR - 1, HOUR, HOUR + 1].map(isTime)).toEqual([true, false, false, true, false]);
});

describe('a flush', () => {
  test('aborts the upload of a writer that died, and leaves the one that a state knows', async () => {
    let now = 0;
    const [state, bucket] = [memoryState(), memoryBucket({ smallestPart: 100_000, etags: 'md5', now: () => now })];
    const config = { ...sampleConfig, partSize: 100_000 };
    const sink = sinkOn(config, state, bucket, sampleRegistry, recordedMetrics(), { now: () => now });
    await bucket.startUpload(key);
    const large = (offset: number) => record(offset, { value: message(1, Buffer.alloc(66_000, offset)) });
    await sinkPartition(sink, sampleSource, [large(0), large(1)]);
    expect(bucket.openUploads().size).toBe(2);
    await sinkFlush(sink);
    expect(bucket.openUploads().size).toBe(2);
    now = HOUR;
    await sinkFlush(sink);
    expect([...bucket.openUploads().values()]).toEqual(['topics/prices/partition=0/prices+0+0000000000.avro']);
  });
});
