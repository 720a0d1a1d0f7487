// Looks at everything that a source is to read, and reads no row: the database, each table, what the registry would say.
import { relations } from '../postgres/catalog';
import type { Database } from '../postgres/database';
import { readDatabaseFacts } from '../postgres/database-facts';
import { readTableFacts } from '../postgres/table-facts';
import { valueSubject } from '../registry/registry';
import { tableSchema } from '../source/record/table-schema';
import { type CatalogTable, selectTables } from '../source/select-tables';
import { qualified } from '../source/table';
import { queryChoice } from '../source/table-choice';
import { attempted } from './attempted';
import { checkTable, keyFindings, type PreflightWork, refusals } from './check-table';
import { cutOffFindings } from './cut-off-findings';
import { databaseFindings } from './database-findings';
import type { Finding } from './finding';
import { queryFindings } from './query-findings';
import { valueFindings } from './registry-findings';

export interface Preflight {
  /** `schema.table`, or `query`. */
  readonly looked: readonly string[];
  readonly findings: readonly Finding[];
}

/** What keeps it from looking is a finding, too. */
export async function preflight(work: PreflightWork & { readonly database: Database }): Promise<Preflight> {
  const { config, database } = work;
  const facts = await attempted(() => readDatabaseFacts(database, config.mode));
  if ('failed' in facts) return { looked: [], findings: [facts.failed] };
  const findings = databaseFindings(facts.answer, config);
  if (config.query !== undefined) {
    return { looked: ['query'], findings: [...findings, ...(await checkQuery(work, config.query))] };
  }
  const selected = await attempted(async () => selectTables(await relations(database), config));
  if ('failed' in selected) return { looked: [], findings: [...findings, selected.failed] };
  const { tables, missing } = selected.answer;
  findings.push(...missing.map(missingFinding));
  if (tables.length === 0 && missing.length === 0) findings.push(noTables());
  findings.push(...(await checkTables(work, tables, facts.answer.user)));
  return { looked: tables.map(qualified), findings };
}

async function checkTables(work: PreflightWork, tables: readonly CatalogTable[], user: string): Promise<Finding[]> {
  const read = await attempted(() => readTableFacts(work.database, tables));
  if ('failed' in read) return [read.failed];
  const findings: Finding[] = [];
  for (const facts of read.answer) {
    findings.push(...(await checkTable(work, facts, user, tables[0]?.catalog ?? '')));
  }
  return findings;
}

async function checkQuery({ config, database, registry }: PreflightWork, query: string): Promise<Finding[]> {
  const choice = queryChoice(config);
  const { types } = config;
  const read = await attempted(() => database.columns({ query }));
  const findings =
    'failed' in read
      ? [read.failed]
      : [
          ...(await queryFindings(database, query, config.mode)),
          ...(await refusals('The query', { columns: read.answer, autoIncrements: [] }, config, choice)),
          ...cutOffFindings(read.answer, types),
          ...(await valueFindings(registry, valueSubject(choice.topic), read.answer, (columns) =>
            tableSchema('query', columns, { types }),
          )),
          ...(await keyFindings({ config, registry }, 'query', choice, { columns: read.answer, primaryKey: [] })),
        ];
  return findings.map((finding) => ({ ...finding, table: 'query' }));
}

function missingFinding(what: string): Finding {
  return { severity: 'warning', code: 'TABLE_MISSING', what: `The configuration names what is not there: ${what}.` };
}

function noTables(): Finding {
  return {
    severity: 'warning',
    code: 'TABLE_MISSING',
    what: 'There is no table to read.',
    write: 'Look at table.whitelist, table.types and schema.pattern, and at the database in connection.url.',
  };
}
