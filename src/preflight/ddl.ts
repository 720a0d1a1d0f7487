// What an ALTER TABLE would mean for a source, found out before it is run: it is tried, and undone.
import type { SourceConfig } from '../config/source-model';
import { ConnectlessError } from '../errors';
import { alteredFacts } from '../postgres/altered-facts';
import { relations } from '../postgres/catalog';
import type { Database } from '../postgres/database';
import { readDatabaseFacts } from '../postgres/database-facts';
import { readTableFacts } from '../postgres/table-facts';
import { schemaChanges } from '../registry/schema-changes';
import type { Column } from '../source/record/column';
import { tableSchema } from '../source/record/table-schema';
import { selectTables } from '../source/select-tables';
import { qualified } from '../source/table';
import { attempted } from './attempted';
import { checkTable, type PreflightWork } from './check-table';
import type { TableFacts } from './facts';
import type { Finding } from './finding';
import type { Preflight } from './preflight';

/** Findings of the tables that the statement changes, as they would be after it. */
export async function preflightDdl(
  work: PreflightWork & { readonly database: Database },
  ddl: string,
): Promise<Preflight> {
  const { config, database } = work;
  const tried = await attempted(async () => {
    const { user } = await readDatabaseFacts(database, config.mode);
    const { tables } = selectTables(await relations(database), config);
    const before = await readTableFacts(database, tables);
    return { user, before, after: await alteredFacts(database, before, ddl), catalog: tables[0]?.catalog ?? '' };
  });
  if ('failed' in tried) return { looked: [], findings: [notTried(tried.failed)] };
  const { user, before, after, catalog } = tried.answer;
  const findings: Finding[] = [];
  const looked: string[] = [];
  for (const old of before) {
    const now = after.find(({ oid }) => oid === old.oid);
    if (now !== undefined && isSame(old, now)) continue;
    looked.push(qualified(old.table));
    if (now === undefined) findings.push(dropped(old));
    else
      findings.push(
        ...renamed(old, now),
        ...changes(config, old, now),
        ...(await checkTable(work, now, user, catalog)),
      );
  }
  return looked.length > 0 ? { looked, findings } : { looked, findings: [nothing()] };
}

/** How many bytes it would have is no change. */
function isSame(old: TableFacts, now: TableFacts): boolean {
  const text = (facts: TableFacts) =>
    JSON.stringify({ ...facts, bytes: 0, defaults: [...facts.defaults] }, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  return text(old) === text(now);
}

function dropped({ table }: TableFacts): Finding {
  return {
    severity: 'warning',
    code: 'TABLE_DROPPED',
    table: qualified(table),
    what: 'It would be gone: rows that are not in its topic by then never come there.',
  };
}

function renamed({ table: old }: TableFacts, { table }: TableFacts): Finding[] {
  if (qualified(old) === qualified(table)) return [];
  return [
    {
      severity: 'warning',
      code: 'TABLE_RENAMED',
      table: qualified(table),
      what: `To the source it would be another table than ${qualified(old)}: it would be read from its first row, and into the topic of its new name.`,
      write: `To go on in the same topic: connectless.table.${qualified(table)}.topic, connectless.table.${qualified(table)}.record.name, and its offsets with connectless offsets.`,
    },
  ];
}

/** Of the columns alone; a table that has no schema says so by itself. */
function changes(config: SourceConfig, { table, columns }: TableFacts, now: TableFacts): Finding[] {
  const schemaOf = (one: readonly Column[]) => tableSchema(table, one, { recordName: 'row', types: config.types });
  try {
    const lines = schemaChanges(schemaOf(columns), schemaOf(now.columns));
    const what =
      lines.length === 0 ? 'Its columns are the same to its readers.' : `To its readers, ${lines.join('; ')}.`;
    return [{ severity: 'note', code: 'DDL_CHANGES', table: qualified(now.table), what }];
  } catch (error) {
    if (error instanceof ConnectlessError) return [];
    throw error;
  }
}

function nothing(): Finding {
  return {
    severity: 'note',
    code: 'DDL_CHANGES_NOTHING',
    what: 'The statement changes nothing that the source reads.',
  };
}

function notTried(failed: Finding): Finding {
  const what = `The statement could not be tried, and nothing is changed: ${failed.what}`;
  if (failed.code === 'POSTGRES_FORBIDDEN') {
    return { ...failed, what, write: 'Run the preflight with a connector file whose connection.user owns the table.' };
  }
  if (!/ timeout\.$/.test(failed.what)) return { ...failed, what };
  return {
    ...failed,
    what,
    write: 'Try it when the transactions of the table are over; where it writes every row, on a copy.',
  };
}
