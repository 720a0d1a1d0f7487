// What each codec of Avro files costs and saves: the format's blocks, over zlib alone on the same data for deflate.
import { deflateRawSync } from 'node:zlib';
import { codec } from '../src/avro/codec';
import type { FormatConfig } from '../src/config/sink-model';
import { dataSchema } from '../src/convert/data-schema';
import type { FileFormat, FileIdentity } from '../src/sink/format/format';
import { formatOf } from '../src/sink/format/format-of';
import { machine, median } from './machine';
import { narrow, order, type Shape, wide } from './record-shapes';
import { between, now } from './took';

const RECORDS = 10_000;
/** Over zlib alone, that a block of deflate may take. */
const AIM = 1.15;
const WARM_UP = 3;
const rounds = Number(process.argv[2] ?? 21);

type AvroConfig = Extract<FormatConfig, { kind: 'avro' }>;
const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const CONFIGS: readonly AvroConfig[] = [
  ...LEVELS.map((deflateLevel): AvroConfig => ({ kind: 'avro', codec: 'deflate', deflateLevel })),
  { kind: 'avro', codec: 'snappy', deflateLevel: 0 },
  { kind: 'avro', codec: 'zstandard', deflateLevel: 0 },
];

interface Blocks {
  readonly file: FileIdentity;
  readonly blocks: ReadonlyArray<{ readonly records: number; readonly bytes: Buffer }>;
  readonly bytes: number;
}

function blocksOf({ schema, value }: Shape, blockBytes: number): Blocks {
  const file = { topic: 'topic', partition: 0, startOffset: 0, schema: dataSchema(schema, { id: 1 }) };
  const { encode } = codec(file.schema.schema);
  const blocks: Array<{ records: number; bytes: Buffer }> = [];
  let datums: Buffer[] = [];
  let size = 0;
  for (let id = 0; id < RECORDS; id += 1) {
    const datum = encode(value(id));
    datums.push(datum);
    size += datum.length;
    if (size < blockBytes && id < RECORDS - 1) continue;
    blocks.push({ records: datums.length, bytes: Buffer.concat(datums) });
    datums = [];
    size = 0;
  }
  return { file, blocks, bytes: blocks.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

/** Median milliseconds of CPU time, and the median of what it is in each round over zlib alone, which follows at once. */
function measure(format: FileFormat, { deflateLevel }: AvroConfig, { file, blocks }: Blocks) {
  const { memo } = format.start(file);
  const times: number[] = [];
  const overZlib: number[] = [];
  let written = 0;
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const start = now();
    written = blocks.reduce(
      (sum, { records, bytes }) => sum + format.block(file, memo, records, bytes).bytes.length,
      0,
    );
    const blocksWritten = now();
    for (const { bytes } of blocks) deflateRawSync(bytes, { level: deflateLevel });
    if (round < WARM_UP) continue;
    const { cpu } = between(start, blocksWritten);
    times.push(cpu);
    overZlib.push(cpu / between(blocksWritten, now()).cpu);
  }
  return { time: median(times), overZlib: median(overZlib), written };
}

async function main(): Promise<void> {
  const { zlib, zstd = 'as WebAssembly' } = process.versions;
  console.log(`${machine()}, zlib ${zlib}, zstd ${zstd}`);
  console.log(`${RECORDS} records in blocks of 64 KiB, ${rounds} rounds, medians of CPU time`);
  for (const [name, shape] of Object.entries({ narrow, wide, order })) {
    const blocks = blocksOf(shape, 64 * 1024);
    console.log(`\n${name}: ${(blocks.bytes / RECORDS).toFixed(0)} bytes of Avro, ${blocks.blocks.length} blocks`);
    let worst = 0;
    for (const config of CONFIGS) {
      const { time, overZlib, written } = measure(await formatOf(config), config, blocks);
      const isDeflate = config.codec === 'deflate';
      if (isDeflate) worst = Math.max(worst, overZlib);
      const label = isDeflate ? `deflate ${config.deflateLevel}` : config.codec;
      const over = isDeflate ? `, ${overZlib.toFixed(2)} × zlib alone` : '';
      const share = ((100 * written) / blocks.bytes).toFixed(1);
      console.log(`${label.padEnd(10)} ${time.toFixed(2).padStart(7)} ms, ${share.padStart(5)} % of the bytes${over}`);
    }
    console.log(`at most ${worst.toFixed(2)} × zlib alone, aim ${AIM}: ${worst <= AIM ? 'met' : 'MISSED'}`);
  }
}

void main();
