// A sink's configuration made up for one schedule, out of all rules.
import type { FormatConfig, PartitionerConfig, SinkConfig } from '../../src/config/sink-model';
import { isLarge, type Profile } from './profile';
import type { Random } from './random';
import { OTHER_REGISTRY, registryIn } from './scripted-log';

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

export function randomConfig(random: Random, profile: Profile): SinkConfig {
  const config = anyConfig(random, isLarge(profile));
  return profile.kind === 'shared' ? sharing(random, config) : config;
}

function anyConfig(random: Random, large: boolean): SinkConfig {
  const partitioner = randomPartitioner(random);
  const storesKeys = random.chance(0.25);
  return {
    ...base,
    flushSize: large ? random.pick([4, 7, 12]) : random.pick([1, 2, 3, 5, 10, 1000]),
    partSize: large ? random.integer(20_000, 120_000) : random.integer(50, 2_000),
    partitioner,
    rotateOnPartitionChange: random.chance(0.5),
    ...sometimes(random, partitioner.kind === 'time' ? 0.6 : 0, { rotateIntervalMs: random.pick([20, 100, 60_000]) }),
    ...sometimes(random, 0.2, { rotateScheduleMs: random.pick([500, 60_000, 3_600_000]) }),
    ...sometimes(random, 0.15, { rotateIdleMs: random.pick([100, 5_000]) }),
    ...sometimes(random, 0.2, { rotateBytes: random.integer(100, large ? 200_000 : 3_000) }),
    compatibility: random.pick(compatibilities),
    formats: {
      value: random.pick(formats),
      ...sometimes(random, storesKeys ? 1 : 0, { keys: random.pick<FormatConfig>([AVRO, JSON_LINES]) }),
      ...sometimes(random, 0.15, { headers: random.pick<FormatConfig>([AVRO, JSON_LINES]) }),
    },
    nulls: {
      behavior: storesKeys && random.chance(0.5) ? 'write' : 'ignore',
      toDeadLetters: random.chance(0.5),
      // A directory that values have, too, makes no file one of both.
      directory: random.pick(['tombstone', 'partition=0']),
    },
    errors: { ...tolerant, ...sometimes(random, 0.7, { deadLetters }) },
  };
}

/** The wall clock alone tells files apart, and a file stays open while several parts of it fill up. */
function sharing(random: Random, config: SinkConfig): SinkConfig {
  const { rotateIntervalMs: _i, rotateIdleMs: _d, rotateScheduleMs: _s, rotateBytes: _b, ...rest } = config;
  const byClock = random.chance(0.7)
    ? { partitioner: { ...time, durationMs: 60_000, extractor: { kind: 'wallclock' } } as const }
    : { partitioner: { kind: 'default' } as const, rotateScheduleMs: 60_000 };
  return { ...rest, ...byClock, flushSize: random.pick([12, 40]), compatibility: 'NONE' };
}

/** The same with one or two things otherwise, as after a deployment. */
export function changedConfig(random: Random, config: SinkConfig): SinkConfig {
  const { keys: _, ...others } = config.formats;
  const url = registryIn(config).url === OTHER_REGISTRY ? 'memory' : OTHER_REGISTRY;
  const changes: readonly [Partial<SinkConfig>, ...Partial<SinkConfig>[]] = [
    { flushSize: random.pick([1, 2, 5, 12]) },
    { formats: { ...config.formats, value: random.pick(formats) } },
    config.formats.keys === undefined
      ? { formats: { ...config.formats, keys: AVRO } }
      : { formats: others, nulls: { ...config.nulls, behavior: 'ignore' } },
    { partitioner: randomPartitioner(random), rotateOnPartitionChange: false },
    { compatibility: random.pick(compatibilities) },
    { converters: { ...config.converters, value: { kind: 'avro', registry: { url } } } },
  ];
  return { ...config, ...random.pick(changes), ...random.pick(changes) };
}

const deadLetters = { topic: 'dead', replicationFactor: 1, contextHeaders: true } as const;
const compatibilities = ['NONE', 'NONE', 'BACKWARD', 'FORWARD', 'FULL'] as const;

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

const time = {
  kind: 'time',
  locale: 'en-US',
  timeZone: 'Europe/Berlin',
  pathFormat: "'at'=YYYY-MM-dd-HH-mm-ss-SSS",
} as const;

function randomPartitioner(random: Random): PartitionerConfig {
  const durationMs = random.pick([10, 100, 60_000]);
  return random.pick<PartitionerConfig>([
    { kind: 'default' },
    { kind: 'field', fields: ['kind'] },
    { ...time, durationMs, extractor: { kind: 'record' } },
    { ...time, durationMs, extractor: { kind: 'wallclock' } },
    { ...time, durationMs, extractor: { kind: 'field', field: 'id' } },
  ]);
}
