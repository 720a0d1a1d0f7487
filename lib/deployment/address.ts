// Whether an address in a connector file names something, or asks the deployment to make it.
import { isPlaceholder } from '../../src/config/validators';

/** `localhost` and a `<placeholder>` are what a machine of one's own and the tutorial's files have. */
export function isToBeMade(host: string): boolean {
  return host === '' || isPlaceholder(host) || /^(localhost|127(\.\d+){3}|::1|\[::1\])$/i.test(host);
}

/** The host of `host:port`, of a URL, or of a placeholder. */
export function hostOf(address: string): string {
  if (isPlaceholder(address)) return address;
  const authority = address
    .replace(/^[a-z0-9+:-]+:\/\//i, '')
    .replace(/[/?].*$/s, '')
    .replace(/^.*@/s, '');
  return authority.replace(/:\d+$/, '');
}
