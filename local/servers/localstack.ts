// Starts LocalStack's S3, on 127.0.0.1 alone; nothing is kept over a restart.
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { portFor } from './free-port';
import { parts } from './parts';
import type { Server, ServerOptions } from './server';
import { startServerProcess } from './server-process';

export interface LocalStackOptions extends ServerOptions {
  /** Keeps what it works out at its start in this folder, for all later starts. */
  readonly warmUpTo?: string;
}

/** Its url is the endpoint; any credentials will do. Throws a ConnectlessError that shows what LocalStack said. */
export async function startLocalStack({ directory, port: wanted, warmUpTo }: LocalStackOptions): Promise<Server> {
  const port = await portFor('LocalStack', wanted);
  const url = `http://127.0.0.1:${port}`;
  const cache = await linkCache(directory, warmUpTo);
  return startServerProcess({
    name: 'LocalStack',
    url,
    command: parts().python,
    args: ['-m', 'localstack.runtime.main'],
    env: environment(directory, cache, port),
    directory,
    stopSignal: 'SIGKILL', // it has nothing to keep, and would take 2 s to leave in order
    isReady: async () => (await fetch(`${url}/_localstack/health`, { signal: AbortSignal.timeout(5000) })).ok,
  });
}

/** Its index of AWS's services costs seconds to build and depends on its version alone. */
async function linkCache(directory: string, warmUpTo: string | undefined): Promise<string> {
  const { localstackCache } = parts();
  const cache = warmUpTo ?? (existsSync(localstackCache) ? localstackCache : join(directory, 'cache'));
  const libraries = join(directory, 'var', 'lib', 'localstack');
  await Promise.all([mkdir(cache, { recursive: true }), mkdir(libraries, { recursive: true })]);
  await symlink(cache, join(libraries, 'cache'));
  return cache;
}

/** Of the user's own environment the path alone: AWS_ENDPOINT_URL, LOCALSTACK_… and the like would change the server. */
function environment(directory: string, cache: string, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: directory,
    TMPDIR: directory,
    XDG_CACHE_HOME: cache,
    FILESYSTEM_ROOT: directory,
    SERVICES: 's3',
    EAGER_SERVICE_LOADING: '1',
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    GATEWAY_SERVER: 'hypercorn', // the default one listens on 0.0.0.0 whatever GATEWAY_LISTEN says
    DNS_ADDRESS: 'false',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DISABLE_EVENTS: '1',
    OVERRIDE_IN_DOCKER: '0',
    LS_LOG: 'warning',
  };
}
