// Stacks that name our own files and lines. It is put into every bundle, and reads the bundle's source map with the first stack that is read.
// Node's `--enable-source-maps` would read it at every cold start: docs/performance.md says what that costs.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Loaded by `require` and by `import`. */
const bundle: readonly unknown[] = [__filename, pathToFileURL(__filename).href];

interface Origin {
  readonly originalSource?: string;
  readonly originalLine?: number;
  readonly originalColumn?: number;
  readonly name?: string;
}

let map: SourceMap | 'unreadable' | undefined;

Error.prepareStackTrace = (error, frames) =>
  [title(error), ...frames.map((frame, index) => describe(frame, frames[index + 1]))].join('\n    at ');

function title(error: Error): string {
  try {
    return String(error);
  } catch {
    return '<error>';
  }
}

/** As V8 writes it, but for the place, and for the name: the one that the caller's source has for it, where that is known. */
function describe(frame: NodeJS.CallSite, caller: NodeJS.CallSite | undefined): string {
  const { originalSource, originalLine = 0, originalColumn = 0 } = originOf(frame);
  const text = String(frame);
  if (originalSource === undefined) return text;
  const place = `${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
  const { name } = originOf(caller);
  if (name !== undefined) return `${frame.isAsync() ? 'async ' : ''}${name} (${place})`;
  const end = text.lastIndexOf(' (');
  return end < 0 ? place : `${text.slice(0, end)} (${place})`;
}

function originOf(frame: NodeJS.CallSite | undefined): Origin {
  if (frame === undefined || !bundle.includes(frame.getFileName())) return {};
  map ??= readMap();
  if (map === 'unreadable') return {};
  return map.findEntry((frame.getLineNumber() ?? 0) - 1, (frame.getColumnNumber() ?? 0) - 1);
}

/** Whoever reads a stack has an error at hand already: another one would hide it. */
function readMap(): SourceMap | 'unreadable' {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${__filename}.map`, 'utf8')));
  } catch {
    return 'unreadable';
  }
}
