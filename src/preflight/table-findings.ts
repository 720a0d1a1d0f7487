// What a table's facts mean for a source that is to read it.
import { identifier, relation } from '../postgres/sql';
import { qualified } from '../source/table';
import { cutOffFindings } from './cut-off-findings';
import type { Finding } from './finding';
import { idFindings } from './id-findings';
import { quotedList } from './sql-text';
import type { TableCheck } from './table-check';
import { timestampFindings } from './timestamp-findings';
import { xidFindings } from './xid-findings';

/** Without what a mode's own reader refuses: a column that is not there, or of another type. */
export function tableFindings(check: TableCheck): Finding[] {
  const { facts, config } = check;
  const findings = [...rights(check), ...kinds(check), ...cutOffFindings(facts.columns, config.types)];
  if (config.mode !== 'bulk' && config.mode !== 'timestamp') findings.push(...idFindings(check));
  if (config.mode === 'timestamp' || config.mode === 'timestamp+incrementing')
    findings.push(...timestampFindings(check));
  if (config.mode === 'xid8') findings.push(...xidFindings(check));
  return findings.map((finding) => ({ ...finding, table: qualified(facts.table) }));
}

function rights({ facts, user }: TableCheck): Finding[] {
  const { table, forbidden, canUseSchema, hidesRows, columns } = facts;
  const role = identifier(user);
  const findings: Finding[] = [];
  if (!canUseSchema || forbidden.length > 0) {
    const what = forbidden.length < columns.length ? `its columns ${quotedList(forbidden)}` : 'it';
    const usage = canUseSchema ? '' : `GRANT USAGE ON SCHEMA ${identifier(table.schema)} TO ${role}; `;
    findings.push({
      severity: 'error',
      code: 'TABLE_FORBIDDEN',
      what: `The user ${user} may not read ${what}.`,
      write: `${usage}GRANT SELECT ON ${relation(table)} TO ${role}`,
    });
  }
  if (hidesRows) {
    findings.push({
      severity: 'warning',
      code: 'ROW_SECURITY',
      what: `Row security decides which of its rows the user ${user} sees: the others are not read.`,
      write: `Where they should be: ALTER ROLE ${role} BYPASSRLS, or a policy FOR SELECT TO ${role} USING (true)`,
    });
  }
  return findings;
}

function kinds({ facts, config }: TableCheck): Finding[] {
  const { kind, parent, partitions } = facts;
  if (kind === 'f' && config.mode !== 'bulk') {
    return [
      {
        severity: 'error',
        code: 'FOREIGN_TABLE',
        what: 'It is a foreign table, and the open transactions of the server that has its rows cannot be seen: rows would be lost.',
        write: 'Let connection.url name that server; or mode=bulk.',
      },
    ];
  }
  if (kind === 'm' && config.mode !== 'bulk') {
    return [
      {
        severity: 'error',
        code: 'MATERIALIZED_VIEW',
        what: 'It is a materialized view: rows whose transaction was open at one REFRESH come with the next, below ids and timestamps that were read, and would be lost.',
        write: 'Read the tables beneath it, by table.whitelist or query; or mode=bulk.',
      },
    ];
  }
  if (parent !== undefined) {
    return [
      {
        severity: 'note',
        code: 'PARTITION',
        what: `It is a partition of ${relation(parent)}, and its rows go to a topic of its own.`,
        write: `For one topic of all partitions: table.types=PARTITIONED TABLE, and ${qualified(parent)} in table.whitelist.`,
      },
    ];
  }
  if (kind !== 'p') return [];
  const several = partitions.length === 1 ? '1 partition is' : `${partitions.length} partitions are`;
  return [{ severity: 'note', code: 'PARTITIONED_TABLE', what: `Its ${several} read as one table.` }];
}
