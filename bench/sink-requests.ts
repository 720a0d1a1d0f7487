// Requests to S3, counted: what the sink's state and files take for 1,000 records, by the size of a batch.
import { connectFileRequests } from '../lib/cost/file-requests';
import type { ObjectStore } from '../src/s3/object-store';
import { sinkEvent } from '../src/sink/event';
import { sinkOn } from '../src/sink/sink';
import type { StateStore } from '../src/state/store';
import { machine } from './machine';
import { type Shape, wide } from './record-shapes';
import { emptyState, eventOf, eventRecord, nowhere, registryOf, sinkConfig, valuesOf } from './sink-setup';

const RECORDS = 30_000;
const BATCHES = [10, 100, 1_000, 10_000];
/** The tutorial's, small files, large ones. */
const FLUSH_SIZES = [3, 1_000, 10_000];
const silent = { add: () => {}, since: () => {}, flush: () => {} };

/** The same object; calls are counted by the name of their method. */
function counted<Store extends object>(store: Store, counts: Map<string, number>): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        counts.set(String(name), (counts.get(String(name)) ?? 0) + 1);
        return Reflect.apply(method, target, args);
      };
    },
  });
}

/** Requests of one process that takes all records of one partition. */
async function requests(shape: Shape, batch: number, flushSize: number) {
  const [stateCounts, objectCounts] = [new Map<string, number>(), new Map<string, number>()];
  const [state, objects] = [counted<StateStore>(emptyState, stateCounts), counted<ObjectStore>(nowhere, objectCounts)];
  const registry = registryOf(shape);
  const sink = sinkOn({ ...sinkConfig, flushSize }, state, objects, () => registry, silent);
  const encode = valuesOf(shape);
  for (let offset = 0; offset < RECORDS; offset += batch) {
    const records = Array.from({ length: batch }, (_, index) => eventRecord(0, offset + index, encode(offset + index)));
    await sinkEvent(sink, eventOf(records));
  }
  const writes = (stateCounts.get('create') ?? 0) + (stateCounts.get('replace') ?? 0);
  const puts = [...objectCounts.values()].reduce((sum, count) => sum + count, 0);
  return { reads: stateCounts.get('read') ?? 0, writes, puts };
}

async function main(): Promise<void> {
  console.log(machine());
  console.log(
    `Counted, not timed: ${RECORDS} wide records of one partition, one process; requests for 1,000 records\n`,
  );
  const bytes = valuesOf(wide)(0).length - 5;
  console.log(
    '| flush.size | records a batch | state writes | of files | all | Kafka Connect’s, of files | ratio |\n|---|---|---|---|---|---|---|',
  );
  for (const flushSize of FLUSH_SIZES) {
    const connect = (connectFileRequests(flushSize * bytes, sinkConfig.partSize) * 1_000) / flushSize;
    for (const batch of BATCHES) {
      const { writes, puts } = await requests(wide, batch, flushSize);
      const each = [writes, puts, writes + puts].map((count) => (count * 1_000) / RECORDS);
      const ratio = (each[2] ?? Number.NaN) / connect;
      console.log(
        `| ${[flushSize, batch, ...[...each, connect, ratio].map((value) => value.toFixed(2))].join(' | ')} |`,
      );
    }
  }
}

void main();
