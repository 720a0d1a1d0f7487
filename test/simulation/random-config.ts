// A sink's configuration made up for one schedule, out of all rules.
import type { FormatConfig, PartitionerConfig, SinkConfig } from '../../src/config/model';
import type { Random } from './random';

const base = {
  kind: 'sink',
  name: 'simulated',
  deployment: { memoryMb: 512, timeoutMs: 300_000, logRetentionDays: 30, tags: {} },
  trigger: { batchWindowMs: 1000 },
  topics: ['prices'],
  converters: {
    value: { kind: 'avro', registry: { url: 'memory' } },
    key: { kind: 'string', encoding: 'UTF8' },
    headers: 'simple',
  },
  s3: { region: 'nowhere', pathStyle: true },
  bucket: 'memory',
  topicsDir: 'topics',
  directoryDelimiter: '/',
  fileDelimiter: '+',
  zeroPadWidth: 10,
  timeZone: 'Europe/Berlin',
  objects: { retries: 3, retryBackoffMs: 200 },
} as const satisfies Partial<SinkConfig>;

const AVRO = { kind: 'avro', codec: 'null', deflateLevel: 1 } as const;
const JSON_LINES = { kind: 'json', decimals: 'BASE64' } as const;

/** @param isLarge records fill blocks and parts before their file is complete, so that writers share an upload */
export function randomConfig(random: Random, isLarge: boolean): SinkConfig {
  const partitioner = randomPartitioner(random);
  const storesKeys = random.chance(0.25);
  const deadLetters = { topic: 'dead', replicationFactor: 1, contextHeaders: true };
  return {
    ...base,
    flushSize: isLarge ? random.pick([4, 7, 12]) : random.pick([1, 2, 3, 5, 10, 1000]),
    partSize: isLarge ? random.integer(20_000, 120_000) : random.integer(50, 2_000),
    partitioner,
    rotateOnPartitionChange: random.chance(0.5),
    ...sometimes(random, partitioner.kind === 'time' ? 0.6 : 0, { rotateIntervalMs: random.pick([20, 100, 60_000]) }),
    ...sometimes(random, 0.2, { rotateScheduleMs: random.pick([500, 60_000, 3_600_000]) }),
    ...sometimes(random, 0.15, { rotateIdleMs: random.pick([100, 5_000]) }),
    ...sometimes(random, 0.2, { rotateBytes: random.integer(100, isLarge ? 200_000 : 3_000) }),
    compatibility: random.pick(['NONE', 'NONE', 'BACKWARD', 'FORWARD', 'FULL']),
    formats: {
      value: random.pick(formats),
      ...sometimes(random, storesKeys ? 1 : 0, { keys: random.pick<FormatConfig>([AVRO, JSON_LINES]) }),
      ...sometimes(random, 0.15, { headers: random.pick<FormatConfig>([AVRO, JSON_LINES]) }),
    },
    nulls: {
      behavior: storesKeys && random.chance(0.5) ? 'write' : 'ignore',
      toDeadLetters: random.chance(0.5),
      directory: 'tombstone',
    },
    errors: { ...tolerant, ...sometimes(random, 0.7, { deadLetters }) },
  };
}

const tolerant = {
  tolerance: 'all',
  log: false,
  logMessages: false,
  retryTimeoutMs: 0,
  retryDelayMaxMs: 60_000,
} as const;

function sometimes<Properties>(random: Random, probability: number, properties: Properties): Partial<Properties> {
  return random.chance(probability) ? properties : {};
}

export const formats: readonly [FormatConfig, ...FormatConfig[]] = [
  AVRO,
  AVRO,
  { ...AVRO, codec: 'deflate' },
  { ...AVRO, codec: 'snappy' },
  JSON_LINES,
  { ...JSON_LINES, gzipLevel: 1 },
];

function randomPartitioner(random: Random): PartitionerConfig {
  const time = {
    kind: 'time',
    locale: 'en-US',
    timeZone: 'Europe/Berlin',
    pathFormat: "'at'=YYYY-MM-dd-HH-mm-ss-SSS",
  } as const;
  const durationMs = random.pick([10, 100, 60_000]);
  return random.pick<PartitionerConfig>([
    { kind: 'default' },
    { kind: 'field', fields: ['kind'] },
    { ...time, durationMs, extractor: { kind: 'record' } },
    { ...time, durationMs, extractor: { kind: 'wallclock' } },
    { ...time, durationMs, extractor: { kind: 'field', field: 'id' } },
  ]);
}
