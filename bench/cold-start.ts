// Size and cold start of each bundle: what a Node process takes that loads it, over one that loads an empty function.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Bundle, bundleAll } from '../lib/bundling';
import { isLambdaRuntimeInstalled, lambdaRuntime } from '../local/lambda-runtime/installed';
import { machine, median } from './machine';

/** Milliseconds over the empty function that a bundle may take. */
const aims: Readonly<Record<string, number>> = { source: 110, sink: 90 };
const rounds = Number(process.argv[2] ?? 41);

interface Runtime {
  readonly node: string;
  readonly version: string;
  /** As the runner there loads a bundle. */
  readonly load: string;
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-cold-start-'));
  try {
    const bundles = await bundleAll(directory);
    const empty = join(directory, 'empty.js');
    writeFileSync(empty, 'exports.handler = async () => {};');
    const files = [empty, ...Object.values(bundles).map(({ path }) => path)];
    print(measure(runtimes(), files), empty, bundles);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The local runner's way on this Node; on Lambda's Node the way of Lambda's runtime client, where that is installed. */
function runtimes(): readonly Runtime[] {
  const here = {
    node: process.execPath,
    version: process.versions.node,
    load: 'Promise.resolve(require(process.argv[1]))',
  };
  if (!isLambdaRuntimeInstalled()) {
    console.log('Without Lambda’s Node: `node local/lambda-runtime/install.mjs` installs it.\n');
    return [here];
  }
  const { node } = lambdaRuntime();
  const version = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.trim();
  return [here, { node, version, load: 'import(process.argv[1])' }];
}

interface Start {
  readonly wall: number;
  readonly cpu: number;
}

interface Measured {
  readonly version: string;
  /** Median milliseconds by file. */
  readonly starts: ReadonlyMap<string, Start>;
}

/** Interleaved, so that a busy moment of the machine falls on all of them. */
function measure(on: readonly Runtime[], files: readonly string[]): readonly Measured[] {
  const starts = on.map(() => new Map<string, Start[]>(files.map((file) => [file, []])));
  // The first round only warms the file system's cache.
  for (let round = 0; round <= rounds; round += 1) {
    for (const file of files) {
      on.forEach((runtime, index) => {
        const one = start(runtime, file);
        if (round > 0) starts[index]?.get(file)?.push(one);
      });
    }
  }
  const medians = (list: readonly Start[]) => ({
    wall: median(list.map(({ wall }) => wall)),
    cpu: median(list.map(({ cpu }) => cpu)),
  });
  return on.map(({ version }, index) => ({
    version,
    starts: new Map([...(starts[index] ?? [])].map(([file, list]) => [file, medians(list)])),
  }));
}

function start({ node, load }: Runtime, file: string): Start {
  const child = `${load}.then(() => {
    const { user, system } = process.cpuUsage();
    console.log((user + system) / 1000);
    process.exit();
  })`;
  // Nothing else of ours: with NODE_EXTRA_CA_CERTS, for one, Node 20 reads certificates before it does anything.
  const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1' };
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(node, ['-e', child, file], { encoding: 'utf8', env });
  const wall = performance.now() - before;
  if (status !== 0) throw new Error(`${file} cannot be loaded: ${stderr}`);
  return { wall, cpu: Number(stdout) };
}

function print(measured: readonly Measured[], empty: string, bundles: Readonly<Record<string, Bundle>>): void {
  console.log(`Cold start over an empty function, wall (CPU), median of ${rounds} runs. ${machine()}\n`);
  const columns = ['bundle', 'KB', 'KB gzip', ...measured.map(({ version }) => `Node ${version}, ms`), 'aim'];
  console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`);
  for (const [name, { path, bytes, gzipBytes }] of Object.entries(bundles)) {
    const over = measured.map(({ starts }) => {
      const [one, none] = [starts.get(path), starts.get(empty)];
      if (one === undefined || none === undefined) return '';
      return `${(one.wall - none.wall).toFixed(0)} (${(one.cpu - none.cpu).toFixed(0)})`;
    });
    const aim = aims[name] === undefined ? '' : `≤ ${aims[name]}`;
    const sizes = [bytes, gzipBytes].map((size) => Math.round(size / 1024));
    console.log(`| ${[name, ...sizes, ...over, aim].join(' | ')} |`);
  }
  const emptyStarts = measured.map(
    ({ version, starts }) => `${starts.get(empty)?.wall.toFixed(0)} ms on Node ${version}`,
  );
  console.log(`\nThe empty function itself: ${emptyStarts.join(', ')}.`);
}

void main();
