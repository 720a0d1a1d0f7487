// Starts LocalStack's S3, on 127.0.0.1 alone; nothing is kept over a restart.
import { freePort } from './free-port';
import { parts } from './parts';
import type { Server, ServerOptions } from './server';
import { startServerProcess } from './server-process';

/** Its url is the endpoint; any credentials will do. Throws a ConnectlessError that shows what LocalStack said. */
export async function startLocalStack({ directory, port: wanted }: ServerOptions): Promise<Server> {
  const port = wanted ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  return startServerProcess({
    name: 'LocalStack',
    url,
    command: parts().python,
    args: ['-m', 'localstack.runtime.main'],
    env: environment(directory, port),
    directory,
    isReady: async () => (await fetch(`${url}/_localstack/health`)).ok,
  });
}

/** Of the user's own environment the path alone: AWS_ENDPOINT_URL, LOCALSTACK_… and the like would change the server. */
function environment(directory: string, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: directory,
    TMPDIR: directory,
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
