// The one way a lambda becomes a bundle: the same for the local runner, the benchmarks and the CDK.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Each has its file in `lambdas/`. */
export type LambdaName = 'source' | 'processor' | 'sink' | 'registry';

const project = join(__dirname, '..');
/** Where the local runner keeps its bundles. */
export const bundlesDirectory = join(project, '.connectless', 'bundles');

/** `module` before `main`: the AWS SDK's ES modules leave out what is not called, which is most of a cold start. */
const bundling = {
  absWorkingDir: project,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'external',
  legalComments: 'none',
  // pg asks for its native twin only when somebody reads `pg.native`; nobody does.
  external: ['pg-native'],
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** Bundles one entry file into `<outdir>/<name>/index.js` with its map beside it; answers the bundle's path. */
export async function bundle(entry: string, name: string, outdir: string): Promise<string> {
  const outfile = join(outdir, name, 'index.js');
  const { outputFiles } = await build({ ...bundling, entryPoints: [entry], outfile, write: false });
  await mkdir(dirname(outfile), { recursive: true });
  await Promise.all(outputFiles.map((file) => replaceFile(file.path, file.contents)));
  return outfile;
}

/** `lambdas/<name>.ts` as `<outdir>/<name>/index.js`, its `handler` exported; answers the bundle's path. */
export function bundleLambda(name: LambdaName, outdir: string): Promise<string> {
  return bundle(join(project, 'lambdas', `${name}.ts`), name, outdir);
}

/** Every lambda; answers the path of each bundle. */
export async function bundleAll(outdir: string): Promise<Record<LambdaName, string>> {
  const [source, processor, sink, registry] = await Promise.all([
    bundleLambda('source', outdir),
    bundleLambda('processor', outdir),
    bundleLambda('sink', outdir),
    bundleLambda('registry', outdir),
  ]);
  return { source, processor, sink, registry };
}

/** Whole or not at all: another process may be loading the bundle at this moment. */
async function replaceFile(path: string, contents: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}
