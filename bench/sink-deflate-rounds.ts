// Prints what the sink's handler takes for one event with codec deflate, over zlib alone on the blocks of the same files.
import { deflateRawSync } from 'node:zlib';
import { machine, median } from './machine';
import { narrow, order, type Shape, wide } from './record-shapes';
import { between, eventJson, handlerOf, now, RECORDS, type Took } from './sink-round';
import { sinkConfig, valuesOf } from './sink-setup';

/** Over zlib alone, that the handler may take. */
const AIM = 1.15;
/** The default of `connectless.avro.deflate.level`. */
const LEVEL = 4;
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

/** Zlib alone follows the handler at once, so that a busy moment of the machine falls on both. */
async function measure(shape: Shape): Promise<{ handler: Took; zlib: Took; ratio: Took }> {
  const config = {
    ...sinkConfig,
    formats: { value: { kind: 'avro', codec: 'deflate', deflateLevel: LEVEL } as const },
  };
  const json = eventJson(shape);
  const handle = handlerOf(config, shape);
  const blocks = blocksOf(shape);
  const all: Array<{ handler: Took; zlib: Took }> = [];
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const event = JSON.parse(json);
    const start = now();
    await handle(event);
    const handled = now();
    for (const block of blocks) deflateRawSync(block, { level: LEVEL });
    const zlib = between(handled, now());
    if (round >= WARM_UP) all.push({ handler: between(start, handled), zlib });
  }
  const of = (figure: (one: (typeof all)[number]) => number) => median(all.map(figure));
  return {
    handler: { wall: of(({ handler }) => handler.wall), cpu: of(({ handler }) => handler.cpu) },
    zlib: { wall: of(({ zlib }) => zlib.wall), cpu: of(({ zlib }) => zlib.cpu) },
    ratio: {
      wall: of(({ handler, zlib }) => handler.wall / zlib.wall),
      cpu: of(({ handler, zlib }) => handler.cpu / zlib.cpu),
    },
  };
}

async function main(): Promise<void> {
  console.log(`${machine()}, zlib ${process.versions.zlib}`);
  console.log(
    `Bundled; ${RECORDS} records, flush.size ${sinkConfig.flushSize}, deflate level ${LEVEL}; ${rounds} rounds, medians\n`,
  );
  console.log(
    '| record | zlib alone, ms (CPU) | handler, ms (CPU) | ratio | ratio of CPU time | aim |\n|---|---|---|---|---|---|',
  );
  for (const [name, shape] of Object.entries({ narrow, wide, order })) {
    const { handler, zlib, ratio } = await measure(shape);
    const cells = [
      name,
      ...[zlib, handler].map(({ wall, cpu }) => `${wall.toFixed(1)} (${cpu.toFixed(1)})`),
      ratio.wall.toFixed(2),
      ratio.cpu.toFixed(2),
      `≤ ${AIM}: ${ratio.cpu <= AIM ? 'met' : 'MISSED'}`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

void main();
