// The tables that a source's database has, asked of it once.
import type { DatabaseConfig } from '../src/config/source-model';
import { ConnectlessError } from '../src/errors';
import { relations } from '../src/postgres/catalog';
import { postgresDatabase } from '../src/postgres/postgres-database';
import type { TableName } from '../src/source/table';

/** Throws the errors of `Database`. */
export async function listTables(config: DatabaseConfig): Promise<readonly TableName[]> {
  if ('clusterArn' in config) throw new ConnectlessError('UNSUPPORTED', 'it is behind the RDS Data API.');
  const database = postgresDatabase(config);
  try {
    return await relations(database);
  } finally {
    await database.close();
  }
}
