// Starts MiniStack, an AWS that the CDK can deploy to, on 127.0.0.1 alone; nothing is kept over a restart.
import { delimiter, dirname, join } from 'node:path';
import { portFor } from './free-port';
import { parts, projectRoot } from './parts';
import type { Server, ServerOptions } from './server';
import { startServerProcess } from './server-process';

export interface MiniStackOptions extends ServerOptions {
  /** For every function that runs there, beneath its own: its processes inherit the emulator's environment. */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
}

/** Its url is the endpoint of every service. Throws a ConnectlessError that shows what MiniStack said. */
export async function startMiniStack({
  directory,
  port: wanted,
  functionEnvironment,
}: MiniStackOptions): Promise<Server> {
  const port = await portFor('MiniStack', wanted);
  const url = `http://127.0.0.1:${port}`;
  return startServerProcess({
    name: 'MiniStack',
    url,
    command: parts().deployPython,
    args: ['-m', 'ministack'],
    env: { ...functionEnvironment, ...environment(directory, port) },
    directory,
    isReady: async () => (await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(5000) })).ok,
  });
}

/** Of the user's own environment the path alone: AWS_ENDPOINT_URL, MINISTACK_… and the like would change the server. */
function environment(directory: string, port: number): NodeJS.ProcessEnv {
  return {
    // Functions run in the `node` of this path: the one that runs us.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    // The CDK's own functions take the AWS SDK from their runtime, which has none here.
    NODE_PATH: join(projectRoot, 'node_modules'),
    HOME: directory,
    TMPDIR: directory,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: '127.0.0.1',
    LAMBDA_EXECUTOR: 'local',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    LOG_LEVEL: 'WARNING',
  };
}
