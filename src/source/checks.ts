// What keeps a table from being read is told before its first row is; what it loses or waits for is said once.
import { ConnectlessError } from '../errors';
import type { Log } from '../log';
import type { Finding } from '../preflight/finding';

/** Throws the first error, and with it the others of its table; warnings and notes go to the log. */
export function tellFindings(findings: readonly Finding[], log: Log): void {
  for (const { severity, code, what, write, table, column } of findings) {
    if (severity === 'error') continue;
    const about = { code, ...(table === undefined ? {} : { table }), ...(column === undefined ? {} : { column }) };
    log[severity === 'warning' ? 'warn' : 'info'](said(what, write), about);
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  throw new ConnectlessError(
    first.code,
    errors.map((finding) => `${where(finding)}${said(finding.what, finding.write)}`).join('\n'),
  );
}

function where({ table, column }: Finding): string {
  if (table === undefined) return '';
  return column === undefined ? `Table ${table}: ` : `Table ${table}, column "${column}": `;
}

function said(what: string, write: string | undefined): string {
  return write === undefined ? what : `${what} ${write}`;
}
