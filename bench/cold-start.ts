// Cold start of each bundle: wall and CPU time of a Node process that loads it, over one that loads an empty function.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bundle, bundleAll } from '../lib/bundling';
import { machine, median } from './machine';

/** Milliseconds over the empty function that a bundle may take. */
const aims: Readonly<Record<string, number>> = { source: 110, 'source, state on S3': 110, sink: 90 };
const rounds = Number(process.argv[2] ?? 41);

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-cold-start-'));
  try {
    const onS3 = await bundle(join(__dirname, 'source-on-s3.ts'), 'source-on-s3', directory);
    const bundles = { ...(await bundleAll(directory)), 'source, state on S3': onS3 };
    const empty = join(directory, 'empty.js');
    writeFileSync(empty, 'exports.handler = async () => {};');
    print(measure([empty, ...Object.values(bundles)]), bundles);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface Start {
  readonly wall: number;
  readonly cpu: number;
}

/** Median milliseconds by file. Interleaved, so that a busy moment of the machine falls on all of them. */
function measure(files: readonly string[]): Map<string, Start> {
  const starts = new Map<string, Start[]>(files.map((file) => [file, []]));
  // The first round only warms the file system's cache.
  for (let round = 0; round <= rounds; round += 1) {
    for (const file of files) {
      const one = start(file);
      if (round > 0) starts.get(file)?.push(one);
    }
  }
  const medians = (list: readonly Start[]) => ({
    wall: median(list.map(({ wall }) => wall)),
    cpu: median(list.map(({ cpu }) => cpu)),
  });
  return new Map([...starts].map(([file, list]) => [file, medians(list)]));
}

const child = `Promise.resolve(require(process.argv[1]).ready).then(() => {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1000);
  process.exit();
})`;

function start(file: string): Start {
  const before = performance.now();
  const env = { ...process.env, AWS_REGION: 'us-east-1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', child, file], { encoding: 'utf8', env });
  const wall = performance.now() - before;
  if (status !== 0) throw new Error(`${file} cannot be loaded: ${stderr}`);
  return { wall, cpu: Number(stdout) };
}

function print(medians: ReadonlyMap<string, Start>, bundles: Readonly<Record<string, string>>): void {
  const [empty = { wall: Number.NaN, cpu: Number.NaN }] = medians.values();
  console.log(`Cold start, median of ${rounds} runs. ${machine()}\n`);
  console.log('| bundle | KB | ms over the empty function | aim | CPU ms over it |\n|---|---|---|---|---|');
  for (const [name, file] of Object.entries(bundles)) {
    const { wall, cpu } = medians.get(file) ?? empty;
    const kilobytes = Math.round(statSync(file).size / 1024);
    const aim = aims[name] === undefined ? '' : `≤ ${aims[name]}`;
    const over = [(wall - empty.wall).toFixed(0), aim, (cpu - empty.cpu).toFixed(0)];
    console.log(`| ${[name, kilobytes, ...over].join(' | ')} |`);
  }
  console.log(`\nThe empty function itself: ${empty.wall.toFixed(0)} ms, CPU ${empty.cpu.toFixed(0)} ms.`);
}

void main();
