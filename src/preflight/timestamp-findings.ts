// The timestamp columns: which they are, and whether rows are found by them.
import type { Finding } from './finding';
import { indexFinding } from './index-finding';
import { notNullCure } from './not-null-cure';
import { quotedList } from './sql-text';
import type { TableCheck } from './table-check';
import { clockFindings } from './timestamp-clocks';

export function timestampFindings(check: TableCheck): Finding[] {
  const { facts, config, choice } = check;
  const { timestampColumns: names } = choice;
  const columns = facts.columns.filter(({ name }) => names.includes(name));
  const [first] = names;
  if (first === undefined || columns.length < names.length) return [];
  const findings = clockFindings(check, columns);
  if (!config.validateNonNull && columns.every(({ nullable }) => nullable)) {
    findings.push({
      severity: 'warning',
      code: 'TIMESTAMP_NULLABLE',
      column: names.join(', '),
      what: 'It may be NULL, and a row without a timestamp is not read.',
      write: notNullCure(facts, first),
    });
  }
  if (names.length === 1) {
    const id = choice.incrementingColumn ?? facts.autoIncrements[0]?.column;
    const best = config.mode === 'timestamp' || id === undefined ? [first] : [first, id];
    findings.push(...indexFinding(facts, first, best));
  } else {
    findings.push({
      severity: 'note',
      code: 'TIMESTAMP_COLUMNS',
      column: names.join(', '),
      what: `Rows are read by COALESCE(${quotedList(names)}): an index on one of the columns does not serve, one on the expression does.`,
    });
  }
  return findings;
}
