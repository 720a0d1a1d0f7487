// The database's tables behind the source's interface.
import type { SourceConfig } from '../config/source-model';
import { databaseFindings } from '../preflight/database-findings';
import type { OpenTable, Tables } from '../source/run';
import { queryChoice, tableChoice } from '../source/table-choice';
import { primaryKey, relations } from './catalog';
import type { Database } from './database';
import { readDatabaseFacts } from './database-facts';
import { kept } from './kept';
import { openMode } from './open-mode';

export function databaseTables(database: Database, config: SourceConfig): Tables {
  const findings = async () => databaseFindings(await readDatabaseFacts(database), config);
  return {
    list: () => relations(database),
    open: (table, work): OpenTable => {
      const choice = tableChoice(config, table);
      const place = { database, origin: { table }, kind: table.kind };
      const key = kept(() => primaryKey(database, table), config.tablePollIntervalMs);
      return { choice, mode: openMode(place, config, choice, work), primaryKey: key.get, findings };
    },
    openQuery: (query, work): OpenTable => {
      const choice = queryChoice(config);
      const place = { database, origin: { query }, kind: undefined };
      const mode = openMode(place, config, choice, work);
      return { choice, mode, primaryKey: async () => [], findings };
    },
  };
}
