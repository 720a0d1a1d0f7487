// All that can be said of one table before it is read: by its facts, by its mode's rules, by its schema and the registry.
import type { SourceConfig } from '../config/source-model';
import type { Database } from '../postgres/database';
import { chosenIdColumn } from '../postgres/id-column';
import { timestampColumns } from '../postgres/timestamp-columns';
import { hasNull } from '../postgres/xid-reader';
import { keySubject, type PreviewedRegistry, valueSubject } from '../registry/registry';
import { keySchema } from '../source/record/key';
import type { RecordSource } from '../source/record/record-source';
import { tableSchema } from '../source/record/table-schema';
import { display, qualified } from '../source/table';
import { type TableChoice, tableChoice } from '../source/table-choice';
import { attempted } from './attempted';
import type { TableFacts } from './facts';
import type { Finding } from './finding';
import { valueFindings } from './registry-findings';
import { tableFindings } from './table-findings';
import { xidNullFinding } from './xid-findings';

export interface PreflightWork {
  readonly config: SourceConfig;
  readonly database: Pick<Database, 'query' | 'columns'>;
  readonly registry: Pick<PreviewedRegistry, 'wouldRegister'>;
}

/** @param user current_user @param catalog name of the database */
export async function checkTable(
  work: PreflightWork,
  facts: TableFacts,
  user: string,
  catalog: string,
): Promise<Finding[]> {
  const { config } = work;
  const chosen = await attempted(() => tableChoice(config, { ...facts.table, catalog }));
  const findings =
    'failed' in chosen
      ? [chosen.failed]
      : [
          ...tableFindings({ facts, config, choice: chosen.answer, user }),
          ...(await refusals(`Table ${display(facts.table)}`, facts, config, chosen.answer)),
          ...(await xidNulls(work, facts)),
          ...(await schemaFindings(work, facts, chosen.answer)),
        ];
  return findings.map((finding) => ({ ...finding, table: qualified(facts.table) }));
}

/** What the mode's reader would throw. @param where for errors: `The query` */
export async function refusals(
  where: string,
  { columns, autoIncrements }: Pick<TableFacts, 'columns' | 'autoIncrements'>,
  { mode, types, validateNonNull }: SourceConfig,
  choice: Pick<TableChoice, 'incrementingColumn' | 'timestampColumns'>,
): Promise<Finding[]> {
  const mustBeNotNull = validateNonNull && where !== 'The query';
  const checks: (() => unknown)[] = [];
  if (mode !== 'bulk' && mode !== 'timestamp') {
    const sources = autoIncrements.map(({ column }) => ({ column, sequence: undefined }));
    checks.push(() => chosenIdColumn(where, columns, sources, { named: choice.incrementingColumn, mustBeNotNull }));
  }
  if (mode === 'timestamp' || mode === 'timestamp+incrementing') {
    const options = { mustBeNotNull, timeZone: types.timeZone };
    checks.push(() => timestampColumns(where, columns, choice.timestampColumns, options));
  }
  const tried = await Promise.all(checks.map(attempted));
  return tried.flatMap((one) => ('failed' in one ? [one.failed] : []));
}

async function xidNulls({ config, database }: PreflightWork, facts: TableFacts): Promise<Finding[]> {
  const column = facts.columns.find(({ type, nullable }) => type === 'xid8' && nullable);
  if (config.mode !== 'xid8' || column === undefined) return [];
  const found = await attempted(() => hasNull(database, facts.table, column.name));
  if ('failed' in found) return [found.failed];
  return found.answer ? [xidNullFinding(facts, column.name)] : [];
}

async function schemaFindings({ config, registry }: PreflightWork, facts: TableFacts, choice: TableChoice) {
  const { table, columns, primaryKey } = facts;
  const { topic } = choice;
  const options = { ...choice, types: config.types };
  const findings = await valueFindings(registry, valueSubject(topic), columns, (all) =>
    tableSchema(table, all, options),
  );
  return [...findings, ...(await keyFindings({ config, registry }, table, choice, { columns, primaryKey }))];
}

/** What the registry would say to the schema of the keys, where there are any. */
export async function keyFindings(
  { config, registry }: Pick<PreflightWork, 'config' | 'registry'>,
  source: RecordSource,
  { topic, key, keyFields }: TableChoice,
  { columns, primaryKey }: Pick<TableFacts, 'columns' | 'primaryKey'>,
): Promise<Finding[]> {
  if (key === undefined) return [];
  return valueFindings(registry, keySubject(topic), columns, (all) =>
    keySchema(source, all, keyFields ?? primaryKey, key, config.types),
  );
}
