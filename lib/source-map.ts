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
  const own = ownMappings(map.mappings, (source) => names[source] !== undefined);
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

/** New numbers, in the order of their first use. */
function compact(numbers: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...new Set(numbers)].map((number, index) => [number, index]));
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const bitsOf = new Map([...digits].map((digit, bits) => [digit.charCodeAt(0), bits]));
const semicolon = ';'.charCodeAt(0);

/** Each run of mappings that are not ours becomes one without a position: a search finds the nearest one before. */
function ownMappings(mappings: string, isOwn: (source: number) => boolean): readonly Mapping[] {
  const own: Mapping[] = [];
  let wasOwn = false;
  for (const { bundleLine, count, numbers } of segments(mappings)) {
    const [bundleColumn, source, line, column, name] = numbers;
    const isOurs = count > 1 && isOwn(source);
    const at = { line: bundleLine, column: bundleColumn };
    if (isOurs) own.push({ ...at, position: { source, line, column, ...(count > 4 ? { name } : {}) } });
    else if (wasOwn) own.push(at);
    wasOwn = isOurs;
  }
  return own;
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

interface Segment {
  bundleLine: number;
  /** How many of the numbers it has: 1, 4 or 5. */
  count: number;
  /** Column of the bundle, source, line, column, name. */
  numbers: [number, number, number, number, number];
}

/**
 * One mapping after the other, in the same object: there are hundreds of thousands. Each number is written as the distance
 * from the one before, in base 64: five bits a digit and the lowest first; the sixth says that more follow, the lowest bit
 * of all is the sign.
 */
function* segments(mappings: string): Iterable<Segment> {
  const segment: Segment = { bundleLine: 0, count: 0, numbers: [0, 0, 0, 0, 0] };
  const { numbers } = segment;
  let value = 0;
  let shift = 0;
  for (let index = 0; index <= mappings.length; index += 1) {
    const code = mappings.charCodeAt(index);
    const bits = bitsOf.get(code);
    if (bits === undefined) {
      if (segment.count > 0) yield segment;
      segment.count = 0;
      if (code === semicolon) {
        segment.bundleLine += 1;
        numbers[0] = 0;
      }
      continue;
    }
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers[segment.count] = (numbers[segment.count] ?? 0) + (value & 1 ? -(value >> 1) : value >> 1);
    segment.count += 1;
    value = 0;
    shift = 0;
  }
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
