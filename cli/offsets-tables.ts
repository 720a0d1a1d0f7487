// The tables that a source's database has, asked of it once.
import type { SourceConfig } from '../src/config/source-model';
import { relations } from '../src/postgres/catalog';
import { openDatabase } from '../src/postgres/open';
import type { TableName } from '../src/source/table';

/** Throws the errors of `Database`. */
export async function listTables(config: SourceConfig): Promise<readonly TableName[]> {
  const database = await openDatabase(config);
  try {
    return await relations(database);
  } finally {
    await database.close();
  }
}
