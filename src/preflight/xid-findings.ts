// connectless.mode=xid8: the column that each row's transaction is written to, and the statements that make it.
import { identifier, relation } from '../postgres/sql';
import type { TableFacts } from './facts';
import type { Finding } from './finding';
import { indexFinding } from './index-finding';
import type { TableCheck } from './table-check';

const DEFAULT = 'pg_current_xact_id()';

export function xidFindings({ facts, choice }: TableCheck): Finding[] {
  if (facts.kind === 'v' || facts.kind === 'm') return [view(facts)];
  const columns = facts.columns.filter(({ type }) => type === 'xid8');
  const id = choice.incrementingColumn ?? facts.autoIncrements[0]?.column;
  const [column, ...others] = columns;
  if (column === undefined) return [missing(facts, id)];
  if (others.length > 0)
    return [
      several(
        facts,
        columns.map(({ name }) => name),
      ),
    ];
  const findings: Finding[] = [];
  const isSet = /^(pg_catalog\.)?pg_current_xact_id\(\)$/.test(facts.defaults.get(column.name) ?? '');
  const alter = `ALTER TABLE ${relation(facts.table)} ALTER COLUMN ${identifier(column.name)}`;
  if (!isSet) {
    findings.push({
      severity: 'error',
      code: 'XID_DEFAULT_MISSING',
      column: column.name,
      what: 'Its default is not the transaction that writes the row: rows without their transaction would not be read.',
      write: `${alter} SET DEFAULT ${DEFAULT}`,
    });
  }
  if (column.nullable) {
    findings.push({
      severity: 'warning',
      code: 'XID_NULLABLE',
      column: column.name,
      what: 'It may be NULL, and a row without its transaction would not be read.',
      write: `${alter} SET NOT NULL`,
    });
  }
  return [...findings, ...indexFinding(facts, column.name, [column.name, ...(id === undefined ? [] : [id])])];
}

/** Whether a column of it is what a table's default wrote, nobody can see; and what a materialized one shows is older than it seems. */
function view({ kind }: TableFacts): Finding {
  return {
    severity: 'error',
    code: 'XID_VIEW',
    what: `It is a ${kind === 'm' ? 'materialized ' : ''}view, and which transaction wrote its rows cannot be told.`,
    write: 'Read the tables that it shows in their own topics, or set mode=bulk.',
  };
}

/** Postgres computes the default once, for all rows of before: it is not volatile. No row is written, and none is left NULL. */
function missing({ table, kind }: TableFacts, id: string | undefined): Finding {
  const of = relation(table);
  const index = `CREATE INDEX${kind === 'p' ? '' : ' CONCURRENTLY'} ON ${of} ("xid"${id === undefined ? '' : `, ${identifier(id)}`})`;
  return {
    severity: 'error',
    code: 'XID_COLUMN_MISSING',
    what: 'connectless.mode=xid8 needs a column of type xid8, which tells the transaction that wrote a row. The first statement is quick and fills in the rows that are there; the second makes the index that pages are read by. No writer may set the column.',
    write: `ALTER TABLE ${of} ADD COLUMN "xid" xid8 NOT NULL DEFAULT ${DEFAULT};\n${index};`,
  };
}

function several({ table }: TableFacts, names: readonly string[]): Finding {
  return {
    severity: 'error',
    code: 'XID_COLUMN_SEVERAL',
    what: `It has ${names.length} columns of type xid8 (${names.join(', ')}), and connectless.mode=xid8 reads by the only one.`,
    write: `ALTER TABLE ${relation(table)} DROP COLUMN …`,
  };
}

/** Rows below every transaction. */
export function xidNullFinding({ table }: TableFacts, column: string): Finding {
  const name = identifier(column);
  return {
    severity: 'error',
    code: 'XID_NULL',
    column,
    what: 'There are rows in which it is NULL, and they would not be read.',
    write: `UPDATE ${relation(table)} SET ${name} = DEFAULT WHERE ${name} IS NULL; ALTER TABLE ${relation(table)} ALTER COLUMN ${name} SET NOT NULL`,
  };
}
