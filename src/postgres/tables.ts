// The database's tables behind the source's interface.
import type { SourceConfig } from '../config/source-model';
import { cutOffFindings } from '../preflight/cut-off-findings';
import { databaseFindings } from '../preflight/database-findings';
import type { DatabaseFacts } from '../preflight/facts';
import type { Finding } from '../preflight/finding';
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
import { readTableFacts } from './table-facts';

/** @param looked tables without an error finding so far, by `schema.table`: they are looked at once */
export function databaseTables(database: Database, config: SourceConfig, looked: Set<string> = new Set()): Tables {
  const facts = kept(() => readDatabaseFacts(database), config.tablePollIntervalMs);
  const once = (name: string, find: (facts: DatabaseFacts) => Promise<readonly Finding[]>) => async () => {
    if (looked.has(name)) return [];
    const found = await facts.get();
    const findings = [...databaseFindings(found, config), ...(await find(found))];
    if (!findings.some(({ severity }) => severity === 'error')) looked.add(name);
    return findings;
  };
  const tableChecks = (table: CatalogTable, choice: TableChoice) =>
    once(qualified(table), async ({ user }) => {
      const [found] = await readTableFacts(database, [table]);
      return found === undefined ? [] : tableFindings({ facts: found, config, choice, user });
    });
  const queryChecks = (query: string) =>
    once('query', async () => cutOffFindings(await database.columns({ query }), config.types));

  return {
    list: () => relations(database),
    open: (table, work): OpenTable => {
      const choice = tableChoice(config, table);
      const place = { database, origin: { table }, kind: table.kind };
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
      const place = { database, origin: { query }, kind: undefined };
      const mode = openMode(place, config, choice, work);
      return { choice, mode, primaryKey: async () => [], findings: queryChecks(query) };
    },
  };
}
