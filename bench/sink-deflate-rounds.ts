// Prints what the sink's handler takes for one event with codec deflate, over zlib alone on the blocks of the same files.
import { deflateRawSync } from 'node:zlib';
import type { TriggerEvent } from '../src/kafka/msk-event';
import { machine, median } from './machine';
import { narrow, order, type Shape, wide } from './record-shapes';
import { eventJson, handlerOf, RECORDS } from './sink-round';
import { sinkConfig, valuesOf } from './sink-setup';
import { between, now, type Took } from './took';

/** Over zlib alone, that the handler may take. */
const AIM = 1.15;
/** The level is the default of `connectless.avro.deflate.level`. */
const DEFLATE = { kind: 'avro', codec: 'deflate', deflateLevel: 4 } as const;
const WARM_UP = 5;
const BLOCK_BYTES = 64 * 1024;
const rounds = Number(process.argv[2] ?? 31);

/** As the files have them: of 64 KiB, and what is left when a file is full. */
function blocksOf(shape: Shape): Buffer[] {
  const encode = valuesOf(shape);
  const blocks: Buffer[] = [];
  let datums: Buffer[] = [];
  let size = 0;
  for (let id = 0; id < RECORDS; id += 1) {
    const datum = encode(id).subarray(5);
    datums.push(datum);
    size += datum.length;
    if (size < BLOCK_BYTES && (id + 1) % sinkConfig.flushSize !== 0) continue;
    blocks.push(Buffer.concat(datums));
    datums = [];
    size = 0;
  }
  return blocks;
}

interface Measured {
  readonly handler: Took;
  /** The handler without a codec. */
  readonly plain: Took;
  readonly zlib: Took;
}

/** One after the other in each round, so that a busy moment of the machine falls on all. */
async function measure(shape: Shape): Promise<readonly Measured[]> {
  const json = eventJson(shape);
  const handle = handlerOf({ ...sinkConfig, formats: { value: DEFLATE } }, shape);
  const handlePlain = handlerOf(sinkConfig, shape);
  const blocks = blocksOf(shape);
  const measured: Measured[] = [];
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const handler = await timed(handle, json);
    const start = now();
    for (const block of blocks) deflateRawSync(block, { level: DEFLATE.deflateLevel });
    const zlib = between(start, now());
    const plain = await timed(handlePlain, json);
    if (round >= WARM_UP) measured.push({ handler, zlib, plain });
  }
  return measured;
}

/** With an event of its own, just parsed, as Lambda hands it over. */
async function timed(handle: (event: TriggerEvent) => Promise<void>, json: string): Promise<Took> {
  const event = JSON.parse(json);
  const start = now();
  await handle(event);
  return between(start, now());
}

async function main(): Promise<void> {
  console.log(`${machine()}, zlib ${process.versions.zlib}`);
  console.log(
    `Bundled; ${RECORDS} records, flush.size ${sinkConfig.flushSize}, deflate level ${DEFLATE.deflateLevel}; ${rounds} rounds, medians of CPU time\n`,
  );
  const columns = [
    'record',
    'zlib alone, ms',
    'handler, ms',
    'without codec, ms',
    'handler over zlib',
    'what deflate adds, over zlib',
    'aim',
  ];
  console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`);
  for (const [name, shape] of Object.entries({ narrow, wide, order })) {
    const measured = await measure(shape);
    const of = (figure: (one: Measured) => number) => median(measured.map(figure));
    const times = [of(({ zlib }) => zlib.cpu), of(({ handler }) => handler.cpu), of(({ plain }) => plain.cpu)];
    const whole = of(({ handler, zlib }) => handler.cpu / zlib.cpu);
    const added = of(({ handler, plain, zlib }) => (handler.cpu - plain.cpu) / zlib.cpu);
    const met = [whole, added].map((ratio) => (ratio <= AIM ? 'met' : 'MISSED'));
    const cells = [name, ...times.map((time) => time.toFixed(1)), whole.toFixed(2), added.toFixed(2)];
    console.log(`| ${[...cells, `≤ ${AIM}: ${met.join(', ')}`].join(' | ')} |`);
  }
}

void main();
