// Opens the way to Postgres that connection.url names.
import type { SourceConfig } from '../config/source-model';
import { boundedPages } from './bounded-pages';
import type { PostgresOptions } from './client';
import type { Database } from './database';

/** Connects with the first call. What a way needs is loaded where it is used, so that a function pays for its own alone. */
export async function openDatabase(
  { database, query }: Pick<SourceConfig, 'database' | 'query'>,
  options: Pick<PostgresOptions, 'primary' | 'remainingMs'> = {},
): Promise<Database> {
  const usersSearchPath = query !== undefined;
  if ('clusterArn' in database) {
    const { dataApiDatabase } = await import('../data-api/database');
    const { remainingMs } = options;
    return dataApiDatabase(database, { usersSearchPath, ...(remainingMs === undefined ? {} : { remainingMs }) });
  }
  const { postgresDatabase } = await import('./postgres-database');
  return boundedPages(postgresDatabase(database, { ...options, usersSearchPath }));
}
