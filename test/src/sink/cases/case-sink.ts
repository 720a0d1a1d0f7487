// A sink of the reference's cases: configured by properties, over stores in memory, with a clock that is set.
import { codec } from '../../../../src/avro/codec';
import { readContainer } from '../../../../src/avro/container';
import { parseSchema } from '../../../../src/avro/schema-parse';
import { wireHeader } from '../../../../src/avro/wire';
import { faultLine } from '../../../../src/config/report';
import type { SinkConfig } from '../../../../src/config/sink-model';
import type { VersionedRegistry } from '../../../../src/registry/registry';
import type { DeadLetter } from '../../../../src/sink/dead-letters/letter';
import { sinkFlush } from '../../../../src/sink/flush';
import { sinkPartition } from '../../../../src/sink/partition';
import type { SinkRecord } from '../../../../src/sink/record';
import { sinkOn } from '../../../../src/sink/sink';
import { memoryState } from '../../../../src/state/memory';
import { type MemoryBucket, memoryBucket } from '../../../simulation/memory-bucket';
import { type Properties, SINK, validate, WORKER } from '../../config/files';
import { recordedMetrics } from '../../metrics/recorded';

const TOPIC = 'out-prices';

export interface CaseSink {
  readonly bucket: MemoryBucket;
  readonly letters: readonly DeadLetter[];
  /** In batches, which are to change nothing. */
  put(records: readonly SinkRecord[], partition?: number, batch?: number): Promise<void>;
  /** What the schedule does at a time of the wall clock. */
  flushAt(now: number): Promise<void>;
  /** `partition=0@6(3)` of each file: directory, first offset, records; in the order of offsets. */
  files(): string[];
}

function configOf(properties: Properties): SinkConfig {
  const { config, faults } = validate(WORKER, { ...SINK, ...properties });
  const [connector] = config?.connectors ?? [];
  if (connector?.kind !== 'sink') throw new Error(faults.map(faultLine).join('\n'));
  return connector;
}

/** @param schemas of values, by id, which is the version, too */
export function caseSink(properties: Properties, schemas: Readonly<Record<number, string>> = {}): CaseSink {
  const config = configOf(properties);
  const letters: DeadLetter[] = [];
  const deadLetters = { send: async (more: readonly DeadLetter[]) => void letters.push(...more) };
  const bucket = memoryBucket({ smallestPart: config.partSize, etags: 'md5' });
  let now = 0;
  const sink = sinkOn(config, memoryState(), bucket, () => registryOf(schemas), recordedMetrics(), {
    now: () => now,
    deadLetters,
  });
  return {
    bucket,
    letters,
    async put(records, partition = 0, batch = 4) {
      for (let from = 0; from < records.length; from += batch) {
        await sinkPartition(sink, { topic: TOPIC, partition }, records.slice(from, from + batch));
      }
    },
    async flushAt(time) {
      now = time;
      await sinkFlush(sink);
    },
    files: () =>
      [...bucket.objects]
        .map(described)
        .sort(byOffset)
        .map(({ text }) => text),
  };
}

function registryOf(schemas: Readonly<Record<number, string>>): VersionedRegistry {
  return {
    register: () => Promise.reject(new Error('the sink registers nothing')),
    schemaById: async (id) => schemas[id] ?? Promise.reject(new Error(`no schema ${id}`)),
    versionOf: async (_, id) => id,
  };
}

/** A value in the wire format. */
export function avroValue(schemas: Readonly<Record<number, string>>, id: number, value: unknown): string {
  return codec(parseSchema(schemas[id] ?? ''))
    .encode(value, wireHeader(id))
    .toString('base64');
}

function described([key, body]: [string, Buffer]) {
  const [, directory, offset] = /^(?:topics\/)?out-prices\/(.*)\/out-prices\+\d+\+(\d+)\.\w+$/.exec(key) ?? [];
  return { offset: Number(offset), text: `${directory}@${offset}(${countOf(key, body)})` };
}

function byOffset(one: { readonly offset: number }, other: { readonly offset: number }): number {
  return one.offset - other.offset;
}

function countOf(key: string, body: Buffer): number {
  if (key.endsWith('.json')) return body.toString().split('\n').length - 1;
  return [...readContainer(body).blocks].reduce((sum, { count }) => sum + count, 0);
}
