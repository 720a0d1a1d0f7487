// The REST API behind a function URL, an HTTP API or a load balancer.
import { handle } from 'hono/aws-lambda';
import { loadWorker } from '../config/load';
import { readSecret } from '../secrets/reader';
import { openState } from '../state/open';
import { builtInRegistry } from './built-in';
import { builtInUrl } from './open';
import { registryApp } from './rest';

export type RegistryHandler = ReturnType<typeof handle>;

/** The built-in registry of the worker whose file `CONNECTLESS_WORKER` names. */
export async function registryHandler(): Promise<RegistryHandler> {
  const state = await openState(builtInUrl(await loadWorker(readSecret)));
  return handle(registryApp(builtInRegistry(state)));
}
