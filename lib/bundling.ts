// The one way a lambda becomes a bundle: the same for the local runner, the benchmarks and the CDK.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import { ownSources } from './source-map';

/** Each has its file in `lambdas/`. */
const lambdaNames = ['source', 'processor', 'sink', 'registry', 'topics', 'bootstrap', 'preflight'] as const;
export type LambdaName = (typeof lambdaNames)[number];

export interface Bundle {
  /** Of `index.js`; its directory holds nothing but it and its source map. */
  readonly path: string;
  /** Of the code alone. */
  readonly bytes: number;
  readonly gzipBytes: number;
}

const project = join(__dirname, '..');
/** Where the local runner keeps its bundles. */
export const bundlesDirectory = join(project, '.connectless', 'bundles');

/** `module` before `main`: the AWS SDK's ES modules leave out what is not called, which is most of a cold start. */
export const bundling = {
  absWorkingDir: project,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // Lambda runs them on Node 24: for that, esbuild writes the same bytes.
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  // Without the comment that names it: not Node reads the map, but what is injected.
  sourcemap: 'external',
  sourcesContent: false,
  inject: [join(project, 'src', 'mapped-stack.ts')],
  legalComments: 'none',
  // pg asks for its native twin only when somebody reads `pg.native`; nobody does.
  // Node 24, which Lambda has, compresses Zstandard itself: the library in WebAssembly is for older ones.
  external: ['pg-native', '@hpcc-js/wasm-zstd'],
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** Bundles one entry file into `<outdir>/<name>/index.js` with its map beside it. */
export async function bundle(entry: string, name: string, outdir: string): Promise<Bundle> {
  const outfile = join(outdir, name, 'index.js');
  const { outputFiles } = await build({ ...bundling, entryPoints: [entry], outfile, write: false });
  const [map, code] = [outputFiles.find(isMap), outputFiles.find((file) => !isMap(file))];
  if (map === undefined || code === undefined) throw new Error(`esbuild made no bundle of ${entry}.`);
  await mkdir(dirname(outfile), { recursive: true });
  await Promise.all([replaceFile(outfile, code.contents), replaceFile(`${outfile}.map`, shippedMap(map))]);
  const { length: gzipBytes } = await promisify(gzip)(code.contents);
  return { path: outfile, bytes: code.contents.length, gzipBytes };
}

/** `lambdas/<name>.ts` as `<outdir>/<name>/index.js`, its `handler` exported. */
export function bundleLambda(name: LambdaName, outdir: string): Promise<Bundle> {
  return bundle(join(project, 'lambdas', `${name}.ts`), name, outdir);
}

/** Every lambda. */
export async function bundleAll(outdir: string): Promise<Readonly<Record<LambdaName, Bundle>>> {
  const bundles = await Promise.all(lambdaNames.map(async (name) => [name, await bundleLambda(name, outdir)] as const));
  return Object.fromEntries(bundles) as Record<LambdaName, Bundle>;
}

function isMap({ path }: OutputFile): boolean {
  return path.endsWith('.map');
}

/** Our own files alone, from the project's directory on: the same bytes wherever they are bundled. */
function shippedMap({ path, text }: OutputFile): string {
  const own = ownSources(JSON.parse(text), (source) => {
    const name = relative(project, resolve(dirname(path), source));
    return name.startsWith('node_modules/') ? undefined : name;
  });
  return JSON.stringify(own);
}

/** Whole or not at all: another process may be loading the bundle at this moment. */
async function replaceFile(path: string, contents: Uint8Array | string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}
