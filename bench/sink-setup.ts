// What the sink's benchmarks stand on: a configuration, events, stores that answer at once.
import { codec } from '../src/avro/codec';
import { parseSchema } from '../src/avro/schema-parse';
import { wireHeader } from '../src/avro/wire';
import type { SinkConfig } from '../src/config/sink-model';
import type { EventRecord, TriggerEvent } from '../src/kafka/msk-event';
import type { VersionedRegistry } from '../src/registry/registry';
import type { ObjectStore } from '../src/s3/object-store';
import type { StateStore } from '../src/state/store';
import { sampleConfig } from '../test/src/sink/sample';
import type { Shape } from './record-shapes';

export const TOPIC = 'prices';

export const sinkConfig: SinkConfig = { ...sampleConfig, topics: [TOPIC], flushSize: 1_000 };

/** Answers at once and keeps nothing: what is left is the handler's own work. */
export const nowhere: ObjectStore = {
  putNew: async () => 'created',
  size: async () => undefined,
  range: async () => Buffer.alloc(0),
  startUpload: async () => 'upload',
  uploadPart: async () => 'etag',
  listParts: async () => [],
  completeUpload: async () => 'created',
  abortUpload: async () => {},
  uploads: async () => [],
  tag: async () => {},
};

export const emptyState: StateStore = {
  read: async () => undefined,
  create: async () => '1',
  replace: async () => '1',
  list: async () => [],
};

/** Knows this shape's schema, whatever it is asked. */
export function registryOf({ schema }: Shape): VersionedRegistry {
  return { register: async () => 1, schemaById: async () => schema, versionOf: async () => 1 };
}

/** A message's value: an Avro datum behind a wire header with the schema id 1. */
export function valuesOf({ schema, value }: Shape): (id: number) => Buffer {
  const { encode } = codec(parseSchema(schema));
  return (id) => encode(value(id), wireHeader(1));
}

export function eventRecord(partition: number, offset: number, value: Buffer): EventRecord {
  return {
    topic: TOPIC,
    partition,
    offset,
    timestamp: 1_700_000_000_000 + offset,
    timestampType: 'CREATE_TIME',
    key: null,
    value: value.toString('base64'),
    headers: [],
  };
}

export function eventOf(records: readonly EventRecord[]): TriggerEvent {
  const byPartition: Record<string, EventRecord[]> = {};
  for (const record of records) {
    const name = `${record.topic}-${record.partition}`;
    byPartition[name] ??= [];
    byPartition[name].push(record);
  }
  return { records: byPartition };
}
