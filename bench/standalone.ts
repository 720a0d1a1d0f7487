// Records per CPU second of `connectless standalone`, from a topic to files, on real servers; and what each part of it takes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '../local/servers/kafka';
import { startLocalStack } from '../local/servers/localstack';
import { runBundled } from './bundled';
import { machine } from './machine';
import { narrow, type Shape, wide } from './record-shapes';
import { FLUSH_SIZE, fillTopic, type Place, prepare } from './standalone-place';
import { partSeconds, standaloneSeconds } from './standalone-runs';

const RECORDS = Number(process.argv[2] ?? 300_000);
/**
 * Confluent's S3 sink 12.1.9 in Connect 4.1.2 standalone, -Xmx2g: not measured here but quoted, from a machine of this kind (2 cores).
 * Wide records there have 261 bytes of Avro, and 300,000 of them, warm-up included; 2 million: 49,300.
 */
const CONFLUENT: Readonly<Record<string, string>> = {
  'narrow, 1': '60,600–72,700',
  'narrow, 8': '51,000',
  'wide, 1': '16,300–21,100',
  'wide, 8': '',
};

const COLUMNS = [
  'record, partitions',
  'records a CPU second',
  'Confluent’s, quoted',
  'client',
  'event building',
  'handing over',
  'JSON.parse',
  'handler',
  'S3, state, log',
  'peak RSS, MB',
];

interface Row {
  readonly label: string;
  readonly cells: readonly string[];
}

async function measure(place: Place, name: string, shape: Shape, partitions: number): Promise<Row> {
  const topic = `${name}-${partitions}`;
  const one = await fillTopic(place, `${topic}-one`, shape, partitions, 1);
  const all = await fillTopic(place, topic, shape, partitions, RECORDS);
  const start = await standaloneSeconds(place, one);
  const whole = await standaloneSeconds(place, all);
  const seconds = { worker: whole.worker - start.worker, sink: whole.sink - start.sink };
  const partOf = async (part: 'client' | 'events') =>
    (await partSeconds(place, part, all)) - (await partSeconds(place, part, one));
  const client = await partOf('client');
  const events = await partOf('events');
  const out = await runBundled('sink-share', [name]);
  const { parse, handler }: { parse: number; handler: number } = JSON.parse(out);
  const sum = seconds.worker + seconds.sink;
  const shares = {
    client,
    events: events - client,
    handed: seconds.worker - events,
    parse: parse * RECORDS,
    handler: handler * RECORDS,
    s3: seconds.sink - (parse + handler) * RECORDS,
  };
  return {
    label: `${name}, ${partitions}`,
    cells: [
      Math.round(RECORDS / sum).toLocaleString('en'),
      ...Object.values(shares).map((share) => `${((100 * share) / sum).toFixed(0)} %`),
      `${Math.round(whole.peakMb)}`,
    ],
  };
}

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const directory = mkdtempSync(join(tmpdir(), 'connectless-standalone-'));
  const [kafka, s3] = await Promise.all([
    startKafka({ directory: mkdtempSync(join(tmpdir(), 'connectless-kafka-')) }),
    startLocalStack({ directory: mkdtempSync(join(tmpdir(), 'connectless-localstack-')) }),
  ]);
  try {
    console.log(machine());
    console.log(
      `${RECORDS} records from Kafka to LocalStack's S3, flush.size ${FLUSH_SIZE}, codec null; CPU of the worker and its function after their start\n`,
    );
    console.log(`| ${COLUMNS.join(' | ')} |\n|${'---|'.repeat(COLUMNS.length)}`);
    const place = await prepare(directory, kafka.url, s3.url);
    for (const [name, shape] of Object.entries({ narrow, wide })) {
      for (const partitions of [1, 8]) {
        const {
          label,
          cells: [rate = '', ...rest],
        } = await measure(place, name, shape, partitions);
        console.log(`| ${[label, rate, CONFLUENT[label] ?? '', ...rest].join(' | ')} |`);
      }
    }
  } finally {
    await Promise.all([kafka.stop(), s3.stop()]);
    rmSync(directory, { recursive: true });
  }
}

void main();
