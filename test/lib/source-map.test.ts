import { SourceMap as NodeSourceMap } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import fc from 'fast-check';
import { ownSources, type SourceMap } from '../../lib/source-map';

const foreign = (source: string) => source.includes('properties-file');

/** A bundle of our parser and of the library below it, with its whole source map. */
async function bundled(): Promise<{ code: string; map: SourceMap }> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, '../../src/config/properties.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    sourcemap: 'external',
    write: false,
    outdir: join(__dirname, 'nowhere'),
  });
  const [map, code] = [...outputFiles].sort((one) => (one.path.endsWith('.map') ? -1 : 1));
  return { code: code?.text ?? '', map: JSON.parse(map?.text ?? '') };
}

function reader(map: SourceMap): NodeSourceMap {
  return new NodeSourceMap({ file: '', sourceRoot: '', sourcesContent: [], ...map } as never);
}

describe('a source map of our own files', () => {
  test('answers every place of ours as the whole map does, and no other', async () => {
    const { code, map } = await bundled();
    const [whole, own] = [reader(map), reader(ownSources(map, (name) => (foreign(name) ? undefined : name)))];
    const seen = { own: 0, foreign: 0 };
    code.split('\n').forEach((text, line) => {
      for (let column = 0; column < text.length; column += 1) {
        const place: { originalSource?: string } = whole.findEntry(line, column);
        const isOwn = place.originalSource !== undefined && !foreign(place.originalSource);
        seen[isOwn ? 'own' : 'foreign'] += 1;
        if (isOwn) expect(own.findEntry(line, column)).toEqual(place);
        else expect(own.findEntry(line, column)).not.toMatchObject({ originalSource: expect.anything() });
      }
    });
    expect(seen).toEqual({ own: expect.any(Number), foreign: expect.any(Number) });
    expect(Math.min(seen.own, seen.foreign)).toBeGreaterThan(100);
  });

  test('is all there is when everything is ours', async () => {
    const { map } = await bundled();
    const { sources, names, mappings } = map;
    expect(ownSources(map, (name) => name)).toMatchObject({ mappings });
    expect(ownSources(map, (name) => name)).toEqual({ version: 3, sources, names, mappings });
  });

  test('calls sources as it is told, and keeps the names of ours alone', () => {
    const map: SourceMap = {
      version: 3,
      sources: ['../library.js', '../ours.ts'],
      names: ['theirs', 'mine'],
      mappings: 'AAAAA,CCAAC,CDAAD',
    };
    expect(ownSources(map, (name) => (name === '../ours.ts' ? 'src/ours.ts' : undefined))).toEqual({
      version: 3,
      sources: ['src/ours.ts'],
      names: ['mine'],
      mappings: 'CAAAA,C',
    });
  });

  test('says of no place that it is ours that the whole map leaves to nobody', () => {
    const map: SourceMap = { version: 3, sources: ['ours.ts'], names: [], mappings: 'AAAA,C,CAAC' };
    expect(ownSources(map, (name) => name).mappings).toBe(map.mappings);
  });

  test('keeps distances of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 29), { minLength: 1 }), (lines) => {
        const map = { version: 3, sources: ['a'], names: [], mappings: mappingsAt(lines) } as const;
        expect(ownSources(map, (name) => name).mappings).toBe(map.mappings);
      }),
    );
  });
});

/** One mapping for each original line, in the order given: the distances have both signs. */
function mappingsAt(lines: readonly number[]): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const vlq = (number: number): string => {
    const [low, rest] = [number % 32, Math.floor(number / 32)];
    return rest === 0 ? digits.charAt(low) : digits.charAt(low + 32) + vlq(rest);
  };
  return lines
    .map((line, index) => line - (lines[index - 1] ?? 0))
    .map((delta) => `CA${vlq(delta < 0 ? -delta * 2 + 1 : delta * 2)}A`)
    .join(',');
}
