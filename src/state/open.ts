// Opens the state store that `connectless.state.url` names.
import { fileURLToPath } from 'node:url';
import { ConnectlessError } from '../errors';
import { directoryState } from './directory';
import { s3State } from './s3';
import type { StateStore } from './store';

/**
 * `s3://bucket/prefix` or `file:///directory`. Throws STATE_URL for anything else. S3 is where functions have it: imported
 * when it is asked for, it would be in their bundles with every command of S3, and cost a cold start a tenth more.
 */
export async function openState(url: string): Promise<StateStore> {
  const s3 = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url);
  if (s3?.[1] !== undefined) return s3State(s3[1], folder(s3[2] ?? ''));
  if (url.startsWith('file:///')) return directoryState(fileURLToPath(url));
  throw new ConnectlessError(
    'STATE_URL',
    `connectless.state.url is "${url}": write s3://bucket/prefix, or file:///directory with an absolute path.`,
  );
}

/** A prefix without a slash at either end gets one at its end; none stays none. */
function folder(prefix: string): string {
  const trimmed = prefix.replace(/\/+$/, '');
  return trimmed === '' ? '' : `${trimmed}/`;
}
