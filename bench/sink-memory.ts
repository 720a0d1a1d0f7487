// What 1,000 open files take of a function's memory, each case in a process of its own with the heap that 512 MB would have.
import { runBundled } from './bundled';
import { machine } from './machine';

/** As the local runner does for `connectless.function.memory.mb`: a tenth is left for buffers. */
const MEMORY_MB = 512;
const HEAP_MB = Math.floor(MEMORY_MB * 0.9);

export interface Held {
  /** Open files when it was measured. */
  readonly files: number;
  /** Of a file, on average. */
  readonly fileBytes: number;
  /** Of the whole process, at its highest. */
  readonly peakMb: number;
  /** Of the states that the process holds: heap and buffers, above what it had before the first record, over the files. */
  readonly heldBytes: number;
}

const CASES = [
  { name: '1,000 partitions, an open file each', partitions: 1_000 },
  { name: '1,000 open files of one partition (FieldPartitioner)', partitions: 1 },
];
const SIZES = [4, 16, 64, 128];

async function main(): Promise<void> {
  console.log(machine());
  console.log(
    `Bundled, node --max-old-space-size=${HEAP_MB}; events of 6 MB, wide records, codec null; the state is on disk\n`,
  );
  for (const { name, partitions } of CASES) {
    console.log(
      `${name}:\n\n| file, KB | held per file, KB | held over the file | peak RSS, MB | aim |\n|---|---|---|---|---|`,
    );
    for (const kilobytes of SIZES) {
      const out = await runBundled(
        'sink-memory-files',
        [String(partitions), String(kilobytes)],
        ['--expose-gc', `--max-old-space-size=${HEAP_MB}`],
      );
      const { fileBytes, peakMb, heldBytes }: Held = JSON.parse(out);
      const aim = `≤ ${MEMORY_MB}: ${peakMb <= MEMORY_MB ? 'met' : 'MISSED'}`;
      const cells = [fileBytes / 1024, heldBytes / 1024].map((size) => size.toFixed(1));
      console.log(`| ${[...cells, (heldBytes / fileBytes).toFixed(2), peakMb.toFixed(0), aim].join(' | ')} |`);
    }
    console.log();
  }
}

void main();
