import { describe, expect, test } from '@jest/globals';
import { sinkFlush } from '../../../src/sink/flush';
import { sinkPartition } from '../../../src/sink/partition';
import { type Sink, sinkOn } from '../../../src/sink/sink';
import { decodeState, encodeState } from '../../../src/sink/state-form';
import { memoryState } from '../../../src/state/memory';
import type { StateStore } from '../../../src/state/store';
import { type MemoryBucket, memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { message, record, records, sampleConfig, sampleRegistry, sampleSource, sampleStateKey } from './sample';

const partSize = 100_000;

function world() {
  const state = memoryState();
  const bucket = memoryBucket({ smallestPart: partSize, etags: 'md5' });
  const metrics = recordedMetrics(() => 10_000);
  const newSink = (changed: Partial<StateStore> = {}, changedBucket: Partial<MemoryBucket> = {}, name = 's3-sink') =>
    sinkOn(
      { ...sampleConfig, name, partSize },
      { ...state, ...changed },
      { ...bucket, ...changedBucket },
      sampleRegistry,
      metrics,
    );
  /** A process that dies when it is to close a file: the state lists it, the bucket has nothing. */
  const die = async (given = records(0, 4), source = sampleSource) => {
    const died = () => Promise.reject(new Error('died'));
    const dying = newSink({}, { putNew: died, completeUpload: died });
    await expect(sinkPartition(dying, source, given)).rejects.toThrow('died');
  };
  return { state, bucket, newSink, die, metrics: metrics.values };
}

/** Fills blocks: two make a part and more, three a file. */
const large = (offset: number) => record(offset, { value: message(1, Buffer.alloc(66_000, offset)) });

/** The same rules, with a schedule. */
const ruled = (sink: Sink) => async (topic: string) => {
  const rules = await sink.rules(topic);
  return { ...rules, config: { ...rules.config, rotateScheduleMs: 600_000 } };
};

describe('a flush', () => {
  test('closes the files that processes which died had left, of every partition, once', async () => {
    const { bucket, newSink, die, state, metrics } = world();
    await die();
    await die([large(0), large(1), large(2)], { topic: 'prices', partition: 1 });
    expect(bucket.objects.size).toBe(0);
    await sinkFlush(newSink());
    expect([...bucket.objects.keys()]).toEqual([
      'topics/prices/partition=0/prices+0+0000000000.avro',
      'topics/prices/partition=1/prices+1+0000000000.avro',
    ]);
    expect(bucket.openUploads().size).toBe(0);
    const before = await state.read(sampleStateKey);
    await sinkFlush(newSink());
    expect(await state.read(sampleStateKey)).toEqual(before);
    expect(metrics).toMatchObject({ SinkFiles: 2, SinkFreshness: [9000, 9000] });
  });

  test('says how many records are in open files, of all partitions together, and zero', async () => {
    const { newSink, metrics } = world();
    await sinkFlush(newSink());
    expect(metrics).toEqual({ SinkOpenRecords: 0 });
    await sinkPartition(newSink(), sampleSource, records(0, 5));
    await sinkPartition(newSink(), { topic: 'prices', partition: 7 }, records(0, 1));
    await sinkFlush(newSink());
    expect(metrics).toMatchObject({ SinkOpenRecords: 3 });
  });

  test('leaves the open files of a partition to take further records', async () => {
    const { bucket, newSink, die } = world();
    await die();
    await sinkFlush(newSink());
    await sinkPartition(newSink(), sampleSource, records(4, 6));
    expect([...bucket.objects.keys()].map((key) => key.slice(-6, -5))).toEqual(['0', '3']);
  });

  test('that cannot close what it has decided to close says so, though it has written the state itself', async () => {
    const { newSink } = world();
    await sinkPartition(newSink(), sampleSource, records(0, 2));
    const refused = newSink({}, { putNew: () => Promise.reject(new Error('refused')) });
    await expect(sinkFlush(refused, true)).rejects.toThrow('refused');
  });

  test('of one connector does not touch the states of another, whose name begins with its name', async () => {
    const { newSink, metrics } = world();
    await sinkPartition(newSink({}, {}, 'a/b'), sampleSource, records(0, 2));
    await sinkPartition(newSink({}, {}, 'ab'), sampleSource, records(0, 2));
    await sinkFlush(newSink({}, {}, 'a'));
    expect(metrics).toMatchObject({ SinkOpenRecords: 0 });
  });

  test('the same process goes on from what the flush has written, without reading it again', async () => {
    const { state, newSink, die } = world();
    await die();
    let reads = 0;
    const read: StateStore['read'] = (key) => {
      reads += 1;
      return state.read(key);
    };
    const sink = newSink({ read });
    await sinkFlush(sink);
    await sinkPartition(sink, sampleSource, [record(4)]);
    expect(reads).toBe(1);
  });

  test('loses quietly against a writer that closed the same file, even when it was moved away since', async () => {
    const { state, bucket, newSink, die } = world();
    await die([large(0), large(1), large(2)]);
    const writer = newSink();
    const read: StateStore['read'] = async (key) => {
      const found = await state.read(key);
      if (bucket.openUploads().size > 0) {
        await sinkPartition(writer, sampleSource, [record(3)]);
        for (const moved of bucket.objects.keys()) bucket.remove(moved);
      }
      return found;
    };
    await sinkFlush(newSink({ read }));
    expect(bucket.objects.size).toBe(0);
  });

  test('a partition that cannot be closed does not stop the others, counts as stopped, and is told', async () => {
    const { bucket, newSink, die, metrics } = world();
    await die();
    await die(records(0, 3), { topic: 'prices', partition: 1 });
    bucket.overwrite('topics/prices/partition=0/prices+0+0000000000.avro', Buffer.from('a stranger'));
    await expect(sinkFlush(newSink())).rejects.toMatchObject({ code: 'FILE_NOT_OURS' });
    expect(bucket.objects.size).toBe(2);
    expect(metrics).toMatchObject({ SinkFiles: 1, SinkStopped: 1 });
    expect(metrics).not.toHaveProperty('SinkOpenRecords');
  });

  test('goes by its own clock, whatever a writer that died said of the clock for the next record', async () => {
    const { bucket, state, newSink } = world();
    const midnight = Date.parse('2026-11-25T00:00:00Z');
    const at = (now: number): Sink => {
      const sink = newSink();
      return { ...sink, config: { ...sink.config, rotateScheduleMs: 600_000 }, now: () => now, rules: ruled(sink) };
    };
    await sinkPartition(at(midnight), sampleSource, records(0, 2));
    const found = await state.read(sampleStateKey);
    const said = encodeState({
      ...decodeState(found?.body ?? Buffer.alloc(0), ''),
      clock: { now: midnight, until: 9 },
    });
    await state.replace(sampleStateKey, said, found?.version ?? '');
    await sinkFlush(at(midnight + 600_000));
    expect(bucket.objects.size).toBe(1);
  });
});
