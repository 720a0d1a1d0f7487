// Hides secrets in values before they are printed.

const SECRET_NAME = /password|secret|token|credential|jaas|user\.info|passphrase|private|(^|\.)sse\.key$/i;
/** From the first secret parameter on, nothing is shown: its value may hold the separator of the next. */
const SECRET_PARAMETER = /((?:^|[?&;,\s])(?:[^=&;,\s]*(?:pass|secret|token|pwd|key)[^=&;]*)\s*=).*/is;
const USER_INFO = /\/\/.*@/s;
const HIDDEN = '[hidden]';

/** The value as it may be shown: `[hidden]` for a secret, without user info and secret parameters if it is a URL. */
export function masked(name: string, value: string): string {
  if (SECRET_NAME.test(name)) return HIDDEN;
  return value.replace(SECRET_PARAMETER, `$1${HIDDEN}`).replace(USER_INFO, `//${HIDDEN}@`);
}
