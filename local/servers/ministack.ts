// Starts MiniStack, an AWS that the CDK can deploy to, on 127.0.0.1 alone; nothing is kept over a restart.
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { delimiter, dirname, join } from 'node:path';
import { type Certificate, makeCertificate } from './certificate';
import { portFor } from './free-port';
import { parts, projectRoot } from './parts';
import type { Server, ServerOptions } from './server';
import { startServerProcess } from './server-process';

export interface MiniStack extends Server {
  /** Path of the PEM file that clients must trust. */
  readonly certificate: string;
}

/** Whoever has this key may do everything; roles may do what their policies say. */
export const rootCredentials = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/**
 * Its url is the endpoint of every service, over TLS: what is deployed refuses anything else. It checks signatures, and each
 * call of a function against the policies of the function's role. Throws a ConnectlessError that shows what MiniStack said.
 */
export async function startMiniStack({ directory, port: wanted }: ServerOptions): Promise<MiniStack> {
  const port = await portFor('MiniStack', wanted);
  const certificate = await makeCertificate(directory);
  const url = `https://127.0.0.1:${port}`;
  const server = await startServerProcess({
    name: 'MiniStack',
    url,
    command: parts().deployPython,
    args: ['-m', 'hypercorn', 'ministack.app:app', ...listening(port, certificate)],
    env: environment(directory, port, certificate),
    directory,
    stopSignal: 'SIGKILL', // it has nothing to keep, and would wait for connections to end
    isReady: () => answers(`${url}/_ministack/health`, certificate),
  });
  return { ...server, certificate: certificate.certificate };
}

/** By itself it would take port 443, too, where it may. */
function listening(port: number, { certificate, key }: Certificate): string[] {
  const bind = ['--bind', `127.0.0.1:${port}`, '--certfile', certificate, '--keyfile', key];
  return [...bind, '--workers', '0', '--keep-alive', '75', '--log-level', 'WARNING'];
}

/** Of the user's own environment the path alone: AWS_ENDPOINT_URL, MINISTACK_… and the like would change the server. Functions inherit it. */
function environment(directory: string, port: number, { certificate, key }: Certificate): NodeJS.ProcessEnv {
  return {
    // Functions run in the `node` of this path: the one that runs us.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    // The CDK's own functions take the AWS SDK from their runtime, which has none here.
    NODE_PATH: join(projectRoot, 'node_modules'),
    HOME: directory,
    TMPDIR: directory,
    GATEWAY_PORT: String(port),
    USE_SSL: '1',
    MINISTACK_SSL_CERT: certificate,
    MINISTACK_SSL_KEY: key,
    AUTH: 'true',
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
    LAMBDA_EXECUTOR: 'local',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    LOG_LEVEL: 'WARNING',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Over HTTPS with this certificate alone. */
export function trusting(certificate: string): Agent {
  return new Agent({ ca: readFileSync(certificate) });
}

function answers(url: string, { certificate }: Certificate): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: trusting(certificate), timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
  });
}
