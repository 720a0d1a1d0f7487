import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bundleAll, bundleLambda } from '../../lib/bundling';

const outdir = mkdtempSync(join(tmpdir(), 'connectless-bundles-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The packages whose code is in a bundle, by its source map. */
function packagesIn(bundle: string): Set<string> {
  const { sources } = JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as { sources: string[] };
  return new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []));
}

describe('bundling the lambdas', () => {
  test('gives each one a file with its map beside it', async () => {
    const bundles = await bundleAll(outdir);
    expect(Object.keys(bundles).sort()).toEqual(['processor', 'registry', 'sink', 'source']);
    expect(readdirSync(join(outdir, 'sink')).sort()).toEqual(['index.js', 'index.js.map']);
  });

  test('leaves out of the sink what it does not need: Kafka’s, Avro’s and Postgres’s clients', async () => {
    const packages = packagesIn(await bundleLambda('sink', outdir));
    expect(packages).toContain('@aws-sdk/client-s3');
    for (const absent of ['kafkajs', 'avsc', 'pg']) expect(packages).not.toContain(absent);
  });

  test('leaves out of the source what decodes Avro', async () => {
    expect(packagesIn(await bundleLambda('source', outdir))).not.toContain('avsc');
  });

  test('may run twice at the same time', async () => {
    const both = await Promise.all([bundleLambda('registry', outdir), bundleLambda('registry', outdir)]);
    expect(both[0]).toBe(both[1]);
    expect(readdirSync(join(outdir, 'registry')).sort()).toEqual(['index.js', 'index.js.map']);
  });
});
