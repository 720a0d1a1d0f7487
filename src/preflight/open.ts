// A preflight with its connections: made, used and closed.
import { loadConnector } from '../config/load';
import type { WorkerConfig } from '../config/model';
import type { SourceConfig } from '../config/source-model';
import { PREFLIGHT_EVENT } from '../names';
import { openDatabase } from '../postgres/open';
import { openRegistry } from '../registry/open';
import { readSecret } from '../secrets/reader';
import { openState } from '../state/open';
import type { StateStore } from '../state/store';
import { preflightDdl } from './ddl';
import { type Preflight, preflight } from './preflight';

export interface PreflightOf {
  readonly worker: WorkerConfig;
  readonly config: SourceConfig;
  /** Where the built-in registry's log usually is. */
  readonly state: StateStore;
}

/** @param ddl a statement that is tried and undone; absent: everything is looked at as it is */
export async function preflightOf({ worker, config, state }: PreflightOf, ddl?: string): Promise<Preflight> {
  const database = await openDatabase(config);
  const work = { config, database, registry: openRegistry(worker, state) };
  try {
    return ddl === undefined ? await preflight(work) : await preflightDdl(work, ddl);
  } finally {
    await database.close();
  }
}

/** What the deployment sends to a source's function: look, and read no row. */
export function isPreflight(event: unknown): boolean {
  return (
    typeof event === 'object' &&
    event !== null &&
    'connectless' in event &&
    event.connectless === PREFLIGHT_EVENT.connectless
  );
}

/** The source's answer to PREFLIGHT_EVENT. Reads the files that the environment names. Throws CONFIG_INVALID. */
export async function invokePreflight(): Promise<Preflight> {
  const { worker, connector: config } = await loadConnector('source', readSecret);
  return preflightOf({ worker, config, state: await openState(worker.stateUrl) });
}
