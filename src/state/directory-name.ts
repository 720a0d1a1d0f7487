// How a state key is written as a path below the state directory, and read back.
import { sep } from 'node:path';
import { ConnectlessError } from '../errors';

// No escaped segment contains it, so a key's own directory is told from a directory on the way to longer keys.
const KEY_MARK = '=';

/**
 * `sink/orders/0` → `sink/orders/0=`; with a slash at the end, the directory of the keys that begin so. Capitals are
 * escaped because some file systems take `Orders` and `orders` for one name. A segment that is empty, `.` or `..` is refused.
 */
export function keyDirectory(key: string): string {
  if (key === '') return '.';
  const folder = key.endsWith('/');
  const segments = (folder ? key.slice(0, -1) : key).split('/');
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..') {
      throw new ConnectlessError('STATE_KEY', `The state key "${key}" has a segment that is empty, "." or "..".`);
    }
  }
  return segments.map(escapeSegment).join(sep) + (folder ? '' : KEY_MARK);
}

/** The key of which this path, below the state directory, is a generation; undefined when it is none. */
export function keyOfGeneration(path: string): string | undefined {
  const segments = path.split(sep);
  const generation = segments.pop() ?? '';
  const last = segments.at(-1);
  if (!/^\d+$/.test(generation) || !last?.endsWith(KEY_MARK)) return undefined;
  return segments.map(decodeURIComponent).join('/').slice(0, -KEY_MARK.length);
}

function escapeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/(%..)|[A-Z*]/g, (found, escaped?: string) => {
    return escaped ?? `%${found.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
