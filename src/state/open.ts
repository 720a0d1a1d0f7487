// Opens the state store that `connectless.state.url` names.
import { fileURLToPath } from 'node:url';
import { ConnectlessError } from '../errors';
import type { StateStore } from './store';

/** `s3://bucket/prefix` or `file:///directory`; each home is loaded only when it is asked for. Throws STATE_URL for anything else. */
export async function openState(url: string): Promise<StateStore> {
  const s3 = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url);
  if (s3?.[1] !== undefined) {
    const { s3State } = await import('./s3');
    return s3State(s3[1], folder(s3[2] ?? ''));
  }
  if (url.startsWith('file:///')) {
    const { directoryState } = await import('./directory');
    return directoryState(fileURLToPath(url));
  }
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
