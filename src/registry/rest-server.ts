// The REST API on a port of this machine.
import { createAdaptorServer } from '@hono/node-server';
import { ConnectlessError, messageOf } from '../errors';
import type { StateStore } from '../state/store';
import { builtInRegistry } from './built-in';
import { registryApp } from './rest';

export interface RegistryServer {
  /** `http://127.0.0.1:8081` */
  readonly url: string;
  /** Finishes the requests in hand. */
  close(): Promise<void>;
}

/**
 * Serves the built-in registry whose log is in the state store.
 * @param port 0: any free one
 */
export async function serveRegistry(state: StateStore, host: string, port: number): Promise<RegistryServer> {
  const server = createAdaptorServer({ fetch: registryApp(builtInRegistry(state)).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}`,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}

function cannotListen(host: string, port: number, cause: unknown): ConnectlessError {
  return new ConnectlessError(
    'CANNOT_LISTEN',
    `The schema registry cannot listen on ${host}:${port}: ${messageOf(cause)}. Name another with --port.`,
    { cause },
  );
}
