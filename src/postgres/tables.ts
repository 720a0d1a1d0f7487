// The database's tables behind the source's interface.
import type { SourceConfig } from '../config/source-model';
import { cutOffFindings } from '../preflight/cut-off-findings';
import { databaseFindings } from '../preflight/database-findings';
import type { DatabaseFacts } from '../preflight/facts';
import type { Finding } from '../preflight/finding';
import { queryFindings } from '../preflight/query-findings';
import { tableFindings } from '../preflight/table-findings';
import type { OpenTable, Tables } from '../source/run';
import type { CatalogTable } from '../source/select-tables';
import { qualified } from '../source/table';
import { queryChoice, type TableChoice, tableChoice } from '../source/table-choice';
import { primaryKey, relations } from './catalog';
import type { Database } from './database';
import { readDatabaseFacts } from './database-facts';
import { kept } from './kept';
import { openMode } from './open-mode';
import { namingSlow } from './slow-statements';
import { readTableFacts } from './table-facts';

/**
 * @param looked tables without an error finding of their own so far, by `schema.table`: they are looked at once. The database is
 *   looked at anew: a failover, or a REVOKE, changes what can be seen of writers
 */
export function databaseTables(database: Database, config: SourceConfig, looked: Set<string> = new Set()): Tables {
  const facts = kept(() => readDatabaseFacts(database, config.mode), config.tablePollIntervalMs);
  const once = (name: string, find: (facts: DatabaseFacts) => Promise<readonly Finding[]>) => async () => {
    const found = await facts.get();
    const ofDatabase = databaseFindings(found, config);
    if (looked.has(name)) return ofDatabase.filter(isError);
    const ofTable = await find(found);
    if (!ofTable.some(isError)) looked.add(name);
    return [...ofDatabase, ...ofTable];
  };
  const tableChecks = (table: CatalogTable, choice: TableChoice) =>
    once(qualified(table), async ({ user }) => {
      const [found] = await readTableFacts(database, [table]);
      return found === undefined ? [] : tableFindings({ facts: found, config, choice, user });
    });
  const queryChecks = (query: string) =>
    once('query', async () => [
      ...cutOffFindings(await database.columns({ query }), config.types),
      ...(await queryFindings(database, query, config.mode)),
    ]);

  return {
    list: () => relations(database),
    open: (table, work): OpenTable => {
      const choice = tableChoice(config, table);
      const origin = { table };
      const place = { database: namingSlow(database, origin, config, choice), origin, kind: table.kind };
      const key = kept(() => primaryKey(database, table), config.tablePollIntervalMs);
      return {
        choice,
        mode: openMode(place, config, choice, work),
        primaryKey: key.get,
        findings: tableChecks(table, choice),
      };
    },
    openQuery: (query, work): OpenTable => {
      const choice = queryChoice(config);
      const origin = { query };
      const place = { database: namingSlow(database, origin, config, choice), origin, kind: undefined };
      const mode = openMode(place, config, choice, work);
      return { choice, mode, primaryKey: async () => [], findings: queryChecks(query) };
    },
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
