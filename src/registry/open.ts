// Opens the registry that a worker's converter names: the built-in one, or a Confluent-compatible one over HTTP.
import type { WorkerConfig } from '../config/model';
import { openState } from '../state/open';
import type { StateStore } from '../state/store';
import { cachedRegistry } from './cached';
import type { PreviewedRegistry } from './registry';

type Worker = Pick<WorkerConfig, 'valueRegistry' | 'stateUrl'>;

/**
 * Answers at once; what it needs is loaded and connected by the first call, so that a function pays only for the home
 * that it has, and only when it asks.
 * @param state the store at the worker's `stateUrl`, where the built-in log usually is
 */
export function openRegistry(worker: Worker, state: StateStore): PreviewedRegistry {
  const home = lazily(async () => {
    if (isHttp(worker.valueRegistry.url)) {
      const { confluentRegistry } = await import('./confluent');
      return confluentRegistry(worker.valueRegistry);
    }
    const { builtInRegistry } = await import('./built-in');
    const url = builtInUrl(worker);
    return builtInRegistry(url === worker.stateUrl ? state : await openState(url));
  });
  return cachedRegistry(home);
}

/**
 * Where the built-in registry keeps its log: at `schema.registry.url` when that is a place, and in the worker's state
 * when it is the HTTP address at which the built-in registry itself is served.
 */
export function builtInUrl(worker: Worker): string {
  return isHttp(worker.valueRegistry.url) ? worker.stateUrl : worker.valueRegistry.url;
}

function isHttp(url: string): boolean {
  return /^https?:\/\//.test(url);
}

function lazily(open: () => Promise<PreviewedRegistry>): PreviewedRegistry {
  let opened: Promise<PreviewedRegistry> | undefined;
  const home = (): Promise<PreviewedRegistry> => {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    register: async (subject, schema) => (await home()).register(subject, schema),
    schemaById: async (id) => (await home()).schemaById(id),
    versionOf: async (subject, id) => (await home()).versionOf(subject, id),
    wouldRegister: async (subject, schema) => (await home()).wouldRegister(subject, schema),
  };
}
