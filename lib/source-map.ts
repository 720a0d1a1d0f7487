// Reduces a bundle's source map to our own files: Node parses the map at every cold start, and most of it is other people's code.

/** Version 3, as esbuild writes it. */
export interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** One mapping, all numbers absolute; without a position it says that what follows is nobody's. */
interface Mapping {
  /** Of the bundle. */
  readonly line: number;
  readonly column: number;
  readonly position?: {
    readonly source: number;
    readonly line: number;
    readonly column: number;
    readonly name?: number;
  };
}

/**
 * @param ownName what a source is called in the stack of an error; undefined leaves it out, so that its frames name the
 * place in the bundle
 */
export function ownSources(map: SourceMap, ownName: (source: string) => string | undefined): SourceMap {
  const names = map.sources.map(ownName);
  const own = ownMappings(decode(map.mappings), (source) => names[source] !== undefined);
  const usedSources = compact(own.flatMap(({ position }) => (position === undefined ? [] : [position.source])));
  const usedNames = compact(own.flatMap(({ position }) => (position?.name === undefined ? [] : [position.name])));
  const renumbered = own.map(({ position, ...at }): Mapping => {
    if (position === undefined) return at;
    const { source, name, ...place } = position;
    const renamed = name === undefined ? {} : { name: usedNames.get(name) ?? 0 };
    return { ...at, position: { ...place, source: usedSources.get(source) ?? 0, ...renamed } };
  });
  return {
    version: 3,
    sources: [...usedSources.keys()].map((source) => names[source] ?? ''),
    names: [...usedNames.keys()].map((name) => map.names[name] ?? ''),
    mappings: encode(renumbered),
  };
}

/** Each run of mappings that are not ours becomes one without a position: a search finds the nearest one before. */
function ownMappings(mappings: readonly Mapping[], isOwn: (source: number) => boolean): readonly Mapping[] {
  let inOwn = false;
  return mappings.flatMap(({ line, column, position }) => {
    const wasOwn = inOwn;
    inOwn = position !== undefined && isOwn(position.source);
    if (position !== undefined && inOwn) return [{ line, column, position }];
    return wasOwn ? [{ line, column }] : [];
  });
}

/** New numbers, in the order of their first use. */
function compact(numbers: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...new Set(numbers)].map((number, index) => [number, index]));
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decode(mappings: string): readonly Mapping[] {
  let [source, line, column, name] = [0, 0, 0, 0];
  return mappings.split(';').flatMap((text, bundleLine) => {
    let bundleColumn = 0;
    return text.split(',').flatMap((segment): Mapping[] => {
      const [bundleDelta, sourceDelta, lineDelta = 0, columnDelta = 0, nameDelta] = numbersIn(segment);
      if (bundleDelta === undefined) return [];
      bundleColumn += bundleDelta;
      const at = { line: bundleLine, column: bundleColumn };
      if (sourceDelta === undefined) return [at];
      source += sourceDelta;
      line += lineDelta;
      column += columnDelta;
      name += nameDelta ?? 0;
      return [{ ...at, position: { source, line, column, ...(nameDelta === undefined ? {} : { name }) } }];
    });
  });
}

function encode(mappings: readonly Mapping[]): string {
  const lines: string[][] = [];
  let before = { source: 0, line: 0, column: 0, name: 0 };
  let bundleColumn = 0;
  for (const { line, column, position } of mappings) {
    if (line >= lines.length) bundleColumn = 0;
    while (line >= lines.length) lines.push([]);
    const deltas = [column - bundleColumn];
    bundleColumn = column;
    if (position !== undefined) {
      deltas.push(position.source - before.source, position.line - before.line, position.column - before.column);
      if (position.name !== undefined) deltas.push(position.name - before.name);
      before = { ...before, ...position };
    }
    lines.at(-1)?.push(deltas.map(base64Vlq).join(''));
  }
  return lines.map((segments) => segments.join(',')).join(';');
}

/** Base 64 VLQ: five bits a digit, lowest first; the sixth says that more follow, the lowest bit of all is the sign. */
function numbersIn(segment: string): readonly number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = digits.indexOf(digit);
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

function base64Vlq(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const more = rest > 31 ? 32 : 0;
    text += digits.charAt((rest & 31) | more);
    rest >>= 5;
  } while (rest > 0);
  return text;
}
