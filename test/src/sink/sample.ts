// What the sink's tests have in common: a configuration, records, a sink over stores in memory.
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import type { SinkConfig } from '../../../src/config/sink-model';
import { ConnectlessError } from '../../../src/errors';
import type { VersionedRegistry } from '../../../src/registry/registry';
import type { SinkRecord } from '../../../src/sink/record';

export const sampleConfig: SinkConfig = {
  kind: 'sink',
  name: 's3-sink',
  deployment: { memoryMb: 512, timeoutMs: 300_000, logRetentionDays: 30, tags: {} },
  trigger: { batchWindowMs: 1000 },
  topics: ['prices'],
  s3: { region: 'eu-central-1', pathStyle: true },
  bucket: 'bucket',
  topicsDir: 'topics',
  directoryDelimiter: '/',
  fileDelimiter: '+',
  zeroPadWidth: 10,
  converters: { value: { kind: 'avro', registry: { url: 'memory' } }, key: { kind: 'bytes' }, headers: 'simple' },
  partitioner: { kind: 'default' },
  rotateOnPartitionChange: true,
  timeZone: 'UTC',
  compatibility: 'NONE',
  formats: { value: { kind: 'avro', codec: 'null', deflateLevel: 6 } },
  nulls: { behavior: 'fail', toDeadLetters: true, directory: 'tombstone' },
  errors: { tolerance: 'none', log: false, logMessages: false, retryTimeoutMs: 0, retryDelayMaxMs: 60_000 },
  objects: { retries: 3, retryBackoffMs: 200 },
  flushSize: 3,
  partSize: 5_242_880,
};

export const sampleSource = { topic: 'prices', partition: 0 };
export const sampleStateKey = 'sink/s3-sink/prices/0';

/** Schemas 1 and 2: a record of one `bytes` field, under two names. */
const registry: VersionedRegistry = {
  register: () => Promise.reject(new Error('the sink registers nothing')),
  schemaById: async (id) => {
    if (id === 1 || id === 2) {
      return `{"type":"record","name":"R${id}","fields":[{"name":"text","type":"bytes"}]}`;
    }
    throw new ConnectlessError('SCHEMA_NOT_FOUND', `Schema ${id} is not in the registry`);
  },
  versionOf: async (_, id) => id,
};

export const sampleRegistry = () => registry;

export function datum(text: Buffer | string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([longBytes(bytes.length), bytes]);
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');

export function message(schemaId: number, text: Buffer | string): string {
  return Buffer.concat([wireHeader(schemaId), datum(text)]).toString('base64');
}

/** A record whose text is its offset. */
export function record(offset: number, change: Partial<SinkRecord> & { schemaId?: number } = {}): SinkRecord {
  const { schemaId = 1, ...fields } = change;
  return { offset, timestamp: 1_000 + offset, value: message(schemaId, String(offset)), ...fields };
}

export function records(from: number, until: number): SinkRecord[] {
  return Array.from({ length: until - from }, (_, index) => record(from + index));
}
