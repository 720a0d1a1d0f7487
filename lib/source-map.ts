// Reduces a bundle's source map to our own files: most of it is other people's code.
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

/** Version 3, as esbuild writes it. */
export interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/**
 * @param ownName what a source is called in the stack of an error; undefined leaves it out, so that its frames name the
 * place in the bundle
 */
export function ownSources(map: SourceMap, ownName: (source: string) => string | undefined): SourceMap {
  const names = map.sources.map(ownName);
  const own = ownSegments(decode(map.mappings), (source) => names[source] !== undefined);
  const usedSources = compact(own.flat().flatMap((segment) => (segment.length === 1 ? [] : [segment[1]])));
  const usedNames = compact(own.flat().flatMap((segment) => (segment.length === 5 ? [segment[4]] : [])));
  const renumbered = own.map((line) =>
    line.map((segment): SourceMapSegment => {
      if (segment.length === 1) return segment;
      const [bundleColumn, source, ...place] = segment;
      const [atLine, column, name] = place;
      const at = [bundleColumn, usedSources.get(source) ?? 0, atLine, column] as const;
      return name === undefined ? [...at] : [...at, usedNames.get(name) ?? 0];
    }),
  );
  return {
    version: 3,
    sources: [...usedSources.keys()].map((source) => names[source] ?? ''),
    names: [...usedNames.keys()].map((name) => map.names[name] ?? ''),
    mappings: encode(renumbered),
  };
}

/** Each run of segments that are not ours becomes one without a source: a search finds the nearest one before. */
function ownSegments(lines: readonly SourceMapSegment[][], isOwn: (source: number) => boolean): SourceMapSegment[][] {
  let wasOwn = false;
  return lines.map((segments) =>
    segments.flatMap((segment): SourceMapSegment[] => {
      const isOurs = segment.length > 1 && isOwn(segment[1] ?? -1);
      const ends = wasOwn && !isOurs;
      wasOwn = isOurs;
      if (isOurs) return [segment];
      return ends ? [[segment[0]]] : [];
    }),
  );
}

/** New numbers, in the order of their first use. */
function compact(numbers: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...new Set(numbers)].map((number, index) => [number, index]));
}
