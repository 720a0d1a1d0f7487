// The source that the offsets commands speak of: its configuration, its state, and what its database has.
import { resolve } from 'node:path';
import { loadPipeline } from '../src/config/load';
import type { WorkerConfig } from '../src/config/model';
import type { SourceConfig } from '../src/config/source-model';
import { messageOf } from '../src/errors';
import { readSecret } from '../src/secrets/reader';
import type { KnownTables } from '../src/source/connect-offsets-tables';
import type { TableName } from '../src/source/table';
import { openState } from '../src/state/open';
import type { StateStore } from '../src/state/store';
import { usage } from './property-option';

export interface OffsetsConnector {
  readonly worker: WorkerConfig;
  readonly config: SourceConfig;
  readonly state: StateStore;
}

/** Throws CONFIG_INVALID, and USAGE when no source of the files has the name. */
export async function offsetsConnector(
  name: string,
  workerFile: string,
  connectorFiles: readonly string[],
): Promise<OffsetsConnector> {
  const files = connectorFiles.filter((file) => resolve(file) !== resolve(workerFile));
  const { worker, connectors } = await loadPipeline(workerFile, files, readSecret);
  const sources = connectors.filter((connector) => connector.kind === 'source');
  const config = sources.find((source) => source.name === name);
  if (config !== undefined) return { worker, config, state: await openState(worker.stateUrl) };
  const known = sources.map((source) => source.name).join(', ');
  throw usage(`No source of these files has the name ${name}; they have: ${known || 'no source'}.`);
}

/** Where the database cannot be reached from here, names that say everything are good enough. @param list of the database */
export async function knownTables(
  { database, query }: SourceConfig,
  list: () => Promise<readonly TableName[]>,
  note: (line: string) => void,
): Promise<KnownTables> {
  if (query !== undefined) return { database: database.database };
  try {
    return { database: database.database, tables: await list() };
  } catch (error) {
    note(`The database was not asked for its tables: ${messageOf(error)}`);
    return { database: database.database };
  }
}
