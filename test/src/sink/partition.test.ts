import { describe, expect, test } from '@jest/globals';
import type { SinkConfig } from '../../../src/config/sink-model';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import type { StateStore } from '../../../src/state/store';
import { type MemoryBucket, memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { message, record, records, sampleConfig, sampleRegistry, sampleSource } from './sample';

const partSize = 100_000;
const config = { ...sampleConfig, partSize };

/** A state and a bucket that count the calls of each method, and new processes over them. */
function world() {
  const calls: string[] = [];
  const counted = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          calls.push(String(name));
          return Reflect.apply(method, target, args);
        };
      },
    });
  const state = memoryState();
  const metrics = recordedMetrics(() => 100_000);
  const bucket = memoryBucket({ smallestPart: partSize, etags: 'md5' });
  const newSink = (
    changed: Partial<StateStore> = {},
    changedBucket: Partial<MemoryBucket> = {},
    changedConfig: Partial<SinkConfig> = {},
  ) =>
    sinkOn(
      { ...config, ...changedConfig },
      counted({ ...state, ...changed }),
      counted({ ...bucket, ...changedBucket }),
      sampleRegistry,
      metrics,
    );
  return { calls, state, bucket, newSink, metrics: metrics.values };
}

/** Fills blocks: two make a part and more. */
const large = (offset: number) => record(offset, { value: message(1, Buffer.alloc(66_000, offset)) });

describe('one invocation of a partition', () => {
  test('reads the state once in the life of the process, writes it once for each batch, and once more to forget closed files', async () => {
    const { calls, newSink } = world();
    const sink = newSink();
    await sinkPartition(sink, sampleSource, records(0, 2));
    await sinkPartition(sink, sampleSource, records(2, 4));
    expect(calls).toEqual(['read', 'create', 'replace', 'putNew', 'replace']);
  });

  test('writes nothing when all was taken before', async () => {
    const { calls, newSink } = world();
    const sink = newSink();
    await sinkPartition(sink, sampleSource, records(0, 2));
    await sinkPartition(sink, sampleSource, records(0, 2));
    expect(calls).toEqual(['read', 'create']);
  });

  test('a file that is moved away after it was closed does not come back with the next process', async () => {
    const { bucket, newSink } = world();
    await sinkPartition(newSink(), sampleSource, records(0, 3));
    expect(bucket.objects.size).toBe(1);
    const emptied = memoryBucket({ smallestPart: partSize, etags: 'md5' });
    await sinkPartition(newSink({}, emptied), sampleSource, records(3, 5));
    expect(emptied.objects.size).toBe(0);
  });

  test('closes what a process that died had left to close, although no record is new', async () => {
    const { bucket, newSink } = world();
    const dying = newSink({}, { putNew: () => Promise.reject(new Error('died')) });
    await expect(sinkPartition(dying, sampleSource, records(0, 3))).rejects.toThrow('died');
    expect(bucket.objects.size).toBe(0);
    await sinkPartition(newSink(), sampleSource, records(0, 3));
    expect(bucket.objects.size).toBe(1);
  });

  test('a process whose copy of the state is old loads it anew and plans again', async () => {
    const { bucket, newSink } = world();
    const [old, other] = [newSink(), newSink()];
    await sinkPartition(old, sampleSource, records(0, 1));
    await sinkPartition(other, sampleSource, records(0, 2));
    await sinkPartition(old, sampleSource, records(1, 6));
    expect([...bucket.objects.keys()].map((key) => key.slice(-6, -5))).toEqual(['0', '3']);
  });

  test('safe records stay safe when a later one stops the partition', async () => {
    const { bucket, newSink } = world();
    const bad = record(3, { value: null });
    await expect(sinkPartition(newSink(), sampleSource, [...records(0, 3), bad])).rejects.toMatchObject({
      code: 'NULL_VALUE',
    });
    expect(bucket.objects.size).toBe(1);
    await expect(sinkPartition(newSink(), sampleSource, [bad])).rejects.toMatchObject({ code: 'NULL_VALUE' });
  });

  test('a schema that the registry does not know names the record', async () => {
    const { newSink } = world();
    const unknown = sinkPartition(newSink(), sampleSource, [record(0), record(1, { schemaId: 9 })]);
    await expect(unknown).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND' });
    await expect(unknown).rejects.toThrow('Topic prices, partition 0, offset 1: Schema 9 is not in the registry');
  });
});

describe('an upload', () => {
  test('of the loser of a race is aborted', async () => {
    const { state, bucket, newSink } = world();
    const winner = newSink();
    const create: StateStore['create'] = async (key, body) => {
      await sinkPartition(winner, sampleSource, [large(0), large(1)]);
      return state.create(key, body);
    };
    await sinkPartition(newSink({ create }), sampleSource, [large(0), large(1)]);
    expect(bucket.openUploads().size).toBe(1);
    await sinkPartition(winner, sampleSource, [large(2)]);
    expect(bucket.objects.size).toBe(1);
    expect(bucket.openUploads().size).toBe(0);
  });

  test('that the state knows is not aborted when the refusal of its write was a false one', async () => {
    const { state, bucket, newSink } = world();
    const create: StateStore['create'] = async (key, body) => {
      await state.create(key, body);
      return undefined;
    };
    await sinkPartition(newSink({ create }), sampleSource, [large(0), large(1)]);
    expect(bucket.openUploads().size).toBe(1);
    await sinkPartition(newSink(), sampleSource, [large(2)]);
    expect(bucket.objects.size).toBe(1);
  });

  test('is aborted when one of its parts cannot be uploaded', async () => {
    const { bucket, newSink } = world();
    const sink = newSink({}, { uploadPart: () => Promise.reject(new Error('reset')) });
    await expect(sinkPartition(sink, sampleSource, [large(0), large(1)])).rejects.toThrow('reset');
    expect(bucket.openUploads().size).toBe(0);
  });

  test('gets no part from a process that has not seen the records between', async () => {
    const { bucket, newSink } = world();
    const late = { flushSize: 8 };
    const [old, other] = [newSink({}, {}, late), newSink({}, {}, late)];
    const all = Array.from({ length: 8 }, (_, offset) => large(offset));
    await sinkPartition(old, sampleSource, all.slice(0, 2));
    await sinkPartition(other, sampleSource, all.slice(2, 4));
    await sinkPartition(old, sampleSource, all.slice(4, 6));
    await sinkPartition(other, sampleSource, all.slice(6));
    const alone = memoryBucket({ smallestPart: partSize, etags: 'md5' });
    await sinkPartition(
      sinkOn({ ...config, ...late }, memoryState(), alone, sampleRegistry, recordedMetrics()),
      sampleSource,
      all,
    );
    expect([...bucket.objects.keys()]).toEqual([...alone.objects.keys()]);
    const same = [...alone.objects].map(([key, body]) => bucket.objects.get(key)?.equals(body));
    expect(same).toEqual([true]);
  });

  test('that somebody aborted is lost, and the error says from which offset to read again', async () => {
    const { bucket, newSink } = world();
    const sink = newSink({}, {}, { flushSize: 100 });
    await sinkPartition(sink, sampleSource, [large(7), large(8)]);
    for (const [id, key] of bucket.openUploads()) await bucket.abortUpload(key, id);
    const next = sinkPartition(sink, sampleSource, [large(9), large(10)]);
    await expect(next).rejects.toMatchObject({ code: 'UPLOAD_LOST' });
    await expect(next).rejects.toThrow('back to offset 7');
  });

  test('that is lost names the offset from which all open files can be made anew, not its own', async () => {
    const { bucket, newSink } = world();
    const byField: Partial<SinkConfig> = {
      flushSize: 100,
      partitioner: {
        kind: 'time',
        durationMs: 1,
        pathFormat: 'SSS',
        locale: 'en-US',
        timeZone: 'UTC',
        extractor: { kind: 'record' },
      },
    };
    const sink = newSink({}, {}, byField);
    const at = (offset: number, timestamp: number) => ({ ...large(offset), timestamp });
    await sinkPartition(sink, sampleSource, [at(7, 1), at(8, 2), at(9, 2)]);
    for (const [id, key] of bucket.openUploads()) await bucket.abortUpload(key, id);
    await expect(sinkPartition(sink, sampleSource, [at(10, 2), at(11, 2)])).rejects.toThrow('back to offset 7');
  });

  test('is not started before the dead letters are sent', async () => {
    const { calls, newSink } = world();
    const deadLetters = { topic: 'dead', replicationFactor: 1, contextHeaders: false };
    const sink = newSink({}, {}, { errors: { ...config.errors, tolerance: 'all', deadLetters } });
    const down = { send: () => Promise.reject(new Error('no broker')) };
    const given = [large(0), large(1), record(2, { value: message(9, 'x') })];
    await expect(sinkPartition({ ...sink, deadLetters: down }, sampleSource, given)).rejects.toThrow('no broker');
    expect(calls).toEqual(['read']);
  });
});
