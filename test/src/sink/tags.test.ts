import { describe, expect, test } from '@jest/globals';
import type { SinkConfig } from '../../../src/config/sink-model';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { records, sampleConfig, sampleRegistry, sampleSource } from './sample';

type Tagging = SinkConfig['objects']['tagging'];

function world(tagging: Tagging, setTags: (tags: Readonly<Record<string, string>>) => void) {
  const bucket = memoryBucket({ smallestPart: 5_242_880, etags: 'md5' });
  const objects = { ...sampleConfig.objects, ...(tagging === undefined ? {} : { tagging }) };
  const tag = async (_: string, tags: Readonly<Record<string, string>>) => setTags(tags);
  const sink = sinkOn(
    { ...sampleConfig, objects },
    memoryState(),
    { ...bucket, tag },
    sampleRegistry,
    recordedMetrics(),
  );
  return { bucket, sink };
}

describe('the tags of a file', () => {
  test('are its first and last offset, its records, and what the configuration adds', async () => {
    const seen: unknown[] = [];
    const { sink } = world({ extra: { team: 'prices' }, onError: 'fail' }, (tags) => seen.push(tags));
    await sinkPartition(sink, sampleSource, [...records(5, 7), ...records(10, 12)]);
    expect(seen).toEqual([{ startOffset: '5', endOffset: '10', recordCount: '3', team: 'prices' }]);
  });

  test('are not asked for without s3.object.tagging', async () => {
    const seen: unknown[] = [];
    await sinkPartition(world(undefined, (tags) => seen.push(tags)).sink, sampleSource, records(0, 3));
    expect(seen).toEqual([]);
  });

  test('are set by the next attempt when they must not be missing', async () => {
    let isDown = true;
    const { sink, bucket } = world({ extra: {}, onError: 'fail' }, () => {
      if (isDown) throw new Error('no tags now');
    });
    await expect(sinkPartition(sink, sampleSource, records(0, 3))).rejects.toThrow('no tags now');
    expect(bucket.objects.size).toBe(1);
    isDown = false;
    await sinkPartition(sink, sampleSource, records(0, 3));
  });

  test('may be missing when s3.object.behavior.on.tagging.error is ignore', async () => {
    const { sink, bucket } = world({ extra: {}, onError: 'ignore' }, () => {
      throw new Error('no tags now');
    });
    await sinkPartition(sink, sampleSource, records(0, 3));
    expect(bucket.objects.size).toBe(1);
  });
});
