// One event of 10,000 records through the sink's handler, over JSON.parse of the same event, which Lambda does before.
import { performance } from 'node:perf_hooks';
import { codec } from '../src/avro/codec';
import { parseSchema } from '../src/avro/schema-parse';
import { wireHeader } from '../src/avro/wire';
import type { SinkConfig } from '../src/config/model';
import type { TriggerEvent } from '../src/kafka/msk-event';
import { emfMetrics } from '../src/metrics/emf';
import type { ObjectStore } from '../src/s3/object-store';
import { sinkEvent } from '../src/sink/event';
import { openRules } from '../src/sink/open-rules';
import { sinkOn } from '../src/sink/sink';
import type { StateStore } from '../src/state/store';
import { machine, median } from './machine';

const RECORDS = 10_000;
/** Rounds in which the compiler warms up. */
const WARM_UP = 10;
/** The handler's share of JSON.parse's time that it may take on wide records. */
const AIM = 0.3;
const rounds = Number(process.argv[2] ?? 41);

const config: SinkConfig = {
  kind: 'sink',
  name: 's3-sink',
  deployment: { memoryMb: 512, timeoutMs: 300_000, logRetentionDays: 30, tags: {} },
  trigger: { batchWindowMs: 1000 },
  topics: ['prices'],
  s3: { region: 'nowhere', pathStyle: true },
  bucket: 'none',
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
  flushSize: 1_000,
  partSize: 5_242_880,
};

/** Answers at once and keeps nothing: what is left is the handler's own work. */
const nowhere: ObjectStore = {
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

const emptyState: StateStore = {
  read: async () => undefined,
  create: async () => '1',
  replace: async () => '1',
  list: async () => [],
};

interface Shape {
  readonly schema: string;
  readonly value: (id: number) => Record<string, unknown>;
}

const tutorial: Shape = {
  schema: JSON.stringify({
    type: 'record',
    name: 'prices',
    fields: [
      { name: 'id', type: 'int' },
      { name: 'item', type: 'string' },
      { name: 'price', type: 'float' },
    ],
  }),
  value: (id) => ({ id, item: `item ${id}`, price: id / 8 }),
};

const types = ['long', 'string', 'double', ['null', 'string'], 'boolean', ['null', 'long']] as const;
const wide: Shape = {
  schema: JSON.stringify({
    type: 'record',
    name: 'wide',
    fields: Array.from({ length: 30 }, (_, index) => ({ name: `column_${index}`, type: types[index % types.length] })),
  }),
  value: (id) => {
    const columns = [
      BigInt(id) * 1_000_003n,
      `some text of row ${id}`,
      id / 7,
      `another text ${id}`,
      id % 2 === 0,
      BigInt(id),
    ];
    return Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`column_${index}`, columns[index % 6]]));
  },
};

function eventJson({ schema, value }: Shape): { json: string; bytes: number } {
  const { encode } = codec(parseSchema(schema));
  const values = Array.from({ length: RECORDS }, (_, id) => encode(value(id), wireHeader(1)));
  const records = values.map((bytes, offset) => ({
    topic: 'prices',
    partition: 0,
    offset,
    timestamp: 1_700_000_000_000 + offset,
    timestampType: 'CREATE_TIME',
    key: null,
    value: bytes.toString('base64'),
    headers: [],
  }));
  const json = JSON.stringify({ eventSource: 'aws:kafka', records: { 'prices-0': records } });
  return { json, bytes: values.reduce((sum, { length }) => sum + length, 0) / RECORDS - 5 };
}

/** Median milliseconds of JSON.parse and of the handler, in a warm process that sees the partition for the first time. */
async function measure(shape: Shape) {
  const { json, bytes } = eventJson(shape);
  const registry = { register: async () => 1, schemaById: async () => shape.schema, versionOf: async () => 1 };
  const { rules, get } = openRules(config, () => registry);
  // They are made as a function makes them, and not written: the rounds never end an invocation.
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const metrics = emfMetrics(config.name);
  const parse: number[] = [];
  const handler: number[] = [];
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const sink = {
      ...sinkOn(config, emptyState, nowhere, () => registry, metrics),
      rules,
      get,
    };
    const start = performance.now();
    const event: TriggerEvent = JSON.parse(json);
    const parsed = performance.now();
    await sinkEvent(sink, event);
    const done = performance.now();
    if (round < WARM_UP) continue;
    parse.push(parsed - start);
    handler.push(done - parsed);
  }
  return { bytes, parse: median(parse), handler: median(handler) };
}

async function compare(): Promise<void> {
  console.log(machine());
  console.log(
    `Bundled; ${RECORDS} records, flush.size ${config.flushSize}, codec null, stores that answer at once; ${rounds} rounds, medians`,
  );
  for (const [name, shape] of Object.entries({ narrow: tutorial, wide })) {
    const { bytes, parse, handler } = await measure(shape);
    const ratio = handler / parse;
    const aim = name === 'wide' ? `, aim ${AIM}: ${ratio <= AIM ? 'met' : 'MISSED'}` : '';
    console.log(
      `${name} (${bytes.toFixed(0)} bytes of Avro): JSON.parse ${parse.toFixed(2)} ms, handler ${handler.toFixed(2)} ms, ratio ${ratio.toFixed(2)}${aim}`,
    );
  }
}

void compare();
