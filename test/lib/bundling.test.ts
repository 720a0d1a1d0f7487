import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { build } from 'esbuild';
import { bundleAll, bundleLambda, bundling, type LambdaName } from '../../lib/bundling';

// Bundling all of them takes seconds where the machine is busy.
jest.setTimeout(60_000);
const outdir = mkdtempSync(join(tmpdir(), 'connectless-bundles-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The packages whose code is in a bundle. */
async function packagesIn(name: LambdaName): Promise<Set<string>> {
  const entryPoints = [join(bundling.absWorkingDir, 'lambdas', `${name}.ts`)];
  const { metafile } = await build({ ...bundling, entryPoints, outdir, write: false, metafile: true });
  return new Set(
    Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
}

/** What a program answers that has this bundle as its first argument. */
function run(program: string, bundle: string): unknown {
  const env = { ...process.env, CONNECTLESS_WORKER: '', AWS_REGION: 'us-east-1' };
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program, bundle], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('bundling the lambdas', () => {
  test('gives each one a file with its map beside it, and says how large the file is', async () => {
    const bundles = await bundleAll(outdir);
    expect(Object.keys(bundles).sort()).toEqual([
      'bootstrap',
      'preflight',
      'processor',
      'registry',
      'sink',
      'source',
      'topics',
    ]);
    for (const [name, { path, bytes, gzipBytes }] of Object.entries(bundles)) {
      expect(readdirSync(join(outdir, name)).sort()).toEqual(['index.js', 'index.js.map']);
      const code = readFileSync(path);
      expect({ path, bytes, gzipBytes }).toEqual({
        path: join(outdir, name, 'index.js'),
        bytes: code.length,
        gzipBytes: gzipSync(code).length,
      });
    }
  });

  test('leaves out of the sink what it does not need: Postgres’s client', async () => {
    const packages = await packagesIn('sink');
    expect(packages).toContain('@aws-sdk/client-s3');
    expect(packages).not.toContain('pg');
  });

  test('does not evaluate in a sink what decodes Avro, which one that passes it through never needs', async () => {
    const { path } = await bundleLambda('sink', outdir);
    // avsc derives its streams with it when it is evaluated, and nothing else in the bundle does.
    const program = `
      const util = require('util');
      const { inherits } = util;
      let derived = 0;
      util.inherits = (...types) => { derived += 1; return inherits(...types); };
      require(process.argv[1]);
      console.log(derived);`;
    expect(run(program, path)).toBe(0);
  });

  test('leaves out of the source what decodes Avro', async () => {
    const packages = await packagesIn('source');
    expect(packages).toContain('kafkajs');
    expect(packages).not.toContain('avsc');
  });

  test('may run twice at the same time', async () => {
    const both = await Promise.all([bundleLambda('registry', outdir), bundleLambda('registry', outdir)]);
    expect(both[0]).toEqual(both[1]);
    expect(readdirSync(join(outdir, 'registry')).sort()).toEqual(['index.js', 'index.js.map']);
  });

  test('writes the same bytes wherever it writes, and nothing of the machine into them', async () => {
    const [here, there] = await Promise.all([
      bundleLambda('sink', outdir),
      bundleLambda('sink', join(outdir, 'far', 'away')),
    ]);
    for (const end of ['', '.map']) {
      const text = readFileSync(`${here.path}${end}`, 'utf8');
      expect(text === readFileSync(`${there.path}${end}`, 'utf8')).toBe(true);
      expect(text.includes(bundling.absWorkingDir)).toBe(false);
    }
  });

  test('does not evaluate what is imported when it is asked for', async () => {
    const usesHttps = `require(process.argv[1]); console.log(process.moduleLoadList.includes('NativeModule https'))`;
    const [topics, bootstrap] = await Promise.all([bundleLambda('topics', outdir), bundleLambda('bootstrap', outdir)]);
    // Only the AWS SDK uses it: the bootstrap needs the Data API at once, topics a secret when its file refers to one.
    expect(run(usesHttps, bootstrap.path)).toBe(true);
    expect(run(usesHttps, topics.path)).toBe(false);
  });

  test('takes of S3 no command that nobody calls', async () => {
    const { path } = await bundleLambda('source', outdir);
    const code = readFileSync(path, 'utf8');
    expect(code).toContain('GetObjectCommand');
    expect(code).not.toContain('RestoreObjectCommand');
  });
});

describe('the stack of an error in a bundle', () => {
  const stackOf = (load: string) => `(async () => {
    const { handler } = ${load};
    const { stack } = await handler({ records: {} }, { getRemainingTimeInMillis: () => 1000 }).catch((error) => error);
    console.log(JSON.stringify(stack.split('\\n')));
  })();`;
  const line = (path: string, text: string) =>
    readFileSync(join(bundling.absWorkingDir, path), 'utf8')
      .split('\n')
      .findIndex((one) => one.includes(text)) + 1;

  test.each(['require(process.argv[1])', 'await import(process.argv[1])'])(
    'names our files and lines: %s',
    async (load) => {
      const { path } = await bundleLambda('sink', outdir);
      const [title, ...frames] = run(stackOf(load), path) as string[];
      expect(title).toContain('ConnectlessError: The environment variable CONNECTLESS_');
      const thrown = line('src/config/load.ts', 'throw new ConnectlessError(');
      expect(thrown).toBeGreaterThan(0);
      expect(frames[0]).toMatch(/^ {4}at fromEnv \(src\/config\/load\.ts:\d+:\d+\)$/);
      expect(frames).toContainEqual(
        expect.stringMatching(new RegExp(`\\(lambdas/sink\\.ts:${line('lambdas/sink.ts', 'openSink()')}:\\d+\\)$`)),
      );
    },
  );

  test('names the place in the bundle where the map is gone', async () => {
    const { path } = await bundleLambda('sink', join(outdir, 'without-map'));
    rmSync(`${path}.map`);
    const [title, first] = run(stackOf('require(process.argv[1])'), path) as string[];
    expect(title).toContain('ConnectlessError');
    expect(first).toMatch(/^ {4}at \w+ \(.*\/index\.js:\d+:\d+\)$/);
  });
});
